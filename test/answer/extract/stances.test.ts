import { describe, expect, it } from 'vitest';
import type { Quote } from '../../../src/answer/draft.ts';
import {
  claimOf,
  extractStances,
  judgeStance,
  stanceSentences,
} from '../../../src/answer/extract/stances.ts';
import { makePaper, makePassage, makeRetrieval } from '../made-up-library.ts';

function quoteOf(abstract: string, quote = abstract): Quote {
  const start = abstract.indexOf(quote);
  return {
    paper: makePaper('foo', { title: 'FooNet', abstract }),
    start,
    end: start + quote.length,
  };
}

describe('what is claimed', () => {
  it.each([
    ['is it true that FooNet needs labels?', 'FooNet needs labels'],
    ['Is it really true FooNet needs labels?', 'FooNet needs labels'],
    ['true or false: FooNet needs labels', 'FooNet needs labels'],
    ['do papers show that FooNet needs labels?', 'FooNet needs labels'],
    ['do the papers show that FooNet needs labels?', 'FooNet needs labels'],
    ['FooNet needs labels, right?', 'FooNet needs labels'],
  ])('in %j is %j', (question, claim) => {
    expect(claimOf(question)).toBe(claim);
  });
});

describe('a stance', () => {
  it.each([
    ['FooNet sorts 40 parcels', 'FooNet sorts 40 parcels a minute.', 'supports'],
    ['FooNet sorts 90 parcels', 'FooNet sorts 40 parcels a minute.', 'contradicts'],
    ['FooNet needs labels', 'FooNet does not need labels.', 'contradicts'],
    ['FooNet increases the error', 'FooNet reduces the error.', 'contradicts'],
    ['BarNet outperforms FooNet', 'FooNet outperforms BarNet.', 'contradicts'],
    ['elephants migrate in winter', 'FooNet sorts 40 parcels a minute.', 'unclear'],
  ] as const)('on %j of %j %s it', (claim, abstract, stance) => {
    expect(judgeStance(claim, quoteOf(abstract))).toBe(stance);
  });

  it('is as proposed only where the words bear it out', () => {
    const quote = quoteOf('FooNet does not need labels.');
    expect(judgeStance('FooNet needs labels', quote, 'contradicts')).toBe('contradicts');
    expect(judgeStance('FooNet needs labels', quote, 'supports')).toBe('unclear');
    expect(judgeStance('FooNet needs labels', quote, 'unclear')).toBe('unclear');
  });

  it('sees the sentence that a quote is cut out of', () => {
    const quote = quoteOf('FooNet does not need labels.', 'need labels');
    expect(judgeStance('FooNet needs labels', quote, 'supports')).toBe('unclear');
  });

  it('reads as a fixed word and the quote', () => {
    const quote = quoteOf('FooNet sorts 40 parcels.');
    expect(stanceSentences([{ stance: 'supports', quote }])).toEqual([
      { text: 'Supports it: “FooNet sorts 40 parcels.”', quotes: [quote] },
    ]);
  });

  it('without a model is of the sentence nearest to the claim', async () => {
    const question = 'is it true that FooNet sorts 90 parcels?';
    const passage = makePassage(
      quoteOf('Parcels are many. FooNet sorts 40 parcels a minute.').paper,
    );
    const retrieval = await makeRetrieval(question, [passage]);
    const [stance] = extractStances([passage], { retrieval, question });
    expect(stance).toMatchObject({ stance: 'contradicts', quote: { start: 18 } });
  });
});
