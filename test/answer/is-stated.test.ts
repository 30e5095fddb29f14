import { describe, expect, it } from 'vitest';
import { isStated } from '../../src/answer/is-stated.ts';
import { makePaper, makePassage } from './made-up-library.ts';

const abstract = 'SwiftRoute picks two experts for each token. On phones it runs 3.7x faster.';
const mention = { names: ['swiftroute'], strength: 1, isTyped: true };
const stated = (question: string, nearness = [0, 0]) =>
  isStated(
    question,
    makePassage(makePaper('swift', { abstract }), {
      mention,
      sentences: nearness.map((near) => ({ question: near, clause: near })),
    }),
  );

describe('isStated', () => {
  it.each([
    ['a question for nothing particular', 'what is the main idea of SwiftRoute?', true],
    ['a word of the question', 'which experts does SwiftRoute pick?', true],
    ['the name alone', 'does SwiftRoute need gardeners?', false],
    ['a number with a word of the question', 'how much faster is SwiftRoute on phones?', true],
    ['a word with a number spelled out', 'how many parameters has the best token?', true],
    ['a number about something else', 'how many watts does SwiftRoute draw?', false],
  ])('by %s, as in %j, is %s', (_, question, expected) => {
    expect(stated(question)).toBe(expected);
  });

  it('goes by nearness in meaning where no word is shared', () => {
    const question = 'does SwiftRoute need gardeners?';
    expect([stated(question, [0.34, 0]), stated(question, [0.36, 0])]).toEqual([false, true]);
  });

  it('takes a near sentence for a number only where it has one', () => {
    const question = 'how many watts does SwiftRoute draw?';
    expect([stated(question, [0, 0.41]), stated(question, [0, 0.43])]).toEqual([false, true]);
  });
});
