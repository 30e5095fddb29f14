import { FootnoteError } from '../errors.ts';
import { redact } from './redact.ts';

/** Which server was asked for what; the key only to keep it out of messages. */
export interface OpenAIServer {
  readonly model: string;
  readonly apiKey: string;
  readonly host: string;
}

const LONGEST_QUOTE = 300;
// A server may send megabytes; a key that the cut parts is still known by what is left of it.
const LONGEST_READ = 4_000;
// Nothing answers under that name or port: trying again in a few seconds will not change it.
const NOT_THERE = ['ECONNREFUSED', 'ENOTFOUND'];

/** Whether the same request may succeed a little later. */
export function isPassing(error: unknown): boolean {
  const { status, code, name } = readError(error);
  if (code === 'insufficient_quota') return false;
  if (status !== undefined) return status === 408 || status === 409 || isBusy(status);
  const broke = isConnection(error) ? connectionCode(error) : undefined;
  return name === 'TimeoutError' || (broke !== undefined && !NOT_THERE.includes(broke));
}

/** What a failed request to an OpenAI-compatible server means and what to do; never with the key. */
export function explainOpenAIError(error: unknown, server: OpenAIServer): FootnoteError {
  const { status, message } = readError(error);
  const { host, model, apiKey } = server;
  const said = redact(message.slice(0, LONGEST_READ), apiKey).slice(0, LONGEST_QUOTE);
  const { code, text } =
    status === undefined ? withoutStatus(error) : withStatus({ status, said, model });
  return new FootnoteError(code, `The embedding server at ${host} ${text}`, {
    // Not the error itself: it holds the request's headers.
    cause: new Error(said),
    facts: { host, model, ...(status === undefined ? {} : { status }) },
  });
}

interface Meaning {
  readonly code: 'model' | 'network';
  readonly text: string;
}

function withStatus(failure: {
  readonly status: number;
  readonly said: string;
  readonly model: string;
}): Meaning {
  const { status, said, model } = failure;
  if (status === 401 || status === 403) {
    const text = `refused the API key (${status}). Set OPENAI_API_KEY to a key that is valid there.`;
    return { code: 'model', text };
  }
  if (status === 404) {
    const text = `knows no embedding model "${model}" (404). Correct the name in EMBEDDER=openai:NAME, or OPENAI_BASE_URL, which mostly ends in /v1.`;
    return { code: 'model', text };
  }
  if (status === 429) {
    const text =
      'turned the request away (429): too many requests, or a spent quota. Wait a few minutes and try again, or look at the quota of the key in OPENAI_API_KEY.';
    return { code: 'network', text };
  }
  if (isBusy(status)) {
    const text = `failed again and again (${status}). Try again later.`;
    return { code: 'network', text };
  }
  const text = `does not accept the texts (${status}): ${said}. Choose another model in EMBEDDER=openai:NAME.`;
  return { code: 'model', text };
}

function withoutStatus(error: unknown): Meaning {
  if (readError(error).name === 'TimeoutError') {
    const text = 'did not answer in time. Check that it runs, and try again later.';
    return { code: 'network', text };
  }
  if (isConnection(error)) {
    const why = connectionCode(error) ?? 'no connection';
    const text = `cannot be reached (${why}). Check the network, that the server runs, and OPENAI_BASE_URL.`;
    return { code: 'network', text };
  }
  const text =
    'answered in another form than the OpenAI embeddings API. Check OPENAI_BASE_URL, which mostly ends in /v1.';
  return { code: 'model', text };
}

function isBusy(status: number): boolean {
  return status === 429 || status >= 500;
}

interface ReadError {
  readonly status?: number;
  readonly code?: string;
  readonly name: string;
  readonly message: string;
}

function readError(error: unknown): ReadError {
  if (!(error instanceof Error)) return { name: '', message: String(error) };
  const { name, message } = error;
  const status = 'status' in error && typeof error.status === 'number' && error.status;
  const code = 'code' in error && typeof error.code === 'string' && error.code;
  return { name, message, ...(status && { status }), ...(code && { code }) };
}

// By its name: importing the class would load the package at start-up.
function isConnection(error: unknown): boolean {
  return error instanceof Error && error.constructor.name === 'APIConnectionError';
}

function connectionCode(error: unknown): string | undefined {
  for (let at = error; at instanceof Error; at = at.cause) {
    if ('code' in at && typeof at.code === 'string') return at.code;
  }
  return undefined;
}
