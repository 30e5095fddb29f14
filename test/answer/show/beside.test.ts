import { describe, expect, it } from 'vitest';
import { groupStances, quotesApart, sentencesApart } from '../../../src/answer/show/beside.ts';
import { toParagraphs } from '../../../src/answer/show/paragraphs.ts';
import { makeAnswer } from '../../terminal/made-up-papers.ts';
import { makeClaim, makeComparison } from '../made-up-beside.ts';

describe('sentencesApart', () => {
  it('leaves out what a model told for readers without tables, and keeps our own words', () => {
    const { answer } = makeComparison();
    const own = { text: 'My library is in English.', citations: [] };
    expect(sentencesApart({ ...answer, sentences: [...answer.sentences, own] })).toEqual([own]);
  });

  it('leaves out of quotations only those that stand beside', () => {
    const { answer } = makeClaim();
    const quote = answer.stances?.[0]?.evidence.quote ?? '';
    const sentences = [
      { text: quote, citations: [1] },
      { text: 'Another.', citations: [1] },
    ];
    const trace = { ...answer.trace, mode: 'extractive' };
    expect(sentencesApart({ ...answer, sentences, trace }).map(({ text }) => text)).toEqual([
      'Another.',
    ]);
  });

  it('keeps all where nothing stands beside', () => {
    expect(sentencesApart(makeAnswer())).toHaveLength(1);
  });
});

it('finds the quotes of a source that stand nowhere else', () => {
  const { answer } = makeComparison();
  const [first] = answer.citations;
  if (first === undefined) throw new Error('It has two.');
  expect(quotesApart(first, answer)).toEqual([]);
  const more = { ...first, evidence: [...first.evidence, { quote: 'More.', start: 90, end: 95 }] };
  expect(quotesApart(more, answer)).toEqual(['More.']);
});

it('groups stances, support first, without empty groups', () => {
  expect(groupStances(makeClaim().answer.stances ?? []).map(({ label }) => label)).toEqual([
    'Supports the claim',
    'Contradicts the claim',
  ]);
});

it.each(['model', 'cached'])('makes one paragraph of an answer of mode %s', (mode) => {
  const trace = { ...makeAnswer().trace, mode };
  const sentences = [1, 2, 1].map((n) => ({ text: `On ${n}.`, citations: [n] }));
  expect(toParagraphs(makeAnswer({ sentences, trace }))).toEqual([{ sentences }]);
});
