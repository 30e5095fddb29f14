import type { Embedder } from '../llm/embedder.ts';
import { assimilate } from '../papers/assimilate.ts';
import {
  type BulkBatch,
  type BulkFilter,
  type MalformedLine,
  readBulkBatches,
} from '../papers/bulk-batches.ts';
import { BULK_START, type BulkPosition } from '../papers/bulk-file.ts';
import type { PaperArchive } from '../papers/paper-archive.ts';
import { embedThese } from './embed-papers.ts';
import { createOptimiseClock } from './optimise-clock.ts';
import type { VectorArchive } from './vector-archive.ts';

export interface BulkRequest {
  readonly index: PaperArchive & VectorArchive;
  readonly file: string;
  /** The file's name, as origins give it. */
  readonly page: string;
  readonly filter: BulkFilter;
  /** Without it papers are stored and can be found by their words only. */
  readonly embedder?: Embedder;
  /** Papers a batch; what a crash undoes. */
  readonly size?: number;
  readonly onBatch?: (report: BulkReport, progress: BulkBatch['progress']) => void;
  /** Milliseconds, of any beginning. */
  readonly now?: () => number;
  readonly signal?: AbortSignal;
}

/** What became of the lines that were read now. */
export interface BulkReport {
  /** The line after which this run went on; 0 for one from the beginning. */
  readonly after: number;
  readonly added: number;
  readonly changed: number;
  readonly same: number;
  /** Papers that the filter leaves out. */
  readonly passedOver: number;
  /** How many lines are no papers. */
  readonly malformed: number;
  /** The first of them. */
  readonly examples: readonly MalformedLine[];
}

const EXAMPLES = 5;

/**
 * Stores the papers of a file of any length, with their vectors, in memory that does not grow with
 * it. Safe to stop at any moment: a batch counts as read only once all of it is stored, and the
 * next call goes on after the last that does. One call at a time.
 */
export async function buildFromBulk(request: BulkRequest): Promise<BulkReport> {
  const { index, now = () => performance.now() } = request;
  const note = noteOf(request);
  const from = readPosition(await index.pageHash(note));
  const clock = createOptimiseClock(now);
  let report: BulkReport | undefined;
  for await (const batch of readBulkBatches({ ...request, from })) {
    const after = batch.position.line >= from.line ? from.line : 0;
    report = await storeBatch(batch, { request, before: report ?? emptyReport(after) });
    await index.savePage(note, JSON.stringify(batch.position));
    clock.add(batch.records.length);
    request.onBatch?.(report, batch.progress);
    if (clock.isDue()) await clock.time(() => optimise(request));
  }
  await optimise(request);
  return report ?? emptyReport(0);
}

async function storeBatch(
  batch: BulkBatch,
  { request, before }: { readonly request: BulkRequest; readonly before: BulkReport },
): Promise<BulkReport> {
  const { index: archive, embedder, signal } = request;
  const records = batch.records.map((record) => ({ record }));
  // Where lines have moved within the file the old places are forgotten.
  const outcomes = await assimilate({ archive, records, isAnew: true });
  const papers = outcomes.map(({ paper }) => paper);
  // Those that were stored already, too: a run may have been killed before their vectors were.
  if (embedder !== undefined) await embedThese({ archive, embedder, signal }, papers);
  const count = (kind: string) => outcomes.filter((one) => one.kind === kind).length;
  return {
    after: before.after,
    added: before.added + count('added'),
    changed: before.changed + count('changed'),
    same: before.same + count('same'),
    passedOver: before.passedOver + batch.passedOver,
    malformed: before.malformed + batch.malformed.length,
    examples: [...before.examples, ...batch.malformed].slice(0, EXAMPLES),
  };
}

async function optimise({ index, embedder }: BulkRequest): Promise<void> {
  await index.optimiseWords();
  if (embedder !== undefined) await index.optimiseVectors();
}

function emptyReport(after: number): BulkReport {
  return { after, added: 0, changed: 0, same: 0, passedOver: 0, malformed: 0, examples: [] };
}

/** Noted like a page; the slash at its end keeps it apart from every page. */
function noteOf({ page, filter: { categories, from, to } }: BulkRequest): string {
  const wanted = [categories?.toSorted() ?? null, from ?? null, to ?? null];
  return `(lines) ${page} ${JSON.stringify(wanted)}/`;
}

function readPosition(noted: string | undefined): BulkPosition {
  return noted === undefined ? BULK_START : (JSON.parse(noted) as BulkPosition); // noted by us
}
