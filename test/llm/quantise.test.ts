import { describe, expect, it } from 'vitest';
import { packVectors, unpackVectors } from '../../src/llm/quantise.ts';
import { seededRandom } from '../papers/seeded-random.ts';

const DIMENSIONS = 384;

function randomVectors(count: number): Float32Array[] {
  const random = seededRandom(3);
  return Array.from({ length: count }, () =>
    Float32Array.from({ length: DIMENSIONS }, () => random() * 2 - 1),
  );
}

describe('packVectors and unpackVectors', () => {
  it('give every number back within 0.4% of the largest of its vector', () => {
    const vectors = randomVectors(20).map((vector, v) => vector.map((x) => x * 10 ** (v - 10)));
    const back = unpackVectors(packVectors(vectors), DIMENSIONS);
    expect(back).toHaveLength(vectors.length);
    vectors.forEach((vector, v) => {
      const largest = Math.max(...vector.map(Math.abs));
      const errors = vector.map((x, d) => Math.abs(x - (back[v]?.[d] ?? Number.NaN)));
      expect(Math.max(...errors)).toBeLessThanOrEqual(largest * 0.004);
    });
  });

  it('take a quarter of the room', () => {
    expect(packVectors(randomVectors(5)).byteLength).toBe(5 * (DIMENSIONS + 4));
  });

  it('keep the ends of the scale', () => {
    const [vector] = unpackVectors(packVectors([Float32Array.of(-2, 0, 2, 1)]), 4);
    expect(vector?.[0]).toBeCloseTo(-2, 5);
    expect(vector?.[2]).toBeCloseTo(2, 5);
    expect(vector?.[1]).toBe(0);
  });

  it('keep zero vectors and empty lists', () => {
    const zero = new Float32Array(8);
    expect(unpackVectors(packVectors([zero, zero]), 8)).toEqual([zero, zero]);
    expect(unpackVectors(packVectors([]), 8)).toEqual([]);
  });

  it('read from the middle of a buffer', () => {
    const vectors = randomVectors(2);
    const packed = packVectors(vectors);
    const larger = new Uint8Array(packed.length + 7);
    larger.set(packed, 3);
    const view = larger.subarray(3, 3 + packed.length);
    expect(unpackVectors(view, DIMENSIONS)).toEqual(unpackVectors(packed, DIMENSIONS));
  });
});
