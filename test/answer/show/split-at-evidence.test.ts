import { describe, expect, it } from 'vitest';
import { splitAtEvidence } from '../../../src/answer/show/split-at-evidence.ts';

const ABSTRACT = '0123456789';
const show = (...spans: [number, number][]) =>
  splitAtEvidence(
    ABSTRACT,
    spans.map(([start, end]) => ({ start, end })),
  )
    .map(({ text, marked }) => (marked ? `[${text}]` : text))
    .join('');

describe('splitAtEvidence', () => {
  it('leaves an abstract without evidence whole', () => expect(show()).toBe('0123456789'));
  it('marks one quote', () => expect(show([2, 5])).toBe('01[234]56789'));
  it('marks a quote at each edge', () => expect(show([0, 2], [8, 10])).toBe('[01]234567[89]'));
  it('marks quotes given in any order', () => expect(show([6, 7], [1, 2])).toBe('0[1]2345[6]789'));
  it('joins overlapping quotes', () => expect(show([2, 6], [4, 8])).toBe('01[234567]89'));
  it('joins touching quotes', () => expect(show([2, 4], [4, 6])).toBe('01[2345]6789'));
  it('swallows a quote inside another', () => expect(show([1, 9], [3, 5])).toBe('0[12345678]9'));
  it('marks the whole abstract', () => expect(show([0, 10])).toBe('[0123456789]'));
  it('cuts offsets past the text', () => expect(show([-3, 2], [8, 99])).toBe('[01]234567[89]'));
  it('drops empty and reversed spans', () => expect(show([3, 3], [7, 4])).toBe('0123456789'));

  it('counts UTF-16 code units, as the stored offsets do', () => {
    const text = 'a 𝒱 model with 4× speed';
    const start = text.indexOf('4×');
    expect(splitAtEvidence(text, [{ start, end: start + 2 }])[1]).toEqual({
      text: '4×',
      marked: true,
    });
  });
});
