import type { Kysely } from 'kysely';

/** Calls to models, with an index that alone sums up a day. */
export async function createExpenses(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('expenses')
    .addColumn('day', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('model', 'text', (column) => column.notNull())
    .addColumn('task', 'text', (column) => column.notNull())
    .addColumn('prompt_tokens', 'integer', (column) => column.notNull())
    .addColumn('completion_tokens', 'integer', (column) => column.notNull())
    .addColumn('usd', 'double precision', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('expenses_by_day').on('expenses').columns(['day', 'usd']).execute();
}
