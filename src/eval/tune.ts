import type { Signals, SignalWeights } from '../retrieval/signals.ts';
import { mean, ndcgAt, type Random, successAt } from './metrics.ts';

/** One question's candidates: what speaks for each, and which of them answer it. */
export interface TuningCase {
  readonly set: string;
  readonly goldIds: readonly string[];
  readonly candidates: readonly { readonly id: string; readonly signals: Signals }[];
}

export interface TuningResult {
  readonly weights: SignalWeights;
  /** Mean nDCG@10 and S@1 on held-back halves, by set, with learned weights and with those in use. */
  readonly heldBack: Readonly<Record<string, HeldBack>>;
}

export interface HeldBack {
  readonly ndcg10: number;
  readonly success1: number;
  readonly ndcg10InUse: number;
  readonly success1InUse: number;
}

const ROUNDS = 5;
const STEPS = 400;
const RATE = 0.5;
// Pulls weights towards zero; stronger values gave the same ranking.
const DECAY = 1e-4;
const NAMES: readonly (keyof Signals)[] = [
  'dense',
  'sentences',
  'clauses',
  'lexical',
  'coverage',
  'mention',
];

/**
 * Learns how much each signal counts by gradient ascent on the likelihood that softmax of the scores
 * picks a gold paper (ListNet, https://dl.acm.org/doi/10.1145/1273496.1273513), and says what the
 * same procedure gives on questions that it did not see.
 */
export function tuneWeights(
  cases: readonly TuningCase[],
  { inUse, random }: { readonly inUse: SignalWeights; readonly random: Random },
): TuningResult {
  const seen = new Map<string, HeldBack[]>();
  for (let round = 0; round < ROUNDS; round++) {
    const [one, other] = halve(cases, random);
    for (const [train, test] of [
      [one, other],
      [other, one],
    ] as const) {
      const learned = learn(train);
      for (const set of new Set(test.map((item) => item.set))) {
        const own = test.filter((item) => item.set === set);
        const figures = { ...measure(own, learned), ...renamed(measure(own, inUse)) };
        seen.set(set, [...(seen.get(set) ?? []), figures]);
      }
    }
  }
  const heldBack = Object.fromEntries([...seen].map(([set, runs]) => [set, average(runs)]));
  return { weights: learn(cases), heldBack };
}

function halve(
  cases: readonly TuningCase[],
  random: Random,
): readonly [readonly TuningCase[], readonly TuningCase[]] {
  const shuffled = cases
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
  const middle = Math.floor(shuffled.length / 2);
  return [shuffled.slice(0, middle), shuffled.slice(middle)];
}

function learn(cases: readonly TuningCase[]): SignalWeights {
  const lists = cases.map(toList).filter(({ gold }) => gold.some(Boolean));
  const weights = NAMES.map(() => 1);
  for (let step = 0; step < STEPS; step++) {
    const gradient = NAMES.map((_, n) => -DECAY * (weights[n] ?? 0));
    for (const list of lists) addGradient(gradient, list, weights, 1 / lists.length);
    gradient.forEach((slope, n) => {
      weights[n] = Math.max(0, (weights[n] ?? 0) + RATE * 20 * slope);
    });
  }
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const scaled = weights.map((weight) => Math.round((weight / total) * 1000) / 1000);
  return Object.fromEntries(NAMES.map((name, n) => [name, scaled[n] ?? 0])) as SignalWeights; // one entry a name
}

interface List {
  readonly rows: readonly (readonly number[])[];
  readonly gold: readonly boolean[];
}

function toList({ candidates, goldIds }: TuningCase): List {
  return {
    rows: candidates.map(({ signals }) => NAMES.map((name) => signals[name])),
    gold: candidates.map(({ id }) => goldIds.includes(id)),
  };
}

function addGradient(
  gradient: number[],
  { rows, gold }: List,
  weights: readonly number[],
  share: number,
): void {
  const scores = rows.map((row) => row.reduce((sum, x, n) => sum + x * (weights[n] ?? 0), 0));
  const top = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - top));
  const total = powers.reduce((sum, power) => sum + power, 0);
  const wanted = 1 / gold.filter(Boolean).length;
  rows.forEach((row, r) => {
    const error = (gold[r] ? wanted : 0) - (powers[r] ?? 0) / total;
    row.forEach((x, n) => {
      gradient[n] = (gradient[n] ?? 0) + share * error * x;
    });
  });
}

function measure(
  cases: readonly TuningCase[],
  weights: SignalWeights,
): { readonly ndcg10: number; readonly success1: number } {
  const ranked = cases.map(({ candidates, goldIds }) => {
    const score = (signals: Signals) =>
      NAMES.reduce((sum, name) => sum + signals[name] * weights[name], 0);
    const order = candidates
      .map(({ id, signals }) => ({ id, score: score(signals) }))
      .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
    const relevance = new Map(goldIds.map((id) => [id, 1]));
    return { ranked: order.map(({ id }) => id), relevance };
  });
  return {
    ndcg10: mean(ranked.map((query) => ndcgAt(query, 10))),
    success1: mean(ranked.map((query) => successAt(query, 1))),
  };
}

function renamed({ ndcg10, success1 }: { readonly ndcg10: number; readonly success1: number }) {
  return { ndcg10InUse: ndcg10, success1InUse: success1 };
}

function average(runs: readonly HeldBack[]): HeldBack {
  return {
    ndcg10: mean(runs.map((run) => run.ndcg10)),
    success1: mean(runs.map((run) => run.success1)),
    ndcg10InUse: mean(runs.map((run) => run.ndcg10InUse)),
    success1InUse: mean(runs.map((run) => run.success1InUse)),
  };
}
