import { expect, it } from 'vitest';
import { oaiSetOf } from '../../../src/papers/sources/arxiv-sets.ts';

it.each([
  ['cs.LG', 'cs:cs:LG'],
  ['stat.ML', 'stat:stat:ML'],
  ['hep-th', 'physics:hep-th'],
  ['astro-ph.CO', 'physics:astro-ph:CO'],
  ['q-bio.NC', 'q-bio:q-bio:NC'],
  ['cond-mat.mes-hall', 'physics:cond-mat:mes-hall'],
  ['physics.optics', 'physics:physics:optics'],
  ['cs', 'cs'],
  ['bogus', undefined],
  ['cs.LG.x', undefined],
])('the set of %s is %s', (category, set) => {
  expect(oaiSetOf(category)).toBe(set);
});
