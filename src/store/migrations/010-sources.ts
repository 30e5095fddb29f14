import type { Kysely } from 'kysely';

/** Whose turn it is to ask a site, what was asked of titles, and votes of papers over time. */
export async function createSources(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('request_turns')
    .addColumn('site', 'text', (column) => column.primaryKey().notNull())
    .addColumn('holder', 'text')
    .addColumn('free_at', 'integer', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('resolved_titles')
    .addColumn('title_id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('arxiv_id', 'text')
    .addColumn('asked_at', 'text', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('paper_snapshots')
    .addColumn('paper_id', 'text', (column) => column.notNull())
    .addColumn('day', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('upvotes', 'integer')
    .addColumn('comment_count', 'integer')
    .addPrimaryKeyConstraint('paper_snapshots_once', ['paper_id', 'day'])
    .execute();
}
