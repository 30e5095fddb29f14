import { orAborted } from './abortable.ts';
import { CallLife } from './call-life.ts';
import {
  createCallPolicies,
  createRetry,
  type PolicyLimits,
  type RetryLimits,
} from './call-policies.ts';
import { type AttemptParts, readReply } from './chat-attempt.ts';
import type { TokenCount } from './chat-connection.ts';
import { explainChatError, isPassing } from './chat-errors.ts';
import type { ChatRequest } from './chat-model.ts';
import { readForeignError } from './foreign-error.ts';
import { ModelError } from './model-error.ts';

export interface CallLimits extends PolicyLimits, RetryLimits {
  /** Of the whole call: its wait for a turn, its retries, its last word. */
  readonly timeoutMs: number;
  readonly stallMs: number;
  /** The longest `Retry-After` that is waited for. */
  readonly longestWaitMs: number;
}

export type ReplyPart =
  | { readonly kind: 'text'; readonly text: string }
  /** Comes last; without the count of a server that does not count. */
  | { readonly kind: 'end'; readonly counted?: TokenCount };

/** A reply whose failures are ModelErrors, or the reason of the request's signal. */
export type Reply = (request: ChatRequest) => AsyncGenerator<ReplyPart>;

export interface ReplyParts extends AttemptParts {
  readonly limits: CallLimits;
  readonly now: () => Date;
  readonly random: () => number;
}

/** A Reply with its turn, its time limits, its retries and its circuit breaker. */
export function createResilientReply(parts: ReplyParts): Reply {
  const { limits, server } = parts;
  const inTurn = createCallPolicies(limits, server);
  return async function* reply(request) {
    const life = new CallLife({ server, timeoutMs: limits.timeoutMs, caller: request.signal });
    try {
      yield* partsOf(life, (onText) =>
        inTurn(life, () => tryAgain(parts, { request, life, onText })),
      );
    } finally {
      life.end();
    }
  };
}

interface Call {
  readonly request: ChatRequest;
  readonly life: CallLife;
  readonly onText: (text: string) => void;
}

async function tryAgain(parts: ReplyParts, call: Call): Promise<TokenCount | undefined> {
  const { life } = call;
  const waitFor = (error: unknown) => pauseAfter(error, { parts, life });
  const retry = createRetry({ limits: parts.limits, random: parts.random, waitFor });
  try {
    return await retry.execute(() => tryOnce(parts, call));
  } catch (error) {
    if (life.hasLeft) return undefined;
    life.signal.throwIfAborted();
    if (error instanceof ModelError) throw error;
    throw explainChatError(readForeignError(error, parts.now), parts.server);
  }
}

async function tryOnce(
  parts: ReplyParts,
  { request, life, onText }: Call,
): Promise<TokenCount | undefined> {
  const { signal } = life;
  signal.throwIfAborted();
  return await readReply(parts, {
    request,
    signal,
    onText: (text) => {
      life.begun = true;
      onText(text);
    },
  });
}

/** How long to wait at least before the next attempt; none where another one makes no sense. */
function pauseAfter(
  error: unknown,
  { parts, life }: { readonly parts: ReplyParts; readonly life: CallLife },
): number | undefined {
  if (life.begun || life.signal.aborted) return undefined;
  const read = error instanceof ModelError ? error : readForeignError(error, parts.now);
  if (!isPassing(read)) return undefined;
  const asked = read instanceof ModelError ? 0 : (read.retryAfterMs ?? 0);
  return asked <= Math.min(parts.limits.longestWaitMs, life.remainingMs) ? asked : undefined;
}

type Item = ReplyPart | { readonly kind: 'failed'; readonly error: unknown };

/** What `run` pushes, in order, and then its end; on abort the end comes at once. */
async function* partsOf(
  life: CallLife,
  run: (onText: (text: string) => void) => Promise<TokenCount | undefined>,
): AsyncGenerator<ReplyPart> {
  const items = new ReadableStream<Item>({
    start(queue) {
      let ended = false;
      const finish = (item: Item) => {
        ended = true;
        queue.enqueue(item);
        queue.close();
      };
      const onText = (text: string) => ended || queue.enqueue({ kind: 'text', text });
      orAborted(run(onText), life.signal).then(
        (counted) => finish({ kind: 'end', ...(counted && { counted }) }),
        // An error of the stream itself would drop what was not read yet.
        (error) => life.hasLeft || finish({ kind: 'failed', error }),
      );
    },
    cancel: () => life.end(),
  });
  for await (const item of items) {
    if (item.kind === 'failed') throw item.error;
    yield item;
  }
}
