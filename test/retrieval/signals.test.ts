import { describe, expect, it } from 'vitest';
import { readSpokenNames } from '../../src/retrieval/mentions.ts';
import type { IndexedPaper } from '../../src/retrieval/paper-index.ts';
import type { Query } from '../../src/retrieval/query.ts';
import {
  dot,
  lexicalSignals,
  meanOf,
  SIGNAL_WEIGHTS,
  type Signals,
  weigh,
} from '../../src/retrieval/signals.ts';
import type { TermStatistics } from '../../src/retrieval/term-statistics.ts';
import { indexed, makePaper } from './indexed-paper.ts';

const IDF: Readonly<Record<string, number>> = { graph: 2, speech: 1 };
const statistics: TermStatistics = {
  papers: 10,
  averageLength: 5,
  acronyms: new Map(),
  frequency: () => 1,
  idf: (term) => IDF[term] ?? 3,
  respell: () => undefined,
  isName: () => false,
};

function paperOf(titleTerms: readonly string[], bodyTerms: readonly string[]): IndexedPaper {
  return { ...indexed(makePaper('Any')), titleTerms, bodyTerms };
}

function queryOf(terms: Readonly<Record<string, number>>): Query {
  return {
    terms: new Map(Object.entries(terms)),
    views: [],
    clauses: [],
    names: readSpokenNames(''),
    unknownWords: [],
  };
}

describe('lexicalSignals', () => {
  it('is BM25 worked by hand, as a share of what any text could get', () => {
    // Length 2 x 1 + 3 is the average, so a count c is worth c / (c + 1.2); graph counts 2 + 1.
    const paper = paperOf(['graph'], ['graph', 'speech', 'speech']);
    const { lexical, coverage } = lexicalSignals(
      paper,
      queryOf({ graph: 1, speech: 0.5 }),
      statistics,
    );
    expect(lexical).toBeCloseTo((2 * (3 / 4.2) + 0.5 * (2 / 3.2)) / 2.5, 10);
    expect(coverage).toBe(1);
  });

  it('counts a word less in a longer text', () => {
    // Length 10 is twice the average: 1.2 x (.25 + .75 x 2) = 2.1
    const paper = paperOf([], ['graph', ...Array(9).fill('deep')]);
    expect(lexicalSignals(paper, queryOf({ graph: 1 }), statistics).lexical).toBeCloseTo(
      1 / 3.1,
      10,
    );
  });

  it('covers by rarity, not by number of words', () => {
    const paper = paperOf([], ['speech']);
    const { coverage } = lexicalSignals(paper, queryOf({ speech: 1, unheard: 1 }), statistics);
    expect(coverage).toBeCloseTo(1 / 4, 10);
  });

  it('is nothing for a query or a paper without terms', () => {
    const nothing = { lexical: 0, coverage: 0 };
    expect(lexicalSignals(paperOf(['graph'], []), queryOf({}), statistics)).toEqual(nothing);
    expect(lexicalSignals(paperOf([], []), queryOf({ graph: 1 }), statistics)).toEqual(nothing);
  });

  it('never passes 1', () => {
    const paper = paperOf(Array(500).fill('graph'), Array(500).fill('graph'));
    const { lexical, coverage } = lexicalSignals(paper, queryOf({ graph: 1 }), statistics);
    expect(lexical).toBeLessThanOrEqual(1);
    expect(coverage).toBe(1);
  });
});

describe('weigh', () => {
  it('sums every signal by its weight', () => {
    const names = Object.keys(SIGNAL_WEIGHTS) as (keyof Signals)[]; // its own keys
    for (const name of names) {
      const none = { dense: 0, sentences: 0, clauses: 0, lexical: 0, coverage: 0, mention: 0 };
      expect(weigh({ ...none, [name]: 0.5 }, SIGNAL_WEIGHTS)).toBeCloseTo(
        SIGNAL_WEIGHTS[name] / 2,
        10,
      );
    }
  });
});

describe('dot and meanOf', () => {
  it('work on vectors and lists, and give 0 for empty ones', () => {
    expect(dot(Float32Array.of(1, 2, 3), Float32Array.of(4, 5, 6))).toBe(32);
    expect(meanOf([1, 2, 6])).toBe(3);
    expect([meanOf([]), dot(new Float32Array(), new Float32Array())]).toEqual([0, 0]);
  });
});
