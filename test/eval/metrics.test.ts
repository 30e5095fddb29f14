import { describe, expect, it } from 'vitest';
import {
  averagePrecision,
  bootstrapDifference,
  createRandom,
  mean,
  ndcgAt,
  percentile,
  recallAt,
  reciprocalRank,
  successAt,
} from '../../src/eval/metrics.ts';

// Judged: a 3, b 2, c 1, d 0, e -1; relevant are a, b and c. Ranked: x (not judged), b, d, a.
const RELEVANCE = new Map([
  ['a', 3],
  ['b', 2],
  ['c', 1],
  ['d', 0],
  ['e', -1],
]);
const QUERY = { ranked: ['x', 'b', 'd', 'a'], relevance: RELEVANCE };
const EMPTY = { ranked: [], relevance: RELEVANCE };

describe('metrics of one query', () => {
  it('counts a success from the rank of the first relevant on', () => {
    expect(successAt(QUERY, 1)).toBe(0);
    expect(successAt(QUERY, 2)).toBe(1);
  });

  it('takes recall over all that is relevant', () => {
    expect(recallAt(QUERY, 1)).toBe(0);
    expect(recallAt(QUERY, 3)).toBeCloseTo(1 / 3, 12); // b of a, b, c
    expect(recallAt(QUERY, 10)).toBeCloseTo(2 / 3, 12); // b and a
  });

  it('takes nDCG with linear gain and a discount of log2(rank + 1)', () => {
    // DCG  = 2/log2(3) + 3/log2(5) = 1.261860 + 1.292030 = 2.553890
    // IDCG = 3/log2(2) + 2/log2(3) + 1/log2(4) = 3 + 1.261860 + .5 = 4.761860
    // With exponential gain it would be (1.892789 + 3.014737) / 9.392789 = .522.
    expect(ndcgAt(QUERY, 10)).toBeCloseTo(0.536322, 5);
  });

  it('cuts the ideal ranking where it cuts the ranking', () => {
    // DCG@2 = 1.261860, IDCG@2 = 3 + 1.261860 = 4.261860
    expect(ndcgAt(QUERY, 2)).toBeCloseTo(0.296082, 5);
  });

  it('gives a perfect ranking an nDCG of 1, whatever stands below the judged', () => {
    expect(ndcgAt({ ranked: ['a', 'b', 'c', 'e', 'x'], relevance: RELEVANCE }, 10)).toBe(1);
  });

  it('takes the reciprocal rank of the first relevant, up to the cut', () => {
    expect(reciprocalRank(QUERY)).toBe(1 / 2);
    expect(reciprocalRank(QUERY, 1)).toBe(0);
    const eleventh = [...'0123456789', 'a'];
    expect(reciprocalRank({ ranked: eleventh, relevance: RELEVANCE })).toBe(0);
  });

  it('takes average precision over all that is relevant', () => {
    // precision 1/2 at b (rank 2) and 2/4 at a (rank 4); c is never ranked: (.5 + .5 + 0) / 3
    expect(averagePrecision(QUERY)).toBeCloseTo(1 / 3, 12);
  });

  it('scores 0 without results and without anything relevant', () => {
    for (const query of [EMPTY, { ranked: ['d', 'e'], relevance: new Map([['d', 0]]) }]) {
      expect(successAt(query, 10)).toBe(0);
      expect(recallAt(query, 10)).toBe(0);
      expect(ndcgAt(query, 10)).toBe(0);
      expect(reciprocalRank(query)).toBe(0);
      expect(averagePrecision(query)).toBe(0);
    }
  });
});

describe('means', () => {
  it('has no mean and no percentile of nothing', () => {
    expect(mean([0, 0.5, 1])).toBe(0.5);
    expect(() => mean([])).toThrow('empty list');
    expect(() => percentile([], 0.5)).toThrow('empty list');
  });

  it('takes percentiles by nearest rank', () => {
    // sorted 10 20 30 40: rank ceil(.5 * 4) = 2, ceil(.95 * 4) = 4, ceil(.01 * 4) = 1
    const values = [40, 10, 30, 20];
    expect([0.5, 0.95, 0.01].map((share) => percentile(values, share))).toEqual([20, 40, 10]);
  });
});

describe('bootstrapDifference', () => {
  it('gives an interval without width when every query gains the same', () => {
    const [a, b] = [
      [0.75, 0.5, 1],
      [0.5, 0.25, 0.75],
    ];
    const random = createRandom(1);
    expect(bootstrapDifference({ a, b, random })).toEqual({ mean: 0.25, low: 0.25, high: 0.25 });
  });

  it('comes near the normal interval for many queries', () => {
    // 400 differences, 300 of +1 and 100 of -1: mean .5, variance 1 - .25 = .75,
    // standard error sqrt(.75 / 400) = .0433, so .5 -+ 1.96 * .0433 = .415 and .585.
    const a = Array.from({ length: 400 }, (_, index) => (index % 4 === 0 ? 0 : 1));
    const b = a.map((value) => 1 - value);
    const interval = bootstrapDifference({ a, b, random: createRandom(7) });
    expect(interval.mean).toBe(0.5);
    expect(interval.low).toBeCloseTo(0.415, 2);
    expect(interval.high).toBeCloseTo(0.585, 2);
  });

  it('repeats itself with the same seed and differs with another', () => {
    const a = [0.1, 0.9, 0.4, 0.35, 0.8];
    const b = [0.3, 0.2, 0.45, 0.1, 0.6];
    const run = (seed: number) =>
      bootstrapDifference({ a, b, random: createRandom(seed), resamples: 50 });
    expect(run(3)).toEqual(run(3));
    expect(run(3)).not.toEqual(run(4));
  });

  it('draws 10,000 times unless told otherwise', () => {
    let draws = 0;
    const random = () => {
      draws += 1;
      return 0;
    };
    bootstrapDifference({ a: [1, 0], b: [0, 0], random });
    expect(draws).toBe(20_000);
  });

  it('refuses scores that cannot be paired', () => {
    const random = createRandom(1);
    expect(() => bootstrapDifference({ a: [1], b: [1, 0], random })).toThrow('cannot pair 1');
  });
});
