import { FootnoteError } from '../errors.ts';
import type { BatchRecord } from '../llm/openai-batch-records.ts';
import type { BatchState } from '../llm/openai-batch-state.ts';
import {
  type BatchFailure,
  type BatchVectors,
  type PapersByText,
  saveVectors,
} from './batch-papers.ts';
import type { EmbedBatchRequest } from './embed-batch.ts';

export interface CollectRequest extends EmbedBatchRequest {
  readonly papers: PapersByText;
  /** Submits texts once more; returns those that cannot be. */
  readonly again: (hashes: readonly string[]) => Promise<readonly BatchFailure[]>;
}

const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 60_000;
const PAUSE_GROWTH = 1.5;
/** In a row, each after the client's own retries: a network may be away for some minutes. */
const MOST_BROKEN_LOOKS = 10;
/** Papers stored in one commit. */
const COMMIT = 64;

/** Waits for all batches under way and stores their vectors; returns the papers left without. */
export async function collectBatches(request: CollectRequest): Promise<readonly BatchFailure[]> {
  const failures: BatchFailure[] = [];
  let pause = FIRST_PAUSE_MS;
  let broken = 0;
  let total = 0;
  for (;;) {
    request.signal?.throwIfAborted();
    const records = (await request.records.list()).filter(isCreated);
    if (records.length === 0) break;
    try {
      const { ended, remaining } = await lookAt(request, records);
      total ||= records.reduce((sum, { ids }) => sum + ids.length, 0);
      request.onProgress?.({ done: total - remaining, total });
      for (const one of ended) failures.push(...(await settle(request, one)));
      broken = 0;
      if (ended.length > 0) pause = FIRST_PAUSE_MS;
      if (ended.length > 0) continue;
    } catch (error) {
      broken += 1;
      const isNetwork = error instanceof FootnoteError && error.code === 'network';
      if (!isNetwork || broken === MOST_BROKEN_LOOKS) throw error;
    }
    await request.sleep(pause);
    pause = Math.min(pause * PAUSE_GROWTH, LONGEST_PAUSE_MS);
  }
  if (total > 0) request.onProgress?.({ done: total - failures.length, total });
  await request.index.optimiseVectors();
  return failures;
}

type CreatedBatch = BatchRecord & { readonly batchId: string };

function isCreated(record: BatchRecord): record is CreatedBatch {
  return record.batchId !== undefined;
}

interface EndedBatch {
  readonly record: BatchRecord;
  /** Absent when the server knows the batch no more. */
  readonly batch?: BatchState;
}

/** The batches that have ended, and how many papers have no vectors made yet in any of them. */
async function lookAt(
  { client, signal }: CollectRequest,
  records: readonly CreatedBatch[],
): Promise<{ readonly ended: readonly EndedBatch[]; readonly remaining: number }> {
  const ended: EndedBatch[] = [];
  let remaining = 0;
  for (const record of records) {
    const batch = await orGone(client.state(record.batchId, signal));
    remaining += record.ids.length - (batch?.done ?? 0);
    if (batch?.kind !== 'running') ended.push({ record, ...(batch !== undefined && { batch }) });
  }
  return { ended, remaining };
}

/** Stores what a batch brought and submits once more what failed in it for the first time. */
async function settle(
  request: CollectRequest,
  { record, batch }: EndedBatch,
): Promise<readonly BatchFailure[]> {
  const failed = batch === undefined ? undefined : await orGone(take(request, { record, batch }));
  const open = (failed ?? allOf(record, 'the batch is no longer on the server')).filter(({ id }) =>
    request.papers.has(id),
  );
  const isRefused = batch?.kind === 'failed' || batch?.kind === 'cancelled';
  const isAgain = open.length > 0 && record.attempt === 1 && !isRefused;
  if (open.length > 0) request.tell(ending({ record, batch, open, isAgain }));
  const left = isAgain ? await request.again(open.map(({ id }) => id)) : open;
  // Last, so that a process killed before it comes here again: what is stored or submitted is known.
  await request.records.remove(record.digest);
  return left;
}

/** Stores the vectors of a batch; returns the requests without any. */
async function take(
  request: CollectRequest,
  { record, batch }: Required<EndedBatch>,
): Promise<readonly BatchFailure[]> {
  const failures: BatchFailure[] = [];
  const open = new Set(record.ids);
  let results: BatchVectors[] = [];
  const store = async () => {
    failures.push(...(await saveVectors(request, { papers: request.papers, results })));
    results = [];
  };
  for await (const result of request.client.results(batch, request.signal)) {
    if (!open.delete(result.id)) continue;
    if (result.kind === 'failed') failures.push(result);
    else results.push(result);
    if (results.length === COMMIT) await store();
  }
  if (results.length > 0) await store();
  const unanswered = { ...record, ids: [...open] };
  return [...failures, ...allOf(unanswered, batch.reason ?? whyUnanswered(batch))];
}

function allOf({ ids }: BatchRecord, reason: string): readonly BatchFailure[] {
  return ids.map((id) => ({ kind: 'failed', id, reason }));
}

function whyUnanswered({ kind }: BatchState): string {
  switch (kind) {
    case 'expired':
      return 'the batch expired before its turn came';
    case 'cancelled':
      return 'the batch was cancelled';
    default:
      return 'the server gave no result for it';
  }
}

/** What became of a batch that left papers without vectors. */
function ending(end: {
  readonly record: BatchRecord;
  readonly batch: BatchState | undefined;
  readonly open: readonly BatchFailure[];
  readonly isAgain: boolean;
}): string {
  const { record, batch, open, isAgain } = end;
  const what = `papers without vectors: ${open.length} of ${record.ids.length} (${open[0]?.reason})`;
  const next = isAgain ? 'They are submitted once more.' : 'They are not submitted again now.';
  return `Batch ${record.batchId} ${batch?.kind ?? 'gone'}: ${what}. ${next}`;
}

async function orGone<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    const isGone = error instanceof FootnoteError && error.facts.status === 404;
    if (isGone) return undefined;
    throw error;
  }
}
