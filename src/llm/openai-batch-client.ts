import { openAsBlob } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { OpenAI } from 'openai';
import { FootnoteError } from '../errors.ts';
import { explainBatchError, isPassingBatchError } from './openai-batch-errors.ts';
import type { BatchFile } from './openai-batch-file.ts';
import { type BatchResult, parseResultLine } from './openai-batch-lines.ts';
import { type BatchState, readBatch } from './openai-batch-state.ts';
import { OPENAI_URL, type OpenAIEmbedderOptions } from './openai-request.ts';

/** OpenAI's Batch API for embeddings. All of it throws FootnoteError `model` or `network`. */
export interface BatchClient {
  /** Uploads the file and creates its batch, once even when the reply to that gets lost. */
  create(file: BatchFile, signal?: AbortSignal): Promise<BatchState>;
  state(id: string, signal?: AbortSignal): Promise<BatchState>;
  /** The latest batch of each digest, of those that Footnote made. */
  byDigest(signal?: AbortSignal): Promise<ReadonlyMap<string, BatchState>>;
  /** What became of the requests of a batch that has ended, read line by line, in any order. */
  results(batch: BatchState, signal?: AbortSignal): AsyncGenerator<BatchResult>;
}

const TIMEOUT_MS = 60_000;
/** Of an upload of 200 MB, and of the first byte of what comes back. */
const FILE_TIMEOUT_MS = 600_000;
const MAX_RETRIES = 3;
const FIRST_PAUSE_MS = 500;
const PAGE = 100;
/** Under this name a batch carries the digest of its requests. */
const DIGEST_KEY = 'footnote_digest';

interface Connection {
  readonly client: OpenAI;
  readonly apiKey: string;
  readonly maxRetries: number;
  /** Runs one request; its failures come out explained. */
  readonly run: <T>(work: () => Promise<T>, signal?: AbortSignal) => Promise<T>;
}

/** Loads the OpenAI client; asks nothing yet. */
export async function createBatchClient(options: OpenAIEmbedderOptions): Promise<BatchClient> {
  const connection = await connect(options);
  return {
    create: (file, signal) => create(connection, file, signal),
    state: (id, signal) => {
      const { client, run } = connection;
      return run(async () => readBatch(await client.batches.retrieve(id, { signal })), signal);
    },
    byDigest: (signal) => connection.run(() => list(connection.client, signal), signal),
    results: (batch, signal) => results(connection, batch, signal),
  };
}

async function connect(options: OpenAIEmbedderOptions): Promise<Connection> {
  const { model, apiKey, baseUrl = OPENAI_URL, maxRetries = MAX_RETRIES } = options;
  // Not at the top: it costs start-up time.
  const { OpenAI } = await import('openai');
  const timeout = options.timeoutMs ?? TIMEOUT_MS;
  const client = new OpenAI({ apiKey, baseURL: baseUrl, maxRetries, timeout, logLevel: 'off' });
  const server = { model, apiKey, host: new URL(baseUrl).host };
  const run: Connection['run'] = async (work, signal) => {
    signal?.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      signal?.throwIfAborted();
      throw error instanceof FootnoteError ? error : explainBatchError(error, server);
    }
  };
  return { client, apiKey, maxRetries, run };
}

async function create(
  { client, maxRetries, run }: Connection,
  { path, digest }: BatchFile,
  signal: AbortSignal | undefined,
): Promise<BatchState> {
  return run(async () => {
    // Backed by the disk: its contents are read as they are sent.
    const file = new File([await openAsBlob(path)], `footnote-${digest.slice(0, 16)}.jsonl`);
    const upload = { file, purpose: 'batch' } as const;
    const { id } = await client.files.create(upload, { signal, timeout: FILE_TIMEOUT_MS });
    for (let retries = 0; ; retries += 1) {
      try {
        return await createOnce(client, { fileId: id, digest, signal });
      } catch (error) {
        if (retries === maxRetries || !isPassingBatchError(error)) throw error;
        await sleep(FIRST_PAUSE_MS * 2 ** retries, undefined, signal && { signal });
        // The batch may be there, only its reply was lost; a second one would be paid as well.
        const made = (await list(client, signal)).get(digest);
        if (made !== undefined) return made;
      }
    }
  }, signal);
}

async function createOnce(
  client: OpenAI,
  batch: {
    readonly fileId: string;
    readonly digest: string;
    readonly signal: AbortSignal | undefined;
  },
): Promise<BatchState> {
  const created = await client.batches.create(
    {
      input_file_id: batch.fileId,
      endpoint: '/v1/embeddings',
      completion_window: '24h',
      metadata: { [DIGEST_KEY]: batch.digest },
    },
    { maxRetries: 0, signal: batch.signal },
  );
  return readBatch(created);
}

async function list(
  client: OpenAI,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, BatchState>> {
  const found = new Map<string, BatchState>();
  // The latest come first.
  for await (const batch of client.batches.list({ limit: PAGE }, { signal })) {
    const digest = batch.metadata?.[DIGEST_KEY];
    if (digest !== undefined && !found.has(digest)) found.set(digest, readBatch(batch));
  }
  return found;
}

async function* results(
  { client, apiKey, run }: Connection,
  { outputFile, errorFile }: BatchState,
  signal: AbortSignal | undefined,
): AsyncGenerator<BatchResult> {
  for (const file of [outputFile, errorFile]) {
    if (file === undefined) continue;
    const options = { signal, timeout: FILE_TIMEOUT_MS };
    const content = await run(() => client.files.content(file, options), signal);
    const lines = linesOf(content);
    try {
      for (;;) {
        const line = await run(() => lines.next(), signal);
        if (line.done) break;
        const result = parseResultLine(line.value, apiKey);
        if (result !== undefined) yield result;
      }
    } finally {
      await lines.return(undefined).catch(() => {}); // a broken stream is closed
    }
  }
}

/** Read as they are asked for: a file may have a gigabyte. */
async function* linesOf({ body }: Response): AsyncGenerator<string> {
  if (body === null) return;
  let rest = '';
  for await (const piece of body.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  yield rest;
}
