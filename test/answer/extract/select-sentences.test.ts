import { describe, expect, it } from 'vitest';
import { selectSentences } from '../../../src/answer/extract/select-sentences.ts';
import type { ScoredSentence } from '../../../src/answer/extract/sentence-scores.ts';
import { makePaper, makePassage } from '../made-up-library.ts';

const paper = makePaper('one');
const passage = makePassage(paper);

function sentence(start: number, score: number, terms: string): ScoredSentence {
  const end = start + 1;
  return {
    paper,
    passage,
    start,
    end,
    text: terms,
    terms: terms.split(' '),
    score,
    overlap: 0,
    carriesAsked: false,
  };
}

const starts = (sentences: readonly ScoredSentence[], count: number) =>
  selectSentences(sentences, count).map(({ start }) => start);

describe('selectSentences', () => {
  it('takes the best first and gives them in the order of the abstract', () => {
    const sentences = [sentence(0, 1, 'a'), sentence(10, 3, 'b'), sentence(20, 2, 'c')];
    expect(starts(sentences, 2)).toEqual([10, 20]);
    expect(starts(sentences.toReversed(), 3)).toEqual([0, 10, 20]);
  });

  // .7 of the score less .3 of the likeness to what is chosen already.
  // Chosen first: 0 (score 1). Of the others 10 shares all words with it: .7 * .9 - .3 = .33;
  // 20 shares none: .7 * .5 = .35.
  it('prefers something new to a slightly better repetition', () => {
    const sentences = [sentence(0, 1, 'a b'), sentence(10, 0.9, 'b a'), sentence(20, 0.5, 'c d')];
    expect(starts(sentences, 2)).toEqual([0, 20]);
  });

  // As above with .45 for the last: .7 * .45 = .315 is less than .33.
  it('takes the repetition when it is better by enough', () => {
    const sentences = [sentence(0, 1, 'a b'), sentence(10, 0.9, 'b a'), sentence(20, 0.45, 'c d')];
    expect(starts(sentences, 2)).toEqual([0, 10]);
  });

  // Likeness is shared words over all words: {a b} and {b c} share 1 of 3, so .7 * .6 - .1 = .32
  // beats .7 * .45 = .315 and loses to .7 * .46 = .322.
  it('measures repetition by the share of words in common', () => {
    const other = [sentence(0, 1, 'a b'), sentence(10, 0.6, 'b c')];
    expect(starts([...other, sentence(20, 0.45, 'd e')], 2)).toEqual([0, 10]);
    expect(starts([...other, sentence(20, 0.46, 'd e')], 2)).toEqual([0, 20]);
  });

  it('compares with the likest of those chosen, not with the last', () => {
    const chosen = [sentence(0, 5, 'a b'), sentence(10, 4, 'c d')];
    const rest = [sentence(20, 1, 'a b'), sentence(30, 0.7, 'e f')];
    expect(starts([...chosen, ...rest], 3)).toEqual([0, 10, 30]);
  });

  it('gives all when there are fewer than asked for, and the first of equals', () => {
    expect(starts([sentence(0, 1, 'a')], 2)).toEqual([0]);
    expect(starts([], 2)).toEqual([]);
    expect(starts([sentence(0, 1, 'a'), sentence(10, 1, 'b')], 1)).toEqual([0]);
  });
});
