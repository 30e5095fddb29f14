import { type BulkFile, type BulkLine, type BulkPosition, openBulkFile } from './bulk-file.ts';
import type { PaperRecord } from './paper-record.ts';
import { readJsonlLine } from './sources/jsonl.ts';

/** Which papers of a file are wanted; all given conditions hold together. */
export interface BulkFilter {
  /** arXiv categories, such as `cs.LG`, or archives, such as `cs`; a paper in any of them is wanted. */
  readonly categories?: readonly string[];
  /** First and last day, `YYYY-MM-DD`, of the first version. Papers without a date never match. */
  readonly from?: string;
  readonly to?: string;
}

/** A line that became no paper, and why. */
export interface MalformedLine {
  readonly line: number;
  readonly reason: string;
}

/** Some lines of a file, to be stored as a whole before the next are read. */
export interface BulkBatch {
  readonly records: readonly PaperRecord[];
  readonly malformed: readonly MalformedLine[];
  /** Papers that the filter leaves out. */
  readonly passedOver: number;
  /** Where to go on once this batch is stored. */
  readonly position: BulkPosition;
  readonly progress: ReturnType<BulkFile['progress']>;
}

export interface BulkBatchRequest {
  readonly file: string;
  /** The file's name, as origins give it. */
  readonly page: string;
  readonly filter: BulkFilter;
  readonly from?: BulkPosition;
  readonly signal?: AbortSignal;
  /** Papers a batch. */
  readonly size?: number;
}

const BATCH_PAPERS = 1_000;
// A filter that leaves little must not leave a restart far behind.
const BATCH_LINES = 50_000;

/** Reads a JSONL file of papers in batches; a line that is none is told of and the others go on. */
export async function* readBulkBatches(request: BulkBatchRequest): AsyncGenerator<BulkBatch> {
  const { page, filter, size = BATCH_PAPERS } = request;
  const file = await openBulkFile(request.file, request);
  let batch = emptyBatch();
  for await (const line of file.lines()) {
    addLine(batch, { line, page, filter });
    if (batch.records.length < size && batch.lines < BATCH_LINES) continue;
    yield finish(batch, file);
    batch = emptyBatch();
  }
  // Even where nothing is left: only now is the file known to have no more lines.
  yield finish(batch, file);
}

interface OpenBatch {
  readonly records: PaperRecord[];
  readonly malformed: MalformedLine[];
  passedOver: number;
  lines: number;
}

function emptyBatch(): OpenBatch {
  return { records: [], malformed: [], passedOver: 0, lines: 0 };
}

function finish({ lines: _, ...batch }: OpenBatch, file: BulkFile): BulkBatch {
  return { ...batch, position: file.position(), progress: file.progress() };
}

function addLine(
  batch: OpenBatch,
  { line, page, filter }: { line: BulkLine; page: string; filter: BulkFilter },
): void {
  batch.lines += 1;
  if (line.kind === 'unusable') {
    batch.malformed.push({ line: line.line, reason: line.reason });
    return;
  }
  const item = readJsonlLine(line.text, { page, line: line.line });
  if (item.kind === 'refused') {
    batch.malformed.push({ line: line.line, reason: item.reason });
  } else if (isWanted(item.record, filter)) {
    batch.records.push(item.record);
  } else {
    batch.passedOver += 1;
  }
}

function isWanted({ categories = [], date = '' }: PaperRecord, filter: BulkFilter): boolean {
  const { from, to, categories: wanted } = filter;
  const isInside =
    wanted === undefined ||
    categories.some((name) => wanted.some((one) => name === one || name.startsWith(`${one}.`)));
  const isOfTime = from === undefined && to === undefined;
  return isInside && (isOfTime || (date !== '' && date >= (from ?? '') && date <= (to ?? '9')));
}
