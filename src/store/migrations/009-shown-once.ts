import type { Kysely } from 'kysely';

/** The channels that the bot has introduced itself in, and the private answers that were shared. */
export async function createShownOnce(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('introductions')
    .addColumn('platform', 'text', (column) => column.notNull())
    .addColumn('workspace_id', 'text', (column) => column.notNull())
    .addColumn('channel_id', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('introductions_once', ['platform', 'workspace_id', 'channel_id'])
    .execute();
  await db.schema
    .alterTable('questions')
    .addColumn('is_shared', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
}
