import { randomUUID } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { z } from 'zod';
import { FootnoteError } from '../errors.ts';
import type { Expense, SpendingLedger, Spent } from '../llm/spending.ts';
import type { ExpenseRow, Tables } from './tables.ts';

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
    async add(expense) {
      await db.insertInto('expenses').values(rowOf(expense, null)).execute();
    },
    async reserve(expense, limitUsd) {
      const day = dayOf(expense);
      // What is no sum is told of, rather than compared.
      await sumOf(db, { day, file });
      const id = randomUUID();
      if (await insertWithin(db, { row: rowOf(expense, id), limitUsd })) {
        return { kind: 'reserved', id };
      }
      return { kind: 'refused', spentUsd: await sumOf(db, { day, file }) };
    },
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

/**
 * One statement, since a transaction would stay open over several turns of the event loop, on which
 * a second store of the process may wait for it. On PostgreSQL it has to lock the table first.
 */
async function insertWithin(
  db: Kysely<Tables>,
  { row, limitUsd }: { readonly row: ExpenseRow; readonly limitUsd: number },
): Promise<boolean> {
  const values = Object.entries(row);
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('expenses')
    .columns(values.map(([name]) => name as keyof ExpenseRow)) // the keys of a row
    .expression(
      db
        .selectNoFrom((build) => values.map(([name, value]) => build.val(value).as(name)))
        .where(sql<boolean>`(select coalesce(sum(usd), 0) from expenses where day = ${row.day})
          + ${row.usd} <= ${limitUsd}`),
    )
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}

function rowOf(expense: Expense, reservation: string | null): ExpenseRow {
  const { at, model, task } = expense;
  return { day: dayOf(expense), at, model, task, ...amountsOf(expense), reservation };
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
