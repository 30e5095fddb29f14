import type { BatchClient } from '../llm/openai-batch-client.ts';
import { type BatchLimits, packBatches } from '../llm/openai-batch-file.ts';
import type { BatchRequest } from '../llm/openai-batch-lines.ts';
import type { BatchRecord, BatchRecords } from '../llm/openai-batch-records.ts';
import type { BatchState } from '../llm/openai-batch-state.ts';
import {
  type BatchFailure,
  type BatchLibrary,
  type PapersByText,
  papersWithoutVectors,
  requestsFor,
} from './batch-papers.ts';
import { collectBatches } from './collect-batches.ts';

export interface EmbedBatchRequest extends BatchLibrary {
  readonly client: BatchClient;
  readonly records: BatchRecords;
  /** The model as the server knows it. */
  readonly model: string;
  /** Where the input of a batch is written before it is sent. */
  readonly folder: string;
  /** Whether to stay until all vectors are there. */
  readonly wait: boolean;
  /** A sentence for people about one batch. */
  readonly tell: (line: string) => void;
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
  readonly sleep: (ms: number) => Promise<unknown>;
  readonly limits?: BatchLimits;
  readonly signal?: AbortSignal;
}

/** What is left when the work ends: batches under way, and papers without vectors. */
export interface EmbedBatchReport {
  readonly underWay: number;
  readonly failures: readonly BatchFailure[];
}

// OpenAI takes this many texts and tokens in one request.
const REQUEST_TEXTS = 2_048;
const REQUEST_TOKENS = 300_000;

/**
 * Embeds the papers without vectors through the Batch API. Safe to stop at any moment: what was
 * submitted is noted before and found again, so that nothing is paid twice or lost.
 */
export async function embedInBatches(request: EmbedBatchRequest): Promise<EmbedBatchReport> {
  const { records, client, signal } = request;
  const papers = await papersWithoutVectors(request);
  const noted = await records.list();
  const submitted = new Set(noted.flatMap(({ ids }) => ids));
  const hashes = [...papers.keys()].filter((hash) => !submitted.has(hash));
  const isAsking = hashes.length > 0 || noted.some(({ batchId }) => batchId === undefined);
  const made = isAsking ? await client.byDigest(signal) : new Map<string, BatchState>();
  const lost = await recover(noted, { records, made });
  const failures = await submit(request, {
    papers,
    hashes: [...hashes, ...lost.filter((hash) => papers.has(hash))],
    attempt: 1,
    made,
  });
  if (!request.wait) return { underWay: (await records.list()).length, failures };
  const again = async (failed: readonly string[]) => {
    const now = await client.byDigest(signal);
    return submit(request, { papers, hashes: failed, attempt: 2, made: now });
  };
  const uncollected = await collectBatches({ ...request, papers, again });
  return { underWay: 0, failures: [...failures, ...uncollected] };
}

/** Finds batches whose id was never written down; the texts of those that were never made. */
async function recover(
  noted: readonly BatchRecord[],
  { records, made }: Pick<EmbedBatchRequest, 'records'> & Pick<Submission, 'made'>,
): Promise<readonly string[]> {
  const lost: string[] = [];
  for (const record of noted.filter(({ batchId }) => batchId === undefined)) {
    const batch = made.get(record.digest);
    if (batch !== undefined) await records.save({ ...record, batchId: batch.id });
    else {
      await records.remove(record.digest);
      lost.push(...record.ids);
    }
  }
  return lost;
}

interface Submission {
  readonly papers: PapersByText;
  readonly hashes: readonly string[];
  readonly attempt: number;
  /** The batches that the server has, by digest. */
  readonly made: ReadonlyMap<string, BatchState>;
}

/** Creates the batches for these texts; returns the texts that fit into none. */
async function submit(
  request: EmbedBatchRequest,
  submission: Submission,
): Promise<readonly BatchFailure[]> {
  const { client, records, embedder, model, folder, limits, signal } = request;
  const { attempt, made } = submission;
  const tooLong: BatchFailure[] = [];
  const requests = fitting(request, { submission, tooLong });
  const packing = { requests, model, folder, attempt, ...(limits !== undefined && { limits }) };
  for await (const file of packBatches(packing)) {
    const { digest, ids } = file;
    const record: BatchRecord = { model: embedder.model, digest, attempt, ids };
    await records.save(record);
    const batch = usable(made.get(digest)) ?? (await client.create(file, signal));
    await records.save({ ...record, batchId: batch.id });
    request.tell(`Batch ${batch.id}: ${ids.length} papers submitted.`);
  }
  return tooLong;
}

/** A batch that runs, or whose vectors were lost here, need not be made again. */
function usable(batch: BatchState | undefined): BatchState | undefined {
  const isOfUse = batch?.kind === 'running' || (batch?.kind === 'completed' && batch.done > 0);
  return isOfUse ? batch : undefined;
}

async function* fitting(
  library: BatchLibrary,
  { submission, tooLong }: { readonly submission: Submission; readonly tooLong: BatchFailure[] },
): AsyncGenerator<BatchRequest> {
  const { countTokens } = library.embedder;
  for await (const request of requestsFor(library, submission)) {
    const { id, texts } = request;
    const tokens = texts.reduce((sum, text) => sum + countTokens(text), 0);
    if (texts.length <= REQUEST_TEXTS && tokens <= REQUEST_TOKENS) yield request;
    else tooLong.push({ kind: 'failed', id, reason: 'it is too long for a request of a batch' });
  }
}
