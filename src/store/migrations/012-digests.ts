import { type Kysely, sql } from 'kysely';

/** Digests on their way and posted, one for each period of a subscription, and what channels saw. */
export async function createDigests(db: Kysely<unknown>): Promise<void> {
  await createDeliveries(db);
  await createMessages(db);
  await createSeen(db);
  await db.schema
    .createTable('paper_arrivals')
    .addColumn('sequence', 'integer', (column) => column.primaryKey().notNull())
    .addColumn('paper_id', 'text', (column) => column.notNull().unique())
    .addColumn('arrived_at', 'text', (column) => column.notNull())
    .execute();
  await db.schema
    .createIndex('paper_arrivals_in_time')
    .on('paper_arrivals')
    .columns(['arrived_at', 'sequence'])
    .execute();
}

async function createDeliveries(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('digest_deliveries')
    .addColumn('key', 'text', (column) => column.primaryKey().notNull())
    .addColumn('subscription_id', 'text', (column) => column.notNull())
    .addColumn('period', 'text', (column) => column.notNull())
    .addColumn('platform', 'text', (column) => column.notNull())
    .addColumn('workspace_id', 'text', (column) => column.notNull())
    .addColumn('channel_id', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('opened_at', 'text', (column) => column.notNull())
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('is_gone', 'integer', (column) => column.notNull())
    .addColumn('worker', 'text')
    .addColumn('lease_until', 'text')
    .addColumn('not_before', 'text')
    .addColumn('digest', 'text')
    .addColumn('cutoff', 'integer')
    .addColumn('answer', 'text')
    .addColumn('ended_at', 'text')
    .addUniqueConstraint('digest_deliveries_once', ['subscription_id', 'period'])
    .execute();
  await db.schema
    .createIndex('digest_deliveries_open')
    .on('digest_deliveries')
    .columns(['opened_at', 'platform'])
    .where(sql<boolean>`state = 'open'`)
    .execute();
  await db.schema
    .createIndex('digest_deliveries_of_place')
    .on('digest_deliveries')
    .columns(['platform', 'workspace_id', 'channel_id', 'period'])
    .execute();
}

async function createMessages(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('digest_messages')
    .addColumn('platform', 'text', (column) => column.notNull())
    .addColumn('workspace_id', 'text', (column) => column.notNull())
    .addColumn('channel_id', 'text', (column) => column.notNull())
    .addColumn('message_id', 'text', (column) => column.notNull())
    .addColumn('delivery_key', 'text', (column) => column.notNull())
    .addColumn('paper_id', 'text')
    .addPrimaryKeyConstraint('digest_messages_once', [
      'platform',
      'workspace_id',
      'channel_id',
      'message_id',
    ])
    .execute();
}

async function createSeen(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('digest_seen')
    .addColumn('platform', 'text', (column) => column.notNull())
    .addColumn('workspace_id', 'text', (column) => column.notNull())
    .addColumn('channel_id', 'text', (column) => column.notNull())
    .addColumn('paper_id', 'text', (column) => column.notNull())
    .addColumn('seen_by', 'text', (column) => column.notNull())
    .addColumn('seen_at', 'text', (column) => column.notNull())
    .addColumn('text_hash', 'text')
    .addColumn('delivery_key', 'text')
    .addPrimaryKeyConstraint('digest_seen_once', [
      'platform',
      'workspace_id',
      'channel_id',
      'paper_id',
    ])
    .execute();
  await db.schema
    .createIndex('digest_seen_in_time')
    .on('digest_seen')
    .columns(['platform', 'workspace_id', 'channel_id', 'seen_by', 'seen_at'])
    .execute();
  await db.schema
    .createIndex('digest_seen_of_delivery')
    .on('digest_seen')
    .column('delivery_key')
    .execute();
  await db.schema
    .createTable('digest_texts')
    .addColumn('text_hash', 'text', (column) => column.primaryKey().notNull())
    .addColumn('abstract', 'text', (column) => column.notNull())
    .execute();
}
