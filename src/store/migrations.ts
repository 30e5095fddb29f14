import type { Kysely } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import type { Tables } from './tables.ts';

/** Run in the order of their names; a released one is never edited, a change is a new one. */
const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '001-turns': { up: createTurns },
};

/** Brings the tables up to date, or throws what stopped it and leaves them as they were. */
export async function migrateToLatest(db: Kysely<Tables>): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve({ ...MIGRATIONS }) },
  });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}

async function createTurns(db: Kysely<unknown>): Promise<void> {
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
