import type { Kysely } from 'kysely';

/** What people of a channel say about papers shown there, and the topics it wants no more. */
export async function createDigestVotes(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('digest_votes')
    .addColumn('platform', 'text', (column) => column.notNull())
    .addColumn('workspace_id', 'text', (column) => column.notNull())
    .addColumn('channel_id', 'text', (column) => column.notNull())
    .addColumn('paper_id', 'text', (column) => column.notNull())
    .addColumn('author_id', 'text', (column) => column.notNull())
    .addColumn('vote', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('digest_votes_once', [
      'platform',
      'workspace_id',
      'channel_id',
      'paper_id',
      'author_id',
    ])
    .execute();
  await db.schema
    .createTable('digest_muted')
    .addColumn('platform', 'text', (column) => column.notNull())
    .addColumn('workspace_id', 'text', (column) => column.notNull())
    .addColumn('channel_id', 'text', (column) => column.notNull())
    .addColumn('topic', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('digest_muted_once', [
      'platform',
      'workspace_id',
      'channel_id',
      'topic',
    ])
    .execute();
}
