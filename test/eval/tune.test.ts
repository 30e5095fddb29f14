import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/eval/metrics.ts';
import { type TuningCase, tuneWeights } from '../../src/eval/tune.ts';
import type { Signals, SignalWeights } from '../../src/retrieval/signals.ts';

const NONE: Signals = {
  dense: 0,
  sentences: 0,
  clauses: 0,
  lexical: 0,
  coverage: 0,
  mention: 0,
};
const only = (name: keyof Signals): SignalWeights => ({ ...NONE, [name]: 1 });

/** Gold papers have the most of one signal; the others are noise. */
function informative(signal: keyof Signals, { count = 40, set = 'toy', seed = 7 } = {}) {
  const random = createRandom(seed);
  const noise = () => {
    const { dense, lexical } = { dense: random(), lexical: random() };
    return { ...NONE, dense, sentences: random(), lexical, coverage: random() };
  };
  return Array.from({ length: count }, (): TuningCase => {
    const ids = ['a', 'b', 'c', 'd', 'e'];
    const gold = ids[Math.floor(random() * ids.length)] ?? 'a';
    const candidates = ids.map((id) => ({
      id,
      signals: { ...noise(), [signal]: id === gold ? 0.9 : 0.5 * random() },
    }));
    return { set, goldIds: [gold], candidates };
  });
}

/** The gold paper leads by `by` everywhere. */
function toy(set: string, by: keyof Signals): TuningCase {
  return {
    set,
    goldIds: ['good'],
    candidates: [
      { id: 'bad', signals: { ...NONE, [by === 'dense' ? 'lexical' : 'dense']: 1 } },
      { id: 'good', signals: { ...NONE, [by]: 1 } },
    ],
  };
}

const tune = (cases: readonly TuningCase[], inUse: SignalWeights = only('dense')) =>
  tuneWeights(cases, { inUse, random: createRandom(1) });

describe('tuneWeights', () => {
  it.each(['lexical', 'coverage', 'sentences'] as const)(
    'gives most weight to %s where that tells the gold papers',
    (signal) => {
      const { weights } = tune(informative(signal));
      const { [signal]: own, ...others } = weights;
      expect(own).toBeGreaterThan(2 * Math.max(...Object.values(others)));
    },
  );

  it('gives shares of one, none below zero', () => {
    const { weights } = tune(informative('lexical'));
    const values = Object.values(weights);
    expect(values.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 2);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
  });

  it('gives no weight to a signal that speaks against the gold papers', () => {
    const against = informative('lexical').map(({ candidates, goldIds, set }) => ({
      set,
      goldIds,
      candidates: candidates.map(({ id, signals }) => ({
        id,
        signals: { ...signals, mention: goldIds.includes(id) ? 0 : 1 },
      })),
    }));
    expect(tune(against).weights.mention).toBe(0);
  });

  it('measures what it learned on questions that it did not see', () => {
    const { heldBack } = tune(informative('lexical'));
    expect(heldBack.toy?.success1).toBeGreaterThan(0.95);
    expect(heldBack.toy?.ndcg10).toBeGreaterThan(0.98);
    expect(heldBack.toy?.success1InUse).toBeLessThan(0.6);
  });

  // With the weights in use, dense alone: the gold paper of a `lexical` case comes second of two,
  // nDCG 1/log2(3) = .630930, S@1 0; that of a `dense` case first, 1 and 1. Learned on either half
  // of four alike cases, the weights put every gold paper first.
  it('says for each set apart what the weights in use give', () => {
    const alike = [1, 2, 3, 4].map(() => toy('words', 'lexical'));
    expect(tune(alike).heldBack).toEqual({
      words: {
        ndcg10: 1,
        success1: 1,
        ndcg10InUse: expect.closeTo(1 / Math.log2(3), 12),
        success1InUse: 0,
      },
    });
    const meanings = [1, 2, 3, 4].map(() => toy('meanings', 'dense'));
    const { heldBack } = tune([...alike, ...meanings]);
    expect(heldBack.words?.success1InUse).toBe(0);
    expect(heldBack.meanings).toMatchObject({ ndcg10InUse: 1, success1InUse: 1 });
  });

  it('counts a question whose gold paper was not found as missed, and learns from the others', () => {
    const lost: TuningCase = { ...toy('words', 'lexical'), goldIds: ['elsewhere'] };
    const cases = [lost, lost, ...[1, 2, 3, 4, 5, 6].map(() => toy('words', 'lexical'))];
    const { heldBack, weights } = tune(cases);
    expect(weights.lexical).toBeGreaterThan(weights.dense);
    expect(heldBack.words?.success1).toBeCloseTo(6 / 8, 12);
  });

  it('gives the same for the same seed', () => {
    expect(tune(informative('coverage'))).toEqual(tune(informative('coverage')));
  });
});
