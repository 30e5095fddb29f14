import type { Paper, PaperId } from './paper.ts';

/** Where ingested papers are kept. Each call either happens whole or not at all. */
export interface PaperArchive {
  /** The content hash a page was last ingested with. */
  pageHash(page: string): Promise<string | undefined>;
  papersByIds(ids: readonly PaperId[]): Promise<ReadonlyMap<PaperId, Paper>>;
  /** Adds papers, or replaces those with the same ids. */
  savePapers(papers: readonly Paper[]): Promise<void>;
  /** Notes that all papers of this page are saved. */
  savePage(page: string, hash: string): Promise<void>;
}
