import type { Kysely } from 'kysely';

/** How the bot behaves in a channel, and the threads it keeps out of. */
export async function createChannelSettings(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('channel_settings')
    .addColumn('platform', 'text', (column) => column.notNull())
    .addColumn('workspace_id', 'text', (column) => column.notNull())
    .addColumn('channel_id', 'text', (column) => column.notNull())
    .addColumn('settings', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('channel_settings_once', ['platform', 'workspace_id', 'channel_id'])
    .execute();
  await db.schema
    .createTable('muted_threads')
    .addColumn('conversation_id', 'text', (column) => column.primaryKey().notNull())
    .execute();
}
