import type { IndexedPaper } from './paper-index.ts';
import type { Query } from './query.ts';
import { type TermStatistics, TITLE_WEIGHT } from './term-statistics.ts';

/** What speaks for a paper, each about 0 to 1; the Trace shows them. */
export interface Signals {
  /** Cosine of the question and the whole text. */
  readonly dense: number;
  /** Mean cosine of the question and the two sentences nearest to it (the title counts as one). */
  readonly sentences: number;
  /** Mean over the question's clauses of the cosine with the sentence nearest to each. */
  readonly clauses: number;
  /** BM25, divided by the most that any text could get for this question. */
  readonly lexical: number;
  /** Share of the question's words in the text, each weighed by its rarity. */
  readonly coverage: number;
  /** How rare the names are that question and title share: 0 when none. */
  readonly mention: number;
}

/** How much each signal counts. */
export type SignalWeights = Readonly<Record<keyof Signals, number>>;

/**
 * Chosen near what `npm run eval -- --tune` learns; on held-back halves of the development questions
 * these rank as well as the learned ones or better.
 */
export const SIGNAL_WEIGHTS: SignalWeights = {
  dense: 0.25,
  sentences: 0.25,
  clauses: 0.18,
  lexical: 0.1,
  coverage: 0.2,
  mention: 0.05,
};

// https://en.wikipedia.org/wiki/Okapi_BM25 : saturation of a word's count, and of a text's length.
const K1 = 1.2;
const B = 0.75;

/** BM25 over title and abstract (the title twice), as a share of the query's best possible score. */
export function lexicalSignals(
  paper: IndexedPaper,
  query: Query,
  statistics: TermStatistics,
): Pick<Signals, 'lexical' | 'coverage'> {
  const counts = countTerms(paper);
  const length = TITLE_WEIGHT * paper.titleTerms.length + paper.bodyTerms.length;
  const norm = K1 * (1 - B + (B * length) / Math.max(statistics.averageLength, 1));
  let score = 0;
  let covered = 0;
  let possible = 0;
  for (const [term, weight] of query.terms) {
    const worth = weight * statistics.idf(term);
    const count = counts.get(term) ?? 0;
    possible += worth;
    score += (worth * count) / (count + norm);
    if (count > 0) covered += worth;
  }
  return possible === 0
    ? { lexical: 0, coverage: 0 }
    : { lexical: score / possible, coverage: covered / possible };
}

function countTerms({ titleTerms, bodyTerms }: IndexedPaper): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const term of bodyTerms) counts.set(term, (counts.get(term) ?? 0) + 1);
  for (const term of titleTerms) counts.set(term, (counts.get(term) ?? 0) + TITLE_WEIGHT);
  return counts;
}

/** Arithmetic mean; 0 of none. */
export function meanOf(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, x) => sum + x, 0) / values.length;
}

export function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

export function weigh(signals: Signals, weights: SignalWeights): number {
  return (
    signals.dense * weights.dense +
    signals.sentences * weights.sentences +
    signals.clauses * weights.clauses +
    signals.lexical * weights.lexical +
    signals.coverage * weights.coverage +
    signals.mention * weights.mention
  );
}
