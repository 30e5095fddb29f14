import { describe, expect, it } from 'vitest';
import { splitSentences } from '../../src/papers/sentences.ts';
import { chunkPaper } from '../../src/retrieval/chunk.ts';

// Counts as models do: a token a word, and two that frame the text.
const countTokens = (text: string) => (text.match(/\S+/g)?.length ?? 0) + 2;
const embedder = { maxTokens: 22, countTokens };
const title = 'Deep graphs';
const sentence = (n: number) => `Sentence number ${n} has six words.`;
const abstractOf = (count: number) =>
  Array.from({ length: count }, (_, n) => sentence(n)).join(' ');

describe('chunkPaper', () => {
  it('keeps a text within the limit whole', () => {
    expect(chunkPaper({ title, abstract: abstractOf(2) }, embedder)).toEqual([
      { title, sentences: [sentence(0), sentence(1)] },
    ]);
  });

  // Two tokens that frame a text were counted for every sentence.
  it('keeps a text that just fills the limit whole', () => {
    const abstract = abstractOf(3);
    expect(countTokens(`${title}. ${abstract}`)).toBe(embedder.maxTokens);
    expect(chunkPaper({ title, abstract }, embedder)).toHaveLength(1);
  });

  it('splits past the limit at sentence borders, each part with the title', () => {
    const parts = chunkPaper({ title, abstract: abstractOf(9) }, embedder);
    expect(parts.length).toBeGreaterThan(2);
    expect(parts.map((part) => part.title)).toEqual(parts.map(() => title));
    expect(parts.flatMap((part) => part.sentences)).toEqual(
      Array.from({ length: 9 }, (_, n) => sentence(n)),
    );
    for (const { sentences } of parts) {
      expect(countTokens(`${title}. ${sentences.join(' ')}`)).toBeLessThanOrEqual(22);
    }
  });

  it('gives a sentence longer than the limit a part of its own', () => {
    const long = `Words ${'and words '.repeat(30)}end.`;
    const abstract = `${sentence(1)} ${long} ${sentence(2)}`;
    expect(chunkPaper({ title, abstract }, embedder).map((part) => part.sentences)).toEqual([
      [sentence(1)],
      [long],
      [sentence(2)],
    ]);
  });

  it('makes no empty part when the first sentence is too long', () => {
    const long = `Words ${'and words '.repeat(30)}end.`;
    const parts = chunkPaper({ title, abstract: `${long} ${sentence(2)}` }, embedder);
    expect(parts.map((part) => part.sentences)).toEqual([[long], [sentence(2)]]);
  });

  it('loses no sentence when the title alone passes the limit', () => {
    const parts = chunkPaper({ title: 'word '.repeat(40), abstract: abstractOf(3) }, embedder);
    expect(parts.flatMap((part) => part.sentences)).toHaveLength(3);
  });

  it('gives one part without sentences for an empty abstract', () => {
    expect(chunkPaper({ title, abstract: ' ' }, embedder)).toEqual([{ title, sentences: [] }]);
  });

  it('holds the very sentences that splitSentences finds', () => {
    const abstract = 'We use e.g. graphs (see Fig. 2). They win by 3.5 points! 我们提出方法。好。';
    const spans = splitSentences(abstract).map(({ start, end }) => abstract.slice(start, end));
    const parts = chunkPaper({ title, abstract }, { maxTokens: 500, countTokens });
    expect(parts).toEqual([{ title, sentences: spans }]);
  });
});
