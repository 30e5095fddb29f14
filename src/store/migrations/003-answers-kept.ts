import type { Kysely } from 'kysely';

/** Answers that may serve again, found by their key, their group or their age. */
export async function createAnswersKept(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('answers_kept')
    .addColumn('key', 'text', (column) => column.primaryKey().notNull())
    .addColumn('answer_group', 'text', (column) => column.notNull())
    .addColumn('question', 'text', (column) => column.notNull())
    .addColumn('vector', 'blob', (column) => column.notNull())
    .addColumn('given', 'text', (column) => column.notNull())
    .addColumn('answered_at', 'text', (column) => column.notNull())
    .addColumn('answered', 'text', (column) => column.notNull())
    .execute();
  await db.schema
    .createIndex('answers_kept_of_group')
    .on('answers_kept')
    .columns(['answer_group', 'answered_at', 'key'])
    .execute();
  await db.schema
    .createIndex('answers_kept_by_age')
    .on('answers_kept')
    .columns(['answered_at', 'key'])
    .execute();
}
