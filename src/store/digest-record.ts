import { z } from 'zod';
import type { Answer } from '../answer/answer.ts';
import type { Digest } from '../digest/digest.ts';
import type { DeliveryRow } from './digest-tables.ts';
import { storedAnswer } from './stored-answer.ts';
import { readStored } from './stored-json.ts';

// Only we write it, and what it holds of papers is rendered, not acted on.
const storedDigest = z.custom<Digest>(
  (value) =>
    z.object({ kind: z.enum(['papers', 'empty', 'changed-answer']) }).safeParse(value).success,
);

/** The digest of a row, where it has one. Throws FootnoteError `index` for what cannot be read. */
export function readDigest(row: DeliveryRow, file: string): Digest | undefined {
  return row.digest === null ? undefined : read(row.digest, storedDigest, { row, file });
}

/** The answer that a row's digest told of, where it has one. */
export function readAnswer(row: DeliveryRow, file: string): Answer | undefined {
  return row.answer === null ? undefined : read(row.answer, storedAnswer, { row, file });
}

function read<T>(
  json: string,
  schema: z.ZodType<T>,
  { row, file }: { readonly row: DeliveryRow; readonly file: string },
): T {
  return readStored(schema, json, {
    what: `digest of ${row.period} (${row.key})`,
    fact: { delivery: row.key },
    file,
    remedy: 'Delete its row in digest_deliveries to have it made again.',
  });
}
