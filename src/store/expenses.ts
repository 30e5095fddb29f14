import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { FootnoteError } from '../errors.ts';
import type { Expense, SpendingLedger, Spent } from '../llm/spending.ts';
import type { Tables } from './tables.ts';

const DAY_LENGTH = 'YYYY-MM-DD'.length;

// No row of a day sums to null.
const sum = z.object({ usd: z.number().nonnegative().nullable() });

const tokens = z.int().nonnegative();
const bookable = z.object({
  promptTokens: tokens,
  completionTokens: tokens,
  usd: z.number().nonnegative(),
});

/** The costs of model calls in the table `expenses`; `file` is named in errors about them. */
export function createSpendingLedger(db: Kysely<Tables>, file: string): SpendingLedger {
  return {
    add: (expense) => book(db, { expense, reservation: null }),
    // On PostgreSQL the transaction has to lock the table first.
    reserve: (expense, limitUsd) =>
      db.transaction().execute(async (transaction) => {
        const spentUsd = await sumOf(transaction, { day: dayOf(expense), file });
        // Not `>`: what is no number must not pass.
        if (!(spentUsd + expense.usd <= limitUsd)) return { kind: 'refused', spentUsd };
        const id = randomUUID();
        await book(transaction, { expense, reservation: id });
        return { kind: 'reserved', id };
      }),
    async settle(id, spent) {
      await (spent === undefined
        ? db.deleteFrom('expenses').where('reservation', '=', id).execute()
        : db
            .updateTable('expenses')
            .set({ ...amountsOf(spent), reservation: null })
            .where('reservation', '=', id)
            .execute());
    },
    spentOn: (day) => sumOf(db, { day, file }),
  };
}

async function book(
  db: Kysely<Tables>,
  { expense, reservation }: { readonly expense: Expense; readonly reservation: string | null },
): Promise<void> {
  const { at, model, task } = expense;
  const row = { day: dayOf(expense), at, model, task, ...amountsOf(expense), reservation };
  await db.insertInto('expenses').values(row).execute();
}

function dayOf({ at }: Expense): string {
  return at.slice(0, DAY_LENGTH);
}

/** Throws a plain Error: whoever books such an amount has a bug. */
function amountsOf(spent: Spent) {
  const { promptTokens, completionTokens, usd } = bookable.parse(spent);
  return { prompt_tokens: promptTokens, completion_tokens: completionTokens, usd };
}

async function sumOf(
  db: Kysely<Tables>,
  { day, file }: { readonly day: string; readonly file: string },
): Promise<number> {
  const row = await db
    .selectFrom('expenses')
    .where('day', '=', day)
    .select((column) => column.fn.sum('usd').as('usd'))
    .executeTakeFirstOrThrow();
  const read = sum.safeParse(row);
  if (!read.success) throw damagedDay(day, file, read.error);
  return read.data.usd ?? 0;
}

function damagedDay(day: string, file: string, cause: unknown): FootnoteError {
  return new FootnoteError(
    'index',
    `What was spent on ${day} cannot be read from ${file}: something else changed it. Move the file away to start a new one; past conversations are in that file only.`,
    { cause, facts: { file, day } },
  );
}
