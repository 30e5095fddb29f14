import type { PaperIndex } from '../retrieval/paper-index.ts';
import { dot } from '../retrieval/signals.ts';
import { loadCandidates } from './candidate.ts';
import { meanVector } from './vectors.ts';

/** A place in the plane, both about -1 to 1. */
export type Point = readonly [x: number, y: number];

/** A flat view of the library, in which any vector has a place. */
export interface Projection {
  /** Of papers of the library. */
  readonly points: readonly Point[];
  place(vector: Float32Array): Point;
}

const SAMPLE = 300;
const FEWEST = 20;
const ROUNDS = 30;
/** Few papers lie further out than this many standard deviations. */
const SPREAD = 2.4;

/**
 * The two directions in which papers of the library differ most, by principal component analysis.
 * Undefined for a library of a few papers, or without vectors.
 */
export async function projectLibrary(
  index: Pick<PaperIndex, 'sample' | 'papersById' | 'sentenceVectors'>,
): Promise<Projection | undefined> {
  const ids = [];
  for await (const { paper } of index.sample(SAMPLE)) ids.push(paper.id);
  const papers = await loadCandidates(ids, index);
  const vectors = papers.flatMap(({ vector }) => vector ?? []);
  return vectors.length < FEWEST ? undefined : project(vectors);
}

/** The same for given vectors, of which there is at least one. */
export function project(vectors: readonly Float32Array[]): Projection {
  const centre = meanOfAll(vectors);
  const centred = vectors.map((vector) => vector.map((x, d) => x - (centre[d] ?? 0)));
  const first = principal(centred);
  const second = principal(centred.map((vector) => without(vector, first)));
  const axes = [first, second].map((axis) => ({ axis, scale: spreadAlong(axis, centred) }));
  const place = (vector: Float32Array): Point => {
    const moved = vector.map((x, d) => x - (centre[d] ?? 0));
    const [x = 0, y = 0] = axes.map(({ axis, scale }) => clamp(dot(axis, moved) / scale));
    return [x, y];
  };
  return { points: vectors.map(place), place };
}

/** Power iteration: https://en.wikipedia.org/wiki/Power_iteration, on the covariance. */
function principal(centred: readonly Float32Array[]): Float32Array {
  let axis: Float32Array = Float32Array.from(centred[0] ?? [], (_, d) => 1 / (d + 1));
  for (let round = 0; round < ROUNDS; round++) {
    const weighed = centred.map((vector) => {
      const along = dot(axis, vector);
      return vector.map((x) => x * along);
    });
    axis = meanVector(weighed) ?? axis;
  }
  return axis;
}

function without(vector: Float32Array, axis: Float32Array): Float32Array {
  const along = dot(axis, vector);
  return vector.map((x, d) => x - along * (axis[d] ?? 0));
}

function spreadAlong(axis: Float32Array, centred: readonly Float32Array[]): number {
  const squares = centred.reduce((sum, vector) => sum + dot(axis, vector) ** 2, 0);
  return SPREAD * Math.sqrt(squares / centred.length) || 1;
}

function meanOfAll(vectors: readonly Float32Array[]): Float32Array {
  const sum = new Float32Array(vectors[0]?.length ?? 0);
  for (const vector of vectors) {
    for (let d = 0; d < sum.length; d++) sum[d] = (sum[d] ?? 0) + (vector[d] ?? 0) / vectors.length;
  }
  return sum;
}

/** To two places: what is drawn needs no more, and digests are stored. */
function clamp(x: number): number {
  return Math.round(Math.max(-1, Math.min(1, x)) * 100) / 100;
}
