import type { Kysely } from 'kysely';
import { z } from 'zod';
import { FootnoteError } from '../errors.ts';
import type { SpendingLedger } from '../llm/spending.ts';
import type { Tables } from './tables.ts';

const DAY_LENGTH = 'YYYY-MM-DD'.length;

// No row of a day sums to null.
const sum = z.object({ usd: z.number().nonnegative().nullable() });

/** The costs of model calls in the table `expenses`; `file` is named in errors about them. */
export function createSpendingLedger(db: Kysely<Tables>, file: string): SpendingLedger {
  return {
    async add({ at, model, task, promptTokens, completionTokens, usd }) {
      const day = at.slice(0, DAY_LENGTH);
      const tokens = { prompt_tokens: promptTokens, completion_tokens: completionTokens };
      await db
        .insertInto('expenses')
        .values({ day, at, model, task, ...tokens, usd })
        .execute();
    },
    async spentOn(day) {
      const row = await db
        .selectFrom('expenses')
        .where('day', '=', day)
        .select((column) => column.fn.sum('usd').as('usd'))
        .executeTakeFirstOrThrow();
      const read = sum.safeParse(row);
      if (!read.success) throw damagedDay(day, file, read.error);
      return read.data.usd ?? 0;
    },
  };
}

function damagedDay(day: string, file: string, cause: unknown): FootnoteError {
  return new FootnoteError(
    'index',
    `What was spent on ${day} cannot be read from ${file}: something else changed it. Move the file away to start a new one; past conversations are in that file only.`,
    { cause, facts: { file, day } },
  );
}
