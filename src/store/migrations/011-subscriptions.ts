import type { Kysely } from 'kysely';

/** Who wants what posted where, and when. */
export async function createSubscriptions(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('subscriptions')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('sequence', 'integer', (column) => column.notNull())
    .addColumn('platform', 'text', (column) => column.notNull())
    .addColumn('workspace_id', 'text', (column) => column.notNull())
    .addColumn('channel_id', 'text', (column) => column.notNull())
    .addColumn('owner_id', 'text', (column) => column.notNull())
    .addColumn('wish', 'text', (column) => column.notNull())
    .addColumn('schedule', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('active_from', 'text', (column) => column.notNull())
    .execute();
  const indices = {
    subscriptions_of_place: ['platform', 'workspace_id', 'channel_id', 'sequence'],
    subscriptions_by_state: ['state', 'platform'],
  };
  for (const [name, columns] of Object.entries(indices)) {
    await db.schema.createIndex(name).on('subscriptions').columns(columns).execute();
  }
}
