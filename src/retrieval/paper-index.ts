import type { Paper, PaperId } from '../papers/paper.ts';

/** Which papers a question is about; all given conditions hold together. */
export interface PaperFilter {
  /** First and last day, `YYYY-MM-DD`, both included. Papers without a date never match. */
  readonly from?: string;
  readonly to?: string;
  /** Names of saved pages; a paper from any of them matches. */
  readonly sources?: readonly string[];
}

/** A paper as indexed: the record and what is read off it once. */
export interface IndexedPaper {
  readonly paper: Paper;
  readonly titleTerms: readonly string[];
  readonly bodyTerms: readonly string[];
  /** `foldTitle` of the title. */
  readonly titleKey: string;
  /** The names the paper goes by and how much each is its own; see `namesOf`. */
  readonly names: ReadonlyMap<string, number>;
}

/** A paper's best chunk for a query vector. */
export interface DenseHit {
  readonly paperId: PaperId;
  /** Cosine similarity, -1 to 1. */
  readonly cosine: number;
}

/** What the index holds. */
export interface IndexStatus {
  readonly papers: number;
  /** Papers whose vectors are there. */
  readonly embedded: number;
  /** Papers whose date is known. */
  readonly dated: number;
  /** Changes whenever the stored papers do. */
  readonly version: number;
  /** Changes whenever the stored vectors do. */
  readonly vectorVersion: number;
}

export interface SearchRequest<Query> {
  readonly query: Query;
  readonly limit: number;
  readonly filter?: PaperFilter;
}

/** What a Retriever needs of the index; all lists are best first and empty when nothing matches. */
export interface PaperIndex {
  searchLexical(request: SearchRequest<readonly string[]>): Promise<readonly PaperId[]>;
  searchDense(request: SearchRequest<Float32Array>): Promise<readonly DenseHit[]>;
  /** In no particular order; unknown ids are left out. */
  papersById(ids: readonly PaperId[]): Promise<readonly IndexedPaper[]>;
  /** Vectors of the title and of every sentence, by paper; papers not yet embedded are left out. */
  sentenceVectors(ids: readonly PaperId[]): Promise<ReadonlyMap<PaperId, readonly Float32Array[]>>;
  /** Up to `limit` papers, for term statistics. */
  sample(limit: number): AsyncIterable<IndexedPaper>;
  status(): Promise<IndexStatus>;
  /** How many papers the filter lets through. */
  count(filter: PaperFilter): Promise<number>;
  /** Names of the saved pages that papers come from, in order. */
  pages(): Promise<readonly string[]>;
}
