import type { Paper, PaperId } from '../papers/paper.ts';

/** The vectors of one chunk, with what filters read. */
export interface ChunkRow {
  readonly paperId: PaperId;
  readonly part: number;
  /** Hash of the whole paper's text: the same text never needs embedding twice. */
  readonly textHash: string;
  /** Hash of the text and of what filters read: tells whether the row is up to date. */
  readonly stamp: string;
  readonly vector: Float32Array;
  /** The title's vector, then the sentences'. */
  readonly sentences: readonly Float32Array[];
  readonly date?: string;
  readonly sources: readonly string[];
}

/** Where vectors are kept. Each save happens whole or not at all. */
export interface VectorArchive {
  papers(): AsyncIterable<readonly Paper[]>;
  /** The stamp of each of these papers that has vectors. */
  chunkStamps(ids: readonly PaperId[]): Promise<ReadonlyMap<PaperId, string>>;
  /** Chunks of texts with these hashes, whichever paper they were made for. */
  chunksByText(hashes: readonly string[]): Promise<readonly ChunkRow[]>;
  /** Replaces all chunks of the papers named. */
  saveChunks(chunks: readonly ChunkRow[]): Promise<void>;
  /** Folds new rows into the full-text index; searches see them before, only slower. */
  optimiseWords(): Promise<void>;
  /** The same for the vector index. */
  optimiseVectors(): Promise<void>;
}
