import { type Kysely, sql } from 'kysely';
import type { AnswerCache } from '../answer/answer-cache.ts';
import { keptAnswerToRow, rowToKeptAnswer, rowToQuestion } from './kept-answer-record.ts';
import type { Tables } from './tables.ts';

const MOST_ANSWERS = 5_000;
const MOST_QUESTIONS = 1_000;

const QUESTION_COLUMNS = [
  'key',
  'answer_group',
  'question',
  'vector',
  'given',
  'answered_at',
] as const;

/** Answers in the table `answers_kept`; a row that cannot be read counts as absent and is dropped. */
export function createAnswerCache(db: Kysely<Tables>): AnswerCache {
  return {
    async get(key) {
      const row = await db
        .selectFrom('answers_kept')
        .selectAll()
        .where('key', '=', key)
        .executeTakeFirst();
      const kept = row && rowToKeptAnswer(row);
      await drop(db, row !== undefined && kept === undefined ? [key] : []);
      return kept;
    },
    async questions(group) {
      const rows = await db
        .selectFrom('answers_kept')
        .select(QUESTION_COLUMNS)
        .where('answer_group', '=', group)
        .orderBy('answered_at', 'desc')
        .orderBy('key', 'desc')
        .limit(MOST_QUESTIONS)
        .execute();
      const read = rows.map((row) => ({ key: row.key, question: rowToQuestion(row) }));
      await drop(
        db,
        read.flatMap(({ key, question }) => (question === undefined ? [key] : [])),
      );
      return read.flatMap(({ question }) => question ?? []);
    },
    async put(answer) {
      const row = keptAnswerToRow(answer);
      await db
        .insertInto('answers_kept')
        .values(row)
        .onConflict((conflict) => conflict.column('key').doUpdateSet(row))
        .execute();
      await dropOldest(db);
    },
  };
}

async function dropOldest(db: Kysely<Tables>): Promise<void> {
  const latestTooMany = db
    .selectFrom('answers_kept')
    .select(['answered_at', 'key'])
    .orderBy('answered_at', 'desc')
    .orderBy('key', 'desc')
    .limit(1)
    .offset(MOST_ANSWERS);
  // Kysely has no comparison of pairs.
  const isTooOld = sql<boolean>`(answered_at, key) <= (${latestTooMany})`;
  await db.deleteFrom('answers_kept').where(isTooOld).execute();
}

async function drop(db: Kysely<Tables>, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  const dropping = db.deleteFrom('answers_kept').where('key', 'in', keys).execute();
  // On a store that cannot be written the row stays, and counts as absent the next time as well.
  await dropping.catch(() => {});
}
