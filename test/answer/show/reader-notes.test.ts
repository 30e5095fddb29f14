import { describe, expect, it } from 'vitest';
import type { Trace } from '../../../src/answer/answer.ts';
import {
  askedBeforeNote,
  describeCost,
  describeMaker,
  describeTime,
  fallbackNote,
} from '../../../src/answer/show/reader-notes.ts';
import type { PaperId } from '../../../src/papers/paper.ts';
import { makeAnswer } from '../../terminal/made-up-papers.ts';

const traced = (changes: Partial<Trace>): Trace => ({ ...makeAnswer().trace, ...changes });

describe('askedBeforeNote', () => {
  const before = { question: 'What halves the cost?', at: '2026-11-24T23:30:00.000Z' };

  it('gives the day in UTC, and that nothing is new', () => {
    expect(askedBeforeNote({ ...before, newPapers: [] }, 'what halves the cost')).toEqual({
      text: 'Asked before on 24 Nov 2026; nothing new since.',
      titles: [],
    });
  });

  it('names what is new, and the words of then where they differ', () => {
    const newPapers = [{ paperId: 'arxiv:2401.00001' as PaperId, title: 'New', score: 1 }];
    expect(askedBeforeNote({ ...before, newPapers }, 'what makes it cheap?')).toEqual({
      text: 'Asked before on 24 Nov 2026 as “What halves the cost?”; new since:',
      titles: ['New'],
    });
  });
});

describe('fallbackNote', () => {
  const trace = traced({ mode: 'extractive-fallback', notes: ['the model failed: rate-limit'] });

  it('says that the model failed, never why', () => {
    expect(fallbackNote(makeAnswer({ trace }))).toBe(
      "The language model could not be used just now; these are the papers' own sentences.",
    );
  });

  it.each(['no-key', 'unknown-model'])('says who can mend it: %s', (failure) => {
    const broken = traced({ mode: 'extractive-fallback', notes: [`the model failed: ${failure}`] });
    expect(fallbackNote(makeAnswer({ trace: broken }))).toMatch(/not set up right; tell whoever/);
  });

  it('says that a reply broke off', () => {
    const cut = traced({ mode: 'model', notes: ['reply cut short: down'] });
    expect(fallbackNote(makeAnswer({ trace: cut }))).toMatch(/broke off/);
  });

  it('promises no sentences where there are none', () => {
    expect(fallbackNote(makeAnswer({ kind: 'insufficient-evidence', trace }))).toBe(
      'The language model could not be used just now.',
    );
  });

  it('is silent when nothing failed', () => {
    for (const mode of ['model', 'cached', 'extractive']) {
      expect(fallbackNote(makeAnswer({ trace: traced({ mode }) }))).toBeUndefined();
    }
  });
});

it.each([
  ['model', 'written by openai:gpt-5-mini'],
  ['cached', 'written by openai:gpt-5-mini earlier'],
  ['extractive-fallback', 'quoted from the abstracts'],
  ['extractive', 'quoted from the abstracts'],
  ['extractive, from words alone', 'quoted from the abstracts, found from words alone'],
])('names who wrote an answer of mode %s', (mode, maker) => {
  expect(describeMaker(traced({ mode, model: 'openai:gpt-5-mini' }))).toBe(maker);
});

it.each([
  [undefined, undefined],
  [0, undefined],
  [0.000_04, 'under $0.0001'],
  [0.00123, '$0.0012'],
  [1.5, '$1.50'],
])('tells a cost of %s as %s', (usd, told) => {
  expect(describeCost(traced(usd === undefined ? {} : { usd }))).toBe(told);
});

it.each([
  [{ total: 41.6 }, '42 ms'],
  [{ total: 3_684 }, '3.7 s'],
  [{ read: 10.2, compose: 5.4 }, '16 ms'],
])('tells a time of %j as %s', (ms, told) => {
  expect(describeTime(traced({ ms }))).toBe(told);
});
