import type { z } from 'zod';

/** What a room once wrote for itself beside a message; undefined where it cannot be read. */
export function readNote<T>(schema: z.ZodType<T>, text: string | undefined): T | undefined {
  if (text === undefined) return undefined;
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    // Written by another version: a reply is still possible without it.
    return undefined;
  }
}
