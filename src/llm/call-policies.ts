import {
  BrokenCircuitError,
  BulkheadRejectedError,
  bulkhead,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  DelegateBackoff,
  handleWhen,
  type RetryPolicy,
  retry,
} from 'cockatiel';
import type { CallLife } from './call-life.ts';
import { type ChatServer, chatError } from './chat-errors.ts';
import { ModelError, type ModelFailure } from './model-error.ts';

export interface PolicyLimits {
  /** Calls at once. */
  readonly concurrency: number;
  /** Calls that may wait for their turn. */
  readonly queue: number;
  /** Failures in a row, of whole calls, after which the model is left alone. */
  readonly failuresToRest: number;
  readonly restMs: number;
}

export interface RetryLimits {
  readonly retries: number;
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
}

/** Runs calls in turn, and none while the model rests. Throws ModelError `busy` or `resting`. */
export type CallPolicies = <T>(life: CallLife, run: () => Promise<T>) => Promise<T>;

const RESTFUL: readonly ModelFailure[] = ['down', 'timeout', 'rate-limited', 'malformed'];

export function createCallPolicies(limits: PolicyLimits, server: ChatServer): CallPolicies {
  const turns = bulkhead(limits.concurrency, limits.queue);
  const breaker = circuitBreaker(
    // An abort during the one trial proves nothing, nor does a budget that stops it; cockatiel
    // would take it for a success.
    handleWhen((error) => isRestful(error) || (isTrial() && provesNothing(error))),
    { breaker: new ConsecutiveBreaker(limits.failuresToRest), halfOpenAfter: limits.restMs },
  );
  const isTrial = () => breaker.state === CircuitState.HalfOpen;
  const guard = <T>(life: CallLife, run: () => Promise<T>): Promise<T> => {
    life.start();
    // Cockatiel lets the others wait for the trial's end, which may take a minute.
    if (isTrial()) throw new BrokenCircuitError();
    return breaker.execute(run);
  };
  return async (life, run) => {
    try {
      return await turns.execute(() => guard(life, run), life.signal);
    } catch (error) {
      throw explainPolicy(error, server);
    }
  };
}

function isRestful(error: unknown): boolean {
  return error instanceof ModelError && RESTFUL.includes(error.failure);
}

function provesNothing(error: unknown): boolean {
  return !(error instanceof ModelError) || error.failure === 'over-budget';
}

function explainPolicy(error: unknown, server: ChatServer): unknown {
  if (error instanceof BrokenCircuitError) {
    return chatError({ failure: 'resting', server, reason: '' });
  }
  if (error instanceof BulkheadRejectedError) {
    return chatError({ failure: 'busy', server, reason: 'the queue is full' });
  }
  return error;
}

/** Retries what `waitFor` gives a least pause for, in milliseconds. */
export function createRetry(parts: {
  readonly limits: RetryLimits;
  readonly random: () => number;
  readonly waitFor: (error: unknown) => number | undefined;
}): RetryPolicy {
  const { limits, random, waitFor } = parts;
  return retry(
    handleWhen((error) => waitFor(error) !== undefined),
    {
      maxAttempts: limits.retries,
      backoff: new DelegateBackoff(({ result }, last?: number) => {
        const state = nextPause(last ?? limits.firstPauseMs, { limits, random });
        const asked = 'error' in result ? (waitFor(result.error) ?? 0) : 0;
        return { delay: Math.max(asked, state), state };
      }),
    },
  );
}

/**
 * Decorrelated jitter: anything between the first pause and three times the last one.
 * https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
function nextPause(
  last: number,
  { limits, random }: { readonly limits: RetryLimits; readonly random: () => number },
): number {
  const { firstPauseMs, longestPauseMs } = limits;
  return Math.min(longestPauseMs, firstPauseMs + random() * (last * 3 - firstPauseMs));
}
