import type { ForeignError } from './foreign-error.ts';
import { ModelError, type ModelFailure } from './model-error.ts';
import { redact } from './redact.ts';

/** Which server was asked for which model; the key only to keep it out of messages. */
export interface ChatServer {
  /** As configured, such as `openai:gpt-5-mini`. */
  readonly name: string;
  readonly host: string;
  readonly apiKey?: string;
}

const LONGEST_QUOTE = 300;
// A server may send megabytes; a key that the cut parts is still known by what is left of it.
const LONGEST_READ = 4_000;
// Nothing answers under that name or port: trying again in a few seconds will not change it.
const NOT_THERE = ['ECONNREFUSED', 'ENOTFOUND'];
const NOT_REACHED = [
  ...NOT_THERE,
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
];
const BROKE = /^(?:E[A-Z]{3,}|UND_ERR_\w+|APIConnectionError|EAI_AGAIN)$/;

/** Whether the same request may succeed a moment later. */
export function isPassing(error: ForeignError | ModelError): boolean {
  if (error instanceof ModelError) return error.failure === 'timeout' || error.failure === 'down';
  if (NOT_THERE.some((code) => error.codes.includes(code))) return false;
  const failure = failureOf(error);
  return failure === 'rate-limited' || failure === 'timeout' || failure === 'down';
}

/** Whether no model read the request: it was not delivered, or refused (4xx). */
export function isUnread({ status, codes }: ForeignError): boolean {
  if (status !== undefined) return status >= 400 && status < 500;
  return NOT_REACHED.some((code) => codes.includes(code));
}

/** What a failed request to a chat model means and what to do; never with the key. */
export function explainChatError(error: ForeignError, server: ChatServer): ModelError {
  const failure = failureOf(error);
  const read = error.message.slice(0, LONGEST_READ);
  const said = redact(read, server.apiKey).replace(/\s+/g, ' ').slice(0, LONGEST_QUOTE);
  const { status } = error;
  const reason = status === undefined ? said : `${status}: ${said}`;
  return chatError({ failure, server, reason, status });
}

/** A failure that no server told us of: we saw it ourselves. */
export function chatError(failed: {
  readonly failure: ModelFailure;
  readonly server: ChatServer;
  readonly reason: string;
  readonly status?: number | undefined;
}): ModelError {
  const { failure, server, reason, status } = failed;
  const { name, host } = server;
  const { what, advice } = MEANINGS[failure];
  const because = reason === '' ? '' : ` (${reason})`;
  return new ModelError(failure, `The chat model ${name} at ${host} ${what}${because}. ${advice}`, {
    // Never the error itself: it holds the request's headers.
    cause: new Error(reason),
    facts: { host, model: name, ...(status !== undefined && { status }) },
  });
}

const MEANINGS: Readonly<Record<ModelFailure, { readonly what: string; readonly advice: string }>> =
  {
    'no-key': {
      what: 'refused us for want of a valid API key',
      advice: "Set OPENAI_API_KEY, or the provider's own variable, to a key that is valid there.",
    },
    'unknown-model': {
      what: 'is not known there',
      advice:
        'Correct the name in CHAT_MODEL, or OPENAI_BASE_URL, which mostly ends in /v1. On Ollama, pull the model first.',
    },
    'over-budget': {
      what: 'gives no more replies: the quota of the key is spent',
      advice: 'Add credit at the provider, or set another key.',
    },
    'rate-limited': {
      what: 'turned us away for too many requests',
      advice: 'Wait a few minutes, lower MODEL_CONCURRENCY or raise the limits at the provider.',
    },
    timeout: {
      what: 'did not reply in time',
      advice: 'Check that it runs and is not overloaded, or raise MODEL_TIMEOUT_SECONDS.',
    },
    down: {
      what: 'failed or cannot be reached',
      advice: 'Check the network, that the server runs, and OPENAI_BASE_URL. Try again later.',
    },
    resting: {
      what: 'failed often lately and is left alone for a while',
      advice: 'Look in the log for what failed; it is tried again by itself.',
    },
    busy: {
      what: 'was not asked in time, since too many of our own calls are waiting',
      advice: 'Try again later, or raise MODEL_CONCURRENCY.',
    },
    refused: {
      what: 'does not accept this prompt',
      advice:
        'Shorten it, choose a model with a longer context, or look at the content filter of the provider.',
    },
    malformed: {
      what: 'sent what is not a reply',
      advice: "Check that OPENAI_BASE_URL (it mostly ends in /v1) names a server of OpenAI's form.",
    },
  };

function failureOf(error: ForeignError): ModelFailure {
  const { status, codes, message } = error;
  if (isQuota(error)) return 'over-budget';
  if (isTooLongOrFiltered(codes, message)) return 'refused';
  if (codes.includes('model_not_found')) return 'unknown-model';
  if (codes.includes('invalid_api_key')) return 'no-key';
  if (status !== undefined) return failureOfStatus(status);
  if (codes.some((code) => /timeout/i.test(code))) return 'timeout';
  if (codes.some((code) => /rate_?limit/i.test(code))) return 'rate-limited';
  if (codes.some((code) => BROKE.test(code) || /server_error|overloaded/i.test(code)))
    return 'down';
  // Its SDK found no key in the environment.
  return /api[ _-]?key|credentials/i.test(message) ? 'no-key' : 'malformed';
}

function isQuota({ status, codes }: ForeignError): boolean {
  return status === 402 || codes.some((code) => /insufficient_?quota|billing/i.test(code));
}

function isTooLongOrFiltered(codes: readonly string[], message: string): boolean {
  return (
    codes.some((code) => /context_?(?:length|overflow)|content_?(?:filter|policy)/i.test(code)) ||
    /maximum context length|exceeds the context window/i.test(message)
  );
}

function failureOfStatus(status: number): ModelFailure {
  if (status === 401 || status === 403) return 'no-key';
  if (status === 404) return 'unknown-model';
  if (status === 429) return 'rate-limited';
  if (status === 408) return 'timeout';
  if (status === 409 || status >= 500) return 'down';
  return status >= 400 ? 'refused' : 'malformed';
}
