import { describe, expect, it } from 'vitest';
import { cite, framing, quoted } from '../../src/answer/draft.ts';
import { makePaper } from './made-up-library.ts';

const first = makePaper('first', { abstract: 'Ein “Satz”. 🙂 Zwei Sätze.', date: '2024-02-03' });
const second = makePaper('second', { abstract: 'Another one. And more.' });

const happy = { paper: first, start: 12, end: 26 };
const another = { paper: second, start: 0, end: 12 };
const more = { paper: second, start: 13, end: 22 };

describe('quoted', () => {
  it('is the stretch of the abstract, letter by letter', () => {
    expect(quoted(happy)).toEqual({ text: '🙂 Zwei Sätze.', quotes: [happy] });
  });
});

describe('cite', () => {
  it('numbers papers in the order of their first use', () => {
    const { sentences, citations } = cite([quoted(another), quoted(happy), quoted(more)]);
    expect(sentences.map(({ citations }) => citations)).toEqual([[1], [2], [1]]);
    expect(citations.map(({ n, paperId }) => [n, paperId])).toEqual([
      [1, second.id],
      [2, first.id],
    ]);
  });

  it('keeps the offsets of each quote in UTF-16 code units', () => {
    const { citations } = cite([quoted(happy), quoted(another), quoted(more)]);
    expect(citations.map(({ evidence }) => evidence)).toEqual([
      [{ quote: '🙂 Zwei Sätze.', start: 12, end: 26 }],
      [
        { quote: 'Another one.', start: 0, end: 12 },
        { quote: 'And more.', start: 13, end: 22 },
      ],
    ]);
    expect(first.abstract.slice(12, 26)).toBe('🙂 Zwei Sätze.');
  });

  it('gives a repeated quote once and keeps both sentences', () => {
    const { sentences, citations } = cite([quoted(another), quoted({ ...another })]);
    expect(sentences).toHaveLength(2);
    expect(citations).toMatchObject([{ n: 1, evidence: [{ start: 0, end: 12 }] }]);
    expect(citations[0]?.evidence).toHaveLength(1);
  });

  it('names a paper once in a sentence that leans on two quotes of it', () => {
    const { sentences, text } = cite([{ text: 'Both.', quotes: [another, more, happy] }]);
    expect(sentences).toEqual([{ text: 'Both.', citations: [1, 2] }]);
    expect(text).toBe('Both. [1][2]');
  });

  it('gives sentences of our own no marker', () => {
    const { text, sentences, citations, papers } = cite([framing('Hello!'), quoted(another)]);
    expect(text).toBe('Hello! Another one. [1]');
    expect(sentences[0]).toEqual({ text: 'Hello!', citations: [] });
    expect([citations.length, papers]).toEqual([1, [second]]);
  });

  it('carries title, link and, where it is known, the date', () => {
    const { citations } = cite([quoted(happy), quoted(another)]);
    const { title, url } = first;
    expect(citations[0]).toMatchObject({ title, url, date: '2024-02-03' });
    expect(citations[1]).not.toHaveProperty('date');
  });

  it('of nothing is empty', () => {
    expect(cite([])).toEqual({ text: '', sentences: [], citations: [], papers: [] });
  });
});
