import { describe, expect, it } from 'vitest';
import { isStated } from '../../src/answer/is-stated.ts';
import { makePaper, makePassage } from './made-up-library.ts';

const abstract = 'SwiftRoute picks two experts for each token. On phones it runs 3.7x faster.';
const mention = { names: ['swiftroute'], strength: 1, isTyped: true };
const statistics = { idf: () => 1 };
const stated = (question: string, nearness = [0, 0]) =>
  isStated({
    question,
    statistics,
    passage: makePassage(makePaper('swift', { abstract }), {
      mention,
      sentences: nearness.map((near) => ({ question: near, clause: near })),
    }),
  });

describe('isStated', () => {
  it.each([
    ['a question for nothing particular', 'what is the main idea of SwiftRoute?', true],
    ['a request for all of it', 'tldr of the famous gardener SwiftRoute', true],
    ['a word of the question', 'which experts does SwiftRoute pick?', true],
    ['the name alone', 'does SwiftRoute need gardeners?', false],
    ['a number with a word of the question', 'how much faster is SwiftRoute on phones?', true],
    ['what is counted with a number spelled out', 'how many experts has a token?', true],
    ['a number that counts something else', 'how many parameters has the best token?', false],
    ['a number about something else', 'how many watts does SwiftRoute draw?', false],
    ['a spelled number that is no accuracy', 'what is the accuracy of SwiftRoute?', false],
    ['a speed that is no accuracy', 'accuracy of SwiftRoute on phones?', false],
    ['a thing only of the stem of a word', 'which tokenizer does SwiftRoute use?', false],
    ['a noun of a verb that it has', 'which pick does SwiftRoute make?', true],
    ['the thing itself', 'which experts are picked by SwiftRoute?', true],
    [
      'one of six words asked for',
      'does SwiftRoute water roses, tulips, lilies, ivy or experts?',
      false,
    ],
    ['who made it, which no sentence tells', 'who wrote SwiftRoute?', false],
    ['when, which no sentence tells', 'when was SwiftRoute published?', false],
    ['another word for the same', 'is SwiftRoute quick?', true],
  ])('by %s, as in %j, is %s', (_, question, expected) => {
    expect(stated(question)).toBe(expected);
  });

  it('goes by nearness in meaning where no word is shared', () => {
    const question = 'does SwiftRoute need gardeners?';
    expect([stated(question, [0.64, 0]), stated(question, [0.66, 0])]).toEqual([false, true]);
  });

  it('takes a near sentence for a number only where it has one', () => {
    const question = 'how far did SwiftRoute get?';
    expect([stated(question, [0, 0.41]), stated(question, [0, 0.43])]).toEqual([false, true]);
  });
});

describe('isStated of several systems', () => {
  const told = (text: string, question: string) =>
    isStated({
      question,
      statistics,
      passage: makePassage(makePaper('told', { abstract: text }), { mention }),
    });

  it('takes no figure of what came before for one of the paper', () => {
    const question = 'how long does SwiftRoute train in GPU hours?';
    expect(told('Conventional routers need 10^4 GPU hours.', question)).toBe(false);
    expect(told('Unlike existing ones, SwiftRoute needs 7 GPU hours.', question)).toBe(true);
  });

  it('needs no figure where two are compared', () => {
    const text = 'SwiftRoute outperforms dense layers in accuracy.';
    expect(told(text, 'does SwiftRoute have better accuracy than dense layers?')).toBe(true);
    expect(told(text, 'what is the accuracy of SwiftRoute?')).toBe(false);
  });
});
