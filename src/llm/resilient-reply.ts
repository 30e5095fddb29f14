import { orAborted } from './abortable.ts';
import { CallLife } from './call-life.ts';
import {
  createCallPolicies,
  createRetry,
  type PolicyLimits,
  type RetryLimits,
} from './call-policies.ts';
import { type AttemptParts, readReply } from './chat-attempt.ts';
import { explainChatError, isPassing, isUnread } from './chat-errors.ts';
import type { ChatRequest } from './chat-model.ts';
import { readForeignError } from './foreign-error.ts';
import { HeardReply } from './heard-reply.ts';
import { ModelError } from './model-error.ts';

export interface CallLimits extends PolicyLimits, RetryLimits {
  /** Of the whole call: its wait for a turn, its retries, its last word. */
  readonly timeoutMs: number;
  readonly stallMs: number;
  /** The longest `Retry-After` that is waited for. */
  readonly longestWaitMs: number;
}

/**
 * Is called before each attempt, which fails with what it throws, and resolves with what is to be
 * called after it; meanwhile `heard` grows.
 */
export type Pay = (heard: HeardReply) => Promise<() => Promise<void>>;

/** The texts of a reply, whose failures are ModelErrors, or the reason of the request's signal. */
export type Reply = (request: ChatRequest, pay: Pay) => AsyncGenerator<string>;

export interface ReplyParts extends AttemptParts {
  readonly limits: CallLimits;
  readonly now: () => Date;
  readonly random: () => number;
}

/** A Reply with its turn, its time limits, its retries and its circuit breaker. */
export function createResilientReply(parts: ReplyParts): Reply {
  const { limits, server } = parts;
  const inTurn = createCallPolicies(limits, server);
  return async function* reply(request, pay) {
    const life = new CallLife({ server, timeoutMs: limits.timeoutMs, caller: request.signal });
    try {
      yield* textsOf(life, (onText) =>
        inTurn(life, () => tryAgain(parts, { request, life, onText, pay })),
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
  readonly pay: Pay;
}

async function tryAgain(parts: ReplyParts, call: Call): Promise<void> {
  const { life } = call;
  const waitFor = (error: unknown) => pauseAfter(error, { parts, life });
  const retry = createRetry({ limits: parts.limits, random: parts.random, waitFor });
  try {
    return await retry.execute(() => tryOnce(parts, call));
  } catch (error) {
    if (life.hasLeft) return;
    life.signal.throwIfAborted();
    if (error instanceof ModelError) throw error;
    throw explainChatError(readForeignError(error, parts.now), parts.server);
  }
}

async function tryOnce(parts: ReplyParts, { request, life, onText, pay }: Call): Promise<void> {
  const { signal } = life;
  signal.throwIfAborted();
  const heard = new HeardReply();
  const settle = await pay(heard);
  const onFirst = (text: string) => {
    life.begun = true;
    onText(text);
  };
  try {
    signal.throwIfAborted();
    await readReply(parts, { request, signal, onText: onFirst, heard });
  } catch (error) {
    const isSilent = heard.chunks === 0 && heard.counted === undefined;
    if (isSilent && isUnread(readForeignError(error, parts.now))) heard.mayBeBilled = false;
    throw error;
  } finally {
    await settle();
  }
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

type Item =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'failed'; readonly error: unknown };

/** What `run` pushes, in order, until it ends; on abort the end comes at once. */
async function* textsOf(
  life: CallLife,
  run: (onText: (text: string) => void) => Promise<void>,
): AsyncGenerator<string> {
  const items = new ReadableStream<Item>({
    start(queue) {
      let ended = false;
      const finish = () => {
        ended = true;
        queue.close();
      };
      const fail = (error: unknown) => {
        // An error of the stream itself would drop what was not read yet.
        queue.enqueue({ kind: 'failed', error });
        finish();
      };
      const onText = (text: string) => ended || queue.enqueue({ kind: 'text', text });
      orAborted(run(onText), life.signal).then(
        () => life.hasLeft || finish(),
        (error) => life.hasLeft || fail(error),
      );
    },
    cancel: () => life.end(),
  });
  for await (const item of items) {
    if (item.kind === 'failed') throw item.error;
    yield item.text;
  }
}
