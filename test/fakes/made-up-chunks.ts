import { normalise } from '../../src/llm/pooling.ts';
import type { PaperId } from '../../src/papers/paper.ts';
import type { ChunkRow } from '../../src/retrieval/vector-archive.ts';
import { seededRandom } from '../papers/seeded-random.ts';

export const DIMENSIONS = 16;

/** The same vector for the same seed. */
export function unitVector(seed: number): Float32Array {
  const random = seededRandom(seed);
  return normalise(Float32Array.from({ length: DIMENSIONS }, () => random() - 0.5));
}

interface ChunkFacts extends Partial<Pick<ChunkRow, 'part' | 'textHash' | 'stamp' | 'date'>> {
  readonly paper: string;
  /** Of its vector. */
  readonly seed?: number;
  /** The seeds of its sentence vectors, the title's first. */
  readonly sentences?: readonly number[];
  readonly sources?: readonly string[];
}

/** A chunk with made-up vectors. */
export function makeChunk({
  paper,
  seed = 0,
  sentences = [100, 101],
  ...facts
}: ChunkFacts): ChunkRow {
  return {
    part: 0,
    textHash: `text of ${paper}`,
    stamp: `stamp of ${paper}`,
    sources: ['page.txt'],
    ...facts,
    paperId: paper as PaperId, // made up, so of any form
    vector: unitVector(seed),
    sentences: sentences.map(unitVector),
  };
}
