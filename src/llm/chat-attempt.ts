import type { ChatConnection } from './chat-connection.ts';
import { type ChatServer, chatError } from './chat-errors.ts';
import type { ChatRequest } from './chat-model.ts';
import { splitModelName } from './chat-settings.ts';
import type { HeardReply } from './heard-reply.ts';
import type { TokenCount } from './token-count.ts';

/** Four times what English takes: beyond it the server keeps to no limit at all. */
const CHARACTERS_A_TOKEN = 8;

/** How long a count may come after the reply; some servers never end the stream. */
const LAST_WAIT_MS = 2_000;
const LAST_WAIT_OVER = Symbol('the reply was whole before');

export interface AttemptParts {
  readonly connect: ChatConnection;
  readonly server: ChatServer;
  /** The longest silence, before the first chunk and between two. */
  readonly stallMs: number;
}

export interface Attempt {
  readonly request: ChatRequest;
  readonly signal: AbortSignal;
  readonly onText: (text: string) => void;
  /** Is kept up to date from the sending on. */
  readonly heard: HeardReply;
}

/**
 * Reads one reply to its end, or to eight characters a token of its limit. Throws ModelError for
 * what it sees itself (a silence, a cut, a filter), else what the SDK throws, or the signal's
 * reason.
 */
export async function readReply(parts: AttemptParts, attempt: Attempt): Promise<void> {
  const { heard } = attempt;
  const watch = watchSilence(parts.stallMs, parts.server);
  try {
    await hearAll(parts, { ...attempt, watch });
  } catch (error) {
    if (error !== LAST_WAIT_OVER) throw error;
  } finally {
    watch.stop();
  }
  // A server that keeps to no limit is left without its count.
  if (isTooLong(attempt)) return;
  checkEnd(heard, parts.server);
  heard.isWhole = true;
}

async function hearAll(
  { connect }: AttemptParts,
  { request, heard, onText, watch, ...attempt }: Attempt & { readonly watch: Watch },
): Promise<void> {
  const signal = AbortSignal.any([attempt.signal, watch.signal]);
  const onCount = (count: TokenCount | undefined) => {
    heard.told = count;
  };
  const chunks = await connect(request, { signal, onCount });
  // Loading the client takes a while; what was given up meanwhile is not sent.
  signal.throwIfAborted();
  heard.mayBeBilled = true;
  watch.heard();
  for await (const chunk of chunks) {
    heard.add(chunk);
    if (heard.finish === undefined) watch.heard();
    else watch.finished();
    if (chunk.text !== '') onText(chunk.text);
    if (isTooLong({ request, heard })) return;
  }
}

function isTooLong({ request, heard }: Pick<Attempt, 'request' | 'heard'>): boolean {
  return heard.characters > request.maxTokens * CHARACTERS_A_TOKEN;
}

interface Watch {
  readonly signal: AbortSignal;
  heard(): void;
  finished(): void;
  stop(): void;
}

/**
 * Aborts its signal with ModelError `timeout` when for so long nothing was heard any more, and
 * some time after the reply was whole.
 */
function watchSilence(stallMs: number, server: ChatServer): Watch {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let lastWait: NodeJS.Timeout | undefined;
  const abort = () => {
    const reason = `nothing came for ${stallMs / 1_000} seconds`;
    controller.abort(chatError({ failure: 'timeout', server, reason }));
  };
  return {
    signal: controller.signal,
    heard: () => {
      timer = timer?.refresh() ?? setTimeout(abort, stallMs);
    },
    finished: () => {
      clearTimeout(timer);
      lastWait ??= setTimeout(() => controller.abort(LAST_WAIT_OVER), LAST_WAIT_MS);
    },
    stop: () => {
      clearTimeout(timer);
      clearTimeout(lastWait);
      // Whatever made the reading end, the request ends with it.
      controller.abort(new Error('The reply is no longer read.'));
    },
  };
}

function checkEnd({ finish, chunks }: HeardReply, server: ChatServer): void {
  if (finish === 'content_filter') {
    throw chatError({ failure: 'refused', server, reason: 'its content filter ended the reply' });
  }
  // The clients of other providers notice a cut themselves, and name the end in other ways.
  if (finish !== undefined || splitModelName(server.name).provider !== 'openai') return;
  const reason = chunks === 0 ? 'a stream without events' : 'the stream ended before the reply did';
  throw chatError({ failure: chunks === 0 ? 'malformed' : 'down', server, reason });
}
