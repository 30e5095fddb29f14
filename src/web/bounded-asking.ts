import { setImmediate } from 'node:timers/promises';
import { BulkheadRejectedError, bulkhead } from 'cockatiel';
import { FootnoteError } from '../errors.ts';
import type { WebParts } from './parts.ts';

export interface AskingLimits {
  /** Questions worked on at once; more only make each of them slower. */
  readonly atOnce: number;
  /** Questions that may wait for their turn. */
  readonly waiting: number;
}

const LIMITS: AskingLimits = { atOnce: 4, waiting: 200 };
const RETRY_AFTER_SECONDS = 5;

/**
 * Asks in turn, so that a crowd does not keep the server from anything else: first come, first
 * served. Throws FootnoteError `busy` with `retryAfter` in seconds when too many wait already, and
 * the signal's reason for a reader who left before it was their turn.
 */
export function boundAsking(ask: WebParts['ask'], limits: AskingLimits = LIMITS): WebParts['ask'] {
  const turns = bulkhead(limits.atOnce, limits.waiting);
  return async (request) => {
    try {
      return await turns.execute(async () => {
        // Requests that came in meanwhile, such as a health check, go first.
        await setImmediate();
        request.signal?.throwIfAborted();
        return ask(request);
      });
    } catch (error) {
      throw error instanceof BulkheadRejectedError ? tooMany(error) : error;
    }
  };
}

function tooMany(cause: unknown): FootnoteError {
  return new FootnoteError(
    'busy',
    'Too many questions are being answered just now. Ask again in a few seconds.',
    { cause, facts: { retryAfter: RETRY_AFTER_SECONDS } },
  );
}
