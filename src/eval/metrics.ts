/** What one query gave: paper or document ids, best first, and how relevant each judged one is. */
export interface RankedQuery {
  readonly ranked: readonly string[];
  readonly relevance: Relevance;
}

/** Judgements of one query by id; 1 and more is relevant, 0 and less is not, missing is not judged. */
export type Relevance = ReadonlyMap<string, number>;

/** 1 when one of the first `k` is relevant, else 0 (trec_eval `success.k`). */
export function successAt(query: RankedQuery, k: number): number {
  return query.ranked.slice(0, k).some((id) => isRelevant(query, id)) ? 1 : 0;
}

/** Share of the relevant that stands in the first `k`; 0 when nothing is relevant (`recall.k`). */
export function recallAt(query: RankedQuery, k: number): number {
  const found = query.ranked.slice(0, k).filter((id) => isRelevant(query, id)).length;
  return found === 0 ? 0 : found / relevantCount(query);
}

/**
 * DCG of the first `k` over the best DCG possible (`ndcg_cut.k`): linear gain, discount
 * log2(rank + 1), as trec_eval, pytrec_eval and BEIR count it. 0 when nothing is relevant.
 * Järvelin and Kekäläinen 2002, https://doi.org/10.1145/582415.582418
 */
export function ndcgAt(query: RankedQuery, k: number): number {
  const ideal = [...query.relevance.values()].sort((a, b) => b - a);
  const best = discountedGain(ideal.slice(0, k));
  const gains = query.ranked.slice(0, k).map((id) => query.relevance.get(id) ?? 0);
  return best === 0 ? 0 : discountedGain(gains) / best;
}

/**
 * 1 / rank of the first relevant in the first `k`, else 0; its mean is MRR@k, which BEIR cuts at 10
 * (trec_eval's `recip_rank` has no cut).
 */
export function reciprocalRank(query: RankedQuery, k = 10): number {
  const index = query.ranked.slice(0, k).findIndex((id) => isRelevant(query, id));
  return index < 0 ? 0 : 1 / (index + 1);
}

/**
 * Mean over all relevant of the precision at their rank, 0 for those not ranked; its mean over
 * queries is MAP (trec_eval `map`). Buckley and Voorhees 2000, https://doi.org/10.1145/345508.345543
 */
export function averagePrecision(query: RankedQuery): number {
  let found = 0;
  let sum = 0;
  for (const [index, id] of query.ranked.entries()) {
    if (!isRelevant(query, id)) continue;
    found += 1;
    sum += found / (index + 1);
  }
  return found === 0 ? 0 : sum / relevantCount(query);
}

/** Arithmetic mean. Throws for an empty list: the mean of nothing is not 0. */
export function mean(values: readonly number[]): number {
  if (values.length === 0) throw new Error('mean of an empty list');
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The value that the given share (above 0, up to 1) of the list does not exceed, by nearest rank. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (value === undefined) throw new Error('percentile of an empty list');
  return value;
}

/** A mean difference with the ends of its 95% interval. */
export interface Interval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** Draws numbers from [0, 1). */
export type Random = () => number;

const RESAMPLES = 10_000;

/**
 * Mean of `a - b` with its 95% paired bootstrap percentile interval: queries, not systems, are drawn
 * again with replacement. Efron and Tibshirani 1993, ch. 13; for retrieval Sakai 2006,
 * https://doi.org/10.1145/1148170.1148261. Throws unless `a` and `b` hold the same queries in order.
 */
export function bootstrapDifference(options: {
  readonly a: readonly number[];
  readonly b: readonly number[];
  readonly random: Random;
  readonly resamples?: number;
}): Interval {
  const differences = pairedDifferences(options.a, options.b);
  const means: number[] = [];
  for (let n = 0; n < (options.resamples ?? RESAMPLES); n++) {
    means.push(resampledMean(differences, options.random));
  }
  const [low, high] = [percentile(means, 0.025), percentile(means, 0.975)];
  return { mean: mean(differences), low, high };
}

/** Mulberry32: the same numbers for the same seed on every machine. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function isRelevant(query: RankedQuery, id: string): boolean {
  return (query.relevance.get(id) ?? 0) > 0;
}

function relevantCount(query: RankedQuery): number {
  return [...query.relevance.values()].filter((relevance) => relevance > 0).length;
}

function discountedGain(gains: readonly number[]): number {
  return gains.reduce((sum, gain, index) => sum + Math.max(0, gain) / Math.log2(index + 2), 0);
}

function pairedDifferences(a: readonly number[], b: readonly number[]): number[] {
  if (a.length !== b.length) throw new Error(`cannot pair ${a.length} scores with ${b.length}`);
  return a.map((value, index) => value - (b[index] ?? 0));
}

function resampledMean(values: readonly number[], random: Random): number {
  let sum = 0;
  for (let n = 0; n < values.length; n++) {
    sum += values[Math.floor(random() * values.length)] ?? 0;
  }
  return sum / values.length;
}
