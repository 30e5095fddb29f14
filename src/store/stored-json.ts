import type { z } from 'zod';
import { FootnoteError } from '../errors.ts';

/** Which row it is, for whoever has to mend it. */
export interface StoredIn {
  /** Such as "question 12"; `fact` names it in the log. */
  readonly what: string;
  readonly fact: Readonly<Record<string, string>>;
  readonly file: string;
  /** What to do about it. */
  readonly remedy: string;
}

/** JSON that we once wrote. Throws FootnoteError `index` when it is not that any more. */
export function readStored<T>(schema: z.ZodType<T>, json: string, stored: StoredIn): T {
  const { what, fact, file, remedy } = stored;
  try {
    return schema.parse(JSON.parse(json));
  } catch (cause) {
    throw new FootnoteError(
      'index',
      `The stored ${what} in ${file} cannot be read: it was changed by something else, or written by another version. ${remedy}`,
      { cause, facts: { file, ...fact } },
    );
  }
}
