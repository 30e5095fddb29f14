import type { Kysely } from 'kysely';

/** Turns of conversations, each in its place. */
export async function createTurns(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('turns')
    .addColumn('answer_id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('conversation_id', 'text', (column) => column.notNull())
    .addColumn('sequence', 'integer', (column) => column.notNull())
    .addColumn('asked_at', 'text', (column) => column.notNull())
    .addColumn('question', 'text', (column) => column.notNull())
    .addColumn('answer', 'text', (column) => column.notNull())
    .addColumn('papers', 'text', (column) => column.notNull())
    .execute();
  await db.schema
    .createIndex('turns_in_order')
    .unique()
    .on('turns')
    .columns(['conversation_id', 'sequence'])
    .execute();
}
