import { randomUUID } from 'node:crypto';
import { type ErrorCode, FootnoteError } from '../errors.ts';
import type { WebParts } from './parts.ts';

/** What a person is told when something went wrong. */
export interface Failure {
  readonly status: 400 | 403 | 404 | 413 | 415 | 500 | 503;
  readonly message: string;
  readonly reference?: string;
  /** Seconds after which the same will do; where it is known. */
  readonly retryAfter?: number;
}

/** The codes whose messages are written for the person who asks. */
const SPOKEN: Partial<Record<ErrorCode, Failure['status']>> = {
  input: 400,
  usage: 400,
  missing: 404,
  busy: 503,
};

/**
 * Turns an error into a sentence for people. Any error but the spoken ones becomes a fixed
 * sentence with a reference number, under which the log keeps the error itself.
 */
export function explain(error: unknown, log: WebParts['log'], route: string): Failure {
  const status = error instanceof FootnoteError ? SPOKEN[error.code] : undefined;
  if (error instanceof FootnoteError && status !== undefined) {
    const { retryAfter } = error.facts;
    const wait = typeof retryAfter === 'number' ? { retryAfter } : {};
    return { status, message: error.message, ...wait };
  }
  const reference = randomUUID().slice(0, 8);
  // `err` is the field that pino writes out with stack and cause.
  log('web.failed', { reference, route, err: error });
  return {
    status: 500,
    message: `Something went wrong on our side. If it happens again, please mention reference ${reference}.`,
    reference,
  };
}
