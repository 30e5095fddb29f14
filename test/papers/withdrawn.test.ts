import { expect, it } from 'vitest';
import { isWithdrawn } from '../../src/papers/withdrawn.ts';

const ABSTRACT = 'We study graphs.';

it.each([
  ['This paper has been withdrawn by the author due to a crucial sign error in equation 1', true],
  ['Withdrawn', true],
  ['12 pages; withdrawn by the authors', true],
  ['This submission has been withdrawn by arXiv administrators', true],
  ['Our article was withdrawn', true],
  ['Replaces the withdrawn arXiv:2501.00001', false],
  ['Accepted at NeurIPS 2025; a workshop version was withdrawn', false],
  ['', false],
])('a note "%s": %s', (comment, withdrawn) => {
  expect(isWithdrawn({ title: 'Graphs', abstract: ABSTRACT, comment })).toBe(withdrawn);
});

it.each([
  ['This paper has been withdrawn because of an error in Lemma 3.', true],
  ['The article is withdrawn by the authors.', true],
  ['Withdrawn products are recalled by firms. We study what recalls cost.', true],
  ['We study papers that were withdrawn from arXiv and why.', false],
])('an abstract "%s": %s', (abstract, withdrawn) => {
  expect(isWithdrawn({ title: 'Graphs', abstract, comment: '' })).toBe(withdrawn);
});
