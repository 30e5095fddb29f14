import { cutToFit } from './cut-to-fit.ts';
import type { Embedder } from './embedder.ts';
import { explainOpenAIError, isPassing, type OpenAIServer } from './openai-errors.ts';
import { embedWholeTexts } from './whole-texts.ts';

export interface OpenAIEmbedderOptions {
  readonly model: string;
  readonly apiKey: string;
  /** Of any server that speaks OpenAI's API, mostly ending in `/v1`; OpenAI's own by default. */
  readonly baseUrl?: string;
  /** Of one request. */
  readonly timeoutMs?: number;
  readonly maxRetries?: number;
}

const OPENAI = 'https://api.openai.com/v1';
// OpenAI's limits: 8,191 tokens a text, and 300,000 tokens and 2,048 texts a request.
const MAX_TOKENS = 8_191;
const REQUEST_TOKENS = 200_000;
const REQUEST_TEXTS = 256;
const REQUESTS_AT_ONCE = 2;
const TIMEOUT_MS = 60_000;
const MAX_RETRIES = 3;
const LONGEST_WAIT_MS = 60_000;

/**
 * Embedder over an OpenAI-compatible server; asks it for one vector to learn their length. Texts
 * past the limit are cut. Throws FootnoteError `model` (refused key, unknown model) or `network`.
 */
export async function createOpenAIEmbedder(options: OpenAIEmbedderOptions): Promise<Embedder> {
  const host = new URL(options.baseUrl ?? OPENAI).host;
  const server = { model: options.model, apiKey: options.apiKey, host };
  const request = await createRequest(options, server);
  const limits = { maxTokens: MAX_TOKENS, countTokens };
  const [probe = []] = await request(['dimensions']);
  return {
    model: `openai:${options.model}${host === new URL(OPENAI).host ? '' : `@${host}`}`,
    dimensions: probe.length,
    ...limits,
    ...embedWholeTexts(probe.length, (texts, signal) =>
      inBatches(
        texts.map((text) => cutToFit(text, limits)),
        (batch) => request(batch, signal),
      ),
    ),
    close: async () => {},
  };
}

const CJK = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]/gu;

/** More than the true number for nearly all text: English has 4 to 5 characters a token. */
function countTokens(text: string): number {
  const rest = text.replace(CJK, '');
  const cjk = text.length - rest.length;
  return cjk + Math.ceil(rest.length / 3);
}

type Request = (texts: readonly string[], signal?: AbortSignal) => Promise<readonly number[][]>;

async function createRequest(
  { model, apiKey, baseUrl = OPENAI, ...options }: OpenAIEmbedderOptions,
  server: OpenAIServer,
): Promise<Request> {
  const [{ OpenAIEmbeddings }, { parseRetryAfterMs }] = await Promise.all([
    import('@langchain/openai'),
    import('@langchain/core/utils/async_caller'),
  ]);
  // LangChain's own rule gives up at once on a 429 that names no time to wait.
  const onFailedAttempt = (error: unknown, signal: AbortSignal | undefined) => {
    if (signal?.aborted || !isPassing(error)) throw error;
    const wait = parseRetryAfterMs(retryAfter(error));
    if (wait !== undefined && wait > LONGEST_WAIT_MS) throw error;
    if (wait !== undefined && error instanceof Error) Object.assign(error, { retryAfterMs: wait });
  };
  return async (texts, signal) => {
    signal?.throwIfAborted();
    // One for each call, since only its `fetch` can carry the call's signal.
    const embeddings = new OpenAIEmbeddings({
      model,
      apiKey,
      batchSize: REQUEST_TEXTS,
      encodingFormat: 'float', // Some servers know no other.
      timeout: options.timeoutMs ?? TIMEOUT_MS,
      maxRetries: options.maxRetries ?? MAX_RETRIES,
      onFailedAttempt: (error: unknown) => onFailedAttempt(error, signal),
      configuration: { baseURL: baseUrl, fetch: fetchWith(signal) },
    });
    try {
      const vectors = await orAborted(embeddings.embedDocuments([...texts]), signal);
      checkForm(vectors);
      return vectors;
    } catch (error) {
      signal?.throwIfAborted();
      throw explainOpenAIError(error, server);
    }
  };
}

function retryAfter(error: unknown): string | null {
  const headers = error instanceof Error && 'headers' in error ? error.headers : undefined;
  return headers instanceof Headers ? headers.get('retry-after') : null;
}

function fetchWith(signal: AbortSignal | undefined): typeof fetch {
  if (signal === undefined) return fetch;
  return (input, init) => {
    const signals = [signal, init?.signal].filter((one) => one instanceof AbortSignal);
    return fetch(input, { ...init, signal: AbortSignal.any(signals) });
  };
}

/** Rejects on abort even while a retry is being waited for. */
async function orAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = () => reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  return Promise.race([work, promise]).finally(() => signal.removeEventListener('abort', abort));
}

function checkForm(vectors: readonly unknown[]): void {
  const isVector = (vector: unknown) => Array.isArray(vector) && vector.length > 0;
  if (!vectors.every(isVector)) throw new TypeError('A vector is missing.');
}

async function inBatches(
  texts: readonly string[],
  request: (batch: readonly string[]) => Promise<readonly number[][]>,
): Promise<readonly number[][]> {
  const batches = [...batchesOf(texts).entries()];
  const results: (readonly number[][])[] = [];
  const queue = batches.values();
  const work = async () => {
    for (const [at, batch] of queue) results[at] = await request(batch);
  };
  await Promise.all(Array.from({ length: REQUESTS_AT_ONCE }, work));
  return results.flat();
}

function batchesOf(texts: readonly string[]): readonly string[][] {
  const batches: string[][] = [];
  let tokens = 0;
  for (const text of texts) {
    const last = batches.at(-1);
    tokens += countTokens(text);
    if (last === undefined || last.length === REQUEST_TEXTS || tokens > REQUEST_TOKENS) {
      batches.push([text]);
      tokens = countTokens(text);
    } else {
      last.push(text);
    }
  }
  return batches;
}
