import type { Kysely, Transaction } from 'kysely';
import type { ConversationId } from '../answer/conversation.ts';
import type { AskedQuestions, Asker } from '../bot/question-queue.ts';
import { messageOf } from './question-record.ts';
import type { QuestionRow, Tables } from './tables.ts';

/** Parameters of one statement; SQLite takes many more, PostgreSQL 65,535. */
const BATCH = 500;

/** What people asked, from the tables `questions` and `turns`; `file` is named in errors. */
export function createAskedQuestions(db: Kysely<Tables>, file: string): AskedQuestions {
  return {
    async recent(asker, limit) {
      const ofAsker = questionsOf(db, asker);
      const { channelId } = asker;
      const here = channelId === undefined ? ofAsker : ofAsker.where('channel_id', '=', channelId);
      const rows = await here.selectAll().orderBy('sequence', 'desc').limit(limit).execute();
      return rows.map((row) => ({
        id: row.id,
        channelId: row.channel_id,
        question: messageOf(row, file).text,
        askedAt: row.accepted_at,
        isDone: row.state === 'done',
        ...(row.answer_id !== null && { answerId: row.answer_id }),
      }));
    },
    async wasAskedIn({ platform, workspaceId, channelId }, question) {
      const row = await db
        .selectFrom('questions as q')
        .innerJoin('turns', 'turns.answer_id', 'q.answer_id')
        .select('q.id')
        .where('q.platform', '=', platform)
        .where('q.workspace_id', '=', workspaceId)
        .where('q.channel_id', '=', channelId)
        .where('q.is_private', '=', 0)
        .where('turns.question', '=', question)
        .limit(1)
        .executeTakeFirst();
      return row !== undefined;
    },
    async placeOfAnswer(answerId) {
      const row = await db
        .selectFrom('questions')
        .selectAll()
        .where('answer_id', '=', answerId)
        .executeTakeFirst();
      return row && { ...messagePlace(row, file), ...answerFacts(row) };
    },
    async share(answerId, isShared) {
      const { numUpdatedRows } = await db
        .updateTable('questions')
        .set({ is_shared: isShared ? 1 : 0 })
        .where('answer_id', '=', answerId)
        .where('is_shared', '=', isShared ? 0 : 1)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    forget: (asker) => db.transaction().execute((transaction) => forget(transaction, asker)),
  };
}

function questionsOf(
  db: Kysely<Tables>,
  { platform, workspaceId, authorId }: Omit<Asker, 'channelId'>,
) {
  return db
    .selectFrom('questions')
    .where('platform', '=', platform)
    .where('workspace_id', '=', workspaceId)
    .where('author_id', '=', authorId);
}

function messagePlace(row: QuestionRow, file: string) {
  const { platform } = messageOf(row, file);
  return { platform, workspaceId: row.workspace_id, channelId: row.channel_id };
}

function answerFacts(row: QuestionRow) {
  return {
    // The brand says that conversationIdOf built it, which was done before it was stored.
    conversationId: row.conversation_id as ConversationId,
    authorId: row.author_id,
    isPrivate: row.is_private === 1 && row.is_shared === 0,
  };
}

/** What is in work ends as if nothing was said; it can be forgotten after. */
async function forget(db: Transaction<Tables>, asker: Omit<Asker, 'channelId'>): Promise<number> {
  const rows = await questionsOf(db, asker)
    .select(['id', 'answer_id'])
    .where('state', '<>', 'working')
    .execute();
  for (let start = 0; start < rows.length; start += BATCH) {
    const batch = rows.slice(start, start + BATCH);
    await forgetAnswers(
      db,
      batch.flatMap(({ answer_id }) => answer_id ?? []),
    );
    const ids = batch.map(({ id }) => id);
    await db.deleteFrom('questions').where('id', 'in', ids).execute();
  }
  await db
    .deleteFrom('feedback')
    .where('platform', '=', asker.platform)
    .where('author_id', '=', asker.authorId)
    .execute();
  return rows.length;
}

async function forgetAnswers(db: Transaction<Tables>, answerIds: readonly string[]): Promise<void> {
  if (answerIds.length === 0) return;
  const asked = db.selectFrom('turns').select('question').where('answer_id', 'in', answerIds);
  await db.deleteFrom('answers_kept').where('question', 'in', asked).execute();
  await db.deleteFrom('feedback').where('answer_id', 'in', answerIds).execute();
  await db.deleteFrom('turns').where('answer_id', 'in', answerIds).execute();
}
