import type { PaperFacts, PaperOrigin, RecordSource } from './paper.ts';

/** What one source says of one paper. */
export interface PaperRecord extends PaperFacts {
  readonly source: RecordSource;
  readonly origins: readonly PaperOrigin[];
  /** When it was fetched, ISO 8601 in UTC; absent where a file does not say. */
  readonly fetchedAt?: string;
}

/** A record and what it was read from. */
export interface SourcedRecord {
  readonly record: PaperRecord;
  /** The payload as it came; absent where the file that was read is the payload. */
  readonly raw?: string;
}

/** A piece of a payload that became no record: where it stood, and why. */
export interface RefusedItem {
  readonly place: string;
  readonly reason: string;
}

/** What became of a piece of a payload. */
export type ReadItem =
  | { readonly kind: 'record'; readonly record: PaperRecord; readonly raw?: string }
  | { readonly kind: 'refused'; readonly place: string; readonly reason: string };
