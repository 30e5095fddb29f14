import { type Kysely, sql } from 'kysely';

/**
 * Messages claimed within a day, and the accepted ones on their way to a reply. Indices on the open
 * ones alone stay small however many were ever asked.
 */
export async function createQuestions(db: Kysely<unknown>): Promise<void> {
  await createClaims(db);
  await db.schema
    .createTable('questions')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('sequence', 'integer', (column) => column.notNull())
    .addColumn('platform', 'text', (column) => column.notNull())
    .addColumn('workspace_id', 'text', (column) => column.notNull())
    .addColumn('channel_id', 'text', (column) => column.notNull())
    .addColumn('conversation_id', 'text', (column) => column.notNull())
    .addColumn('author_id', 'text', (column) => column.notNull())
    .addColumn('is_private', 'integer', (column) => column.notNull())
    .addColumn('is_unasked', 'integer', (column) => column.notNull())
    .addColumn('message', 'text', (column) => column.notNull())
    .addColumn('accepted_at', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('deliveries', 'integer', (column) => column.notNull())
    .addColumn('is_stopped', 'integer', (column) => column.notNull())
    .addColumn('taken', 'integer')
    .addColumn('worker', 'text')
    .addColumn('lease_until', 'text')
    .addColumn('not_before', 'text')
    .addColumn('outcome', 'text')
    .addColumn('answer_id', 'text')
    .addColumn('placed', 'text')
    .addColumn('finished_at', 'text')
    .execute();
  await createIndices(db);
}

async function createClaims(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('claims')
    .addColumn('platform', 'text', (column) => column.notNull())
    .addColumn('workspace_id', 'text', (column) => column.notNull())
    .addColumn('channel_id', 'text', (column) => column.notNull())
    .addColumn('message_id', 'text', (column) => column.notNull())
    .addColumn('author_id', 'text', (column) => column.notNull())
    .addColumn('claimed_at', 'text', (column) => column.notNull())
    .addColumn('is_counted', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('claims_once', [
      'platform',
      'workspace_id',
      'channel_id',
      'message_id',
    ])
    .execute();
  const indices = {
    claims_by_age: ['claimed_at'],
    claims_of_person: ['platform', 'workspace_id', 'author_id', 'is_counted', 'claimed_at'],
    claims_of_workspace: ['platform', 'workspace_id', 'is_counted', 'claimed_at'],
  };
  for (const [name, columns] of Object.entries(indices)) {
    await db.schema.createIndex(name).on('claims').columns(columns).execute();
  }
}

async function createIndices(db: Kysely<unknown>): Promise<void> {
  const indices = {
    questions_of_conversation: ['conversation_id'],
    questions_of_person: ['platform', 'workspace_id', 'author_id', 'sequence'],
    questions_of_answer: ['answer_id'],
    questions_of_channel: ['platform', 'workspace_id', 'channel_id'],
    questions_taken: ['taken'],
    questions_taken_of_workspace: ['platform', 'workspace_id', 'taken'],
    questions_taken_of_person: ['platform', 'workspace_id', 'author_id', 'taken'],
  };
  for (const [name, columns] of Object.entries(indices)) {
    await db.schema.createIndex(name).on('questions').columns(columns).execute();
  }
  // Unique, so that a look-up by it is known to be cheap.
  const inOrder = db.schema.createIndex('questions_in_order').unique();
  await inOrder.on('questions').column('sequence').execute();
  await db.schema
    .createIndex('questions_open')
    .on('questions')
    .columns(['conversation_id', 'sequence'])
    .where(sql<boolean>`state <> 'done'`)
    .execute();
  await db.schema
    .createIndex('questions_waiting')
    .on('questions')
    .columns(['platform', 'workspace_id', 'author_id', 'sequence'])
    .where(sql<boolean>`state = 'accepted'`)
    .execute();
}
