import type { RefusedItem, SourcedRecord } from './paper-record.ts';

/** Where papers come from. */
export interface PaperSource {
  /** Such as `hf` or `arxiv:cs.LG`; what was read is noted under it. */
  readonly name: string;
  /**
   * What is new since `position`, or all where there is none, in batches. Throws FootnoteError
   * `network` where the source cannot be asked now: that is never the same as no papers.
   */
  read(request: ReadRequest): AsyncIterable<SourceBatch>;
}

export interface ReadRequest {
  /** As a batch gave it: whatever stood before it is saved. */
  readonly position?: string;
  readonly signal?: AbortSignal;
}

/** Some records, to be saved as a whole before the next batch is asked for. */
export interface SourceBatch {
  readonly records: readonly SourcedRecord[];
  readonly refused: readonly RefusedItem[];
  /** Papers that are of no interest unless they are stored already. */
  readonly onlyKnown?: readonly SourcedRecord[];
  /** Papers that were taken away, and when we were told (ISO 8601). */
  readonly deleted?: readonly { readonly arxivId: string; readonly at: string }[];
  /** Where to go on once this batch is saved. */
  readonly position: string;
  /** What was read, for people: "2026-11-20". */
  readonly label: string;
}
