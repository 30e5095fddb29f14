import { createHash } from 'node:crypto';
import { FootnoteError } from '../errors.ts';
import { stripUnsafe } from './safe-text.ts';

/**
 * What a person is told. Our own errors speak for themselves; any other is a bug, told as a fixed
 * sentence with the reference under which the caller writes the error to the log.
 */
export function errorSentence(error: unknown): string {
  if (error instanceof FootnoteError) return stripUnsafe(error.message);
  return `Something went wrong inside Footnote (reference ${errorReference(error)}). The log has the details under that reference; please report it with them.`;
}

/** Eight hexadecimal digits; the same for the same failure, so that repeats are seen as such. */
export function errorReference(error: unknown): string {
  const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return createHash('sha256').update(told).digest('hex').slice(0, 8);
}

/** For `process.exitCode`: 2 when the command was used wrongly, else 1. */
export function exitCode(error: unknown): 1 | 2 {
  return error instanceof FootnoteError && error.code === 'usage' ? 2 : 1;
}
