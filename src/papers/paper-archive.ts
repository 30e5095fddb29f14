import type { Paper, PaperId } from './paper.ts';
import type { PaperRecord } from './paper-record.ts';

/** A record as it is kept: under its key, with the paper it belongs to now. */
export interface KeptRecord {
  readonly paperId: PaperId;
  readonly record: PaperRecord;
  /** The payload it was read from, where that is no file and not too long. */
  readonly raw?: string;
}

/** Where ingested papers are kept. Each call either happens whole or not at all. */
export interface PaperArchive {
  /** The content hash a page was last ingested with. */
  pageHash(page: string): Promise<string | undefined>;
  papersByIds(ids: readonly PaperId[]): Promise<ReadonlyMap<PaperId, Paper>>;
  /** Papers whose folded titles these are. */
  papersByTitleKeys(keys: readonly string[]): Promise<readonly Paper[]>;
  /** Adds papers, or replaces those with the same ids. */
  savePapers(papers: readonly Paper[]): Promise<void>;
  /** Takes papers away, with their vectors, that have become part of others. */
  dropPapers(ids: readonly PaperId[]): Promise<void>;
  /**
   * The records that make these papers, and those of these titles (`titleId`). A paper that one
   * record makes, and that says all of it, has none kept: it is its record.
   */
  keptRecords(of: RecordsWanted): Promise<readonly KeptRecord[]>;
  /** Adds records, or replaces those of the same key; a raw payload stays until another one comes. */
  saveRecords(records: readonly KeptRecord[]): Promise<void>;
  /** Notes that all papers of this page are saved. */
  savePage(page: string, hash: string): Promise<void>;
}

export interface RecordsWanted {
  readonly paperIds: readonly PaperId[];
  readonly titleIds: readonly PaperId[];
}
