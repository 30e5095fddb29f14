import { orAborted } from './abortable.ts';
import { waitAskedFor } from './foreign-error.ts';
import { explainOpenAIError, isPassing } from './openai-errors.ts';

export interface OpenAIEmbedderOptions {
  readonly model: string;
  readonly apiKey: string;
  /** Of any server that speaks OpenAI's API, mostly ending in `/v1`; OpenAI's own by default. */
  readonly baseUrl?: string;
  /** Of one request; 60 seconds by default. */
  readonly timeoutMs?: number;
  /** Of one request, with growing pauses between; 3 by default. */
  readonly maxRetries?: number;
}

export const OPENAI_URL = 'https://api.openai.com/v1';

const TIMEOUT_MS = 60_000;
const MAX_RETRIES = 3;
const LONGEST_WAIT_MS = 60_000;

/** One request with its retries; the vectors are of one length, as many as the texts. */
export type EmbeddingsRequest = (
  texts: readonly string[],
  signal?: AbortSignal,
) => Promise<readonly (readonly number[])[]>;

/** Loads the OpenAI client. The requests throw FootnoteError `model` or `network`. */
export async function createEmbeddingsRequest({
  model,
  apiKey,
  baseUrl = OPENAI_URL,
  timeoutMs = TIMEOUT_MS,
  maxRetries = MAX_RETRIES,
}: OpenAIEmbedderOptions): Promise<EmbeddingsRequest> {
  // Not at the top: it costs start-up time.
  const { OpenAIEmbeddings } = await import('@langchain/openai');
  const { host } = new URL(baseUrl);
  let dimensions: number | undefined;
  return async (texts, signal) => {
    signal?.throwIfAborted();
    // One for each call, since only its `fetch` can carry the call's signal.
    const embeddings = new OpenAIEmbeddings({
      model,
      apiKey,
      batchSize: texts.length,
      encodingFormat: 'float', // Some servers know no other.
      timeout: timeoutMs,
      maxRetries,
      onFailedAttempt: (error: unknown) => stopOrWait(error, signal),
      configuration: { baseURL: baseUrl, fetch: fetchWith(signal) },
    });
    try {
      const work = embeddings.embedDocuments([...texts]);
      const vectors = await (signal === undefined ? work : orAborted(work, signal));
      dimensions ??= vectors[0]?.length;
      checkVectors(vectors, dimensions);
      return vectors;
    } catch (error) {
      signal?.throwIfAborted();
      throw explainOpenAIError(error, { model, apiKey, host });
    }
  };
}

/** LangChain's own rule would give up at once on a 429 that names no time to wait. */
function stopOrWait(error: unknown, signal: AbortSignal | undefined): void {
  if (signal?.aborted || !isPassing(error)) throw error;
  const headers = error instanceof Error && 'headers' in error ? error.headers : undefined;
  const wait = waitAskedFor(headers, () => new Date()) ?? 0;
  if (wait > LONGEST_WAIT_MS) throw error;
  // LangChain's retry loop waits so long if the property is there.
  if (error instanceof Error) Object.assign(error, { retryAfterMs: wait });
}

function fetchWith(signal: AbortSignal | undefined): typeof fetch {
  if (signal === undefined) return fetch;
  return (input, init) => {
    const signals = [signal, init?.signal].filter((one) => one instanceof AbortSignal);
    return fetch(input, { ...init, signal: AbortSignal.any(signals) });
  };
}

function checkVectors(vectors: readonly unknown[], dimensions: number | undefined): void {
  const isVector = (vector: unknown) =>
    Array.isArray(vector) && vector.length === dimensions && vector.every(Number.isFinite);
  if (!dimensions || !vectors.every(isVector)) throw new TypeError('Some vectors are missing.');
}
