import { type Kysely, sql, type Transaction } from 'kysely';
import type { TakeRequest } from '../bot/question-queue.ts';
import type { QuestionRow, Tables } from './tables.ts';

/**
 * Takes the next question in one transaction. Only the first open question of a conversation can
 * be taken, so that a conversation has one at a time and keeps its order. Those whose worker died
 * or that are to be stopped go first; then the workspace that had its last turn longest ago, within
 * it the person, then the oldest. On PostgreSQL the transaction has to lock the table first.
 */
export function takeQuestion(
  db: Kysely<Tables>,
  request: TakeRequest,
): Promise<QuestionRow | undefined> {
  return db.transaction().execute(async (transaction) => {
    const next = await nextQuestion(transaction, request).executeTakeFirst();
    if (next === undefined || (await countInWork(transaction, request)) >= request.most) {
      return undefined;
    }
    return transaction
      .updateTable('questions')
      .set((column) => ({
        state: 'working',
        worker: request.worker,
        lease_until: request.until,
        attempts: column('attempts', '+', 1),
        taken: sql<number>`(select coalesce(max(taken), 0) + 1 from questions)`,
      }))
      .where('id', '=', next.id)
      .returningAll()
      .executeTakeFirst();
  });
}

/** What is not done, and what waits; written out, since their indices are found by these words. */
export const isOpen = sql<boolean>`state <> 'done'`;
export const isWaiting = sql<boolean>`state = 'accepted'`;

/** The query for it; joined so that it reads open questions only, however many were ever asked. */
export function nextQuestion(db: Kysely<Tables>, { platforms, now }: TakeRequest) {
  const heads = db
    .selectFrom('questions')
    .select((column) => column.fn.min('sequence').as('sequence'))
    .where(isOpen)
    .groupBy('conversation_id')
    .as('head');
  return db
    .selectFrom(heads)
    .innerJoin('questions as q', 'q.sequence', 'head.sequence')
    .select('q.id')
    .where('q.platform', 'in', platforms)
    .where((q) =>
      q.or([
        q.and([
          q('q.state', '=', 'accepted'),
          q.or([q('q.not_before', 'is', null), q('q.not_before', '<=', now)]),
        ]),
        q.and([q('q.state', '=', 'working'), q('q.lease_until', '<=', now)]),
      ]),
    )
    .orderBy('q.state', 'desc')
    .orderBy('q.is_stopped', 'desc')
    .orderBy(lastTaken(sql`w.workspace_id = q.workspace_id`))
    .orderBy(lastTaken(sql`w.workspace_id = q.workspace_id and w.author_id = q.author_id`))
    .orderBy('q.sequence')
    .limit(1);
}

/** When somebody of the same had a turn, as a number that grows; 0 for never. */
function lastTaken(isSame: ReturnType<typeof sql>) {
  return sql<number>`(select coalesce(max(w.taken), 0) from questions w where w.platform = q.platform and ${isSame})`;
}

async function countInWork(db: Transaction<Tables>, { now }: TakeRequest): Promise<number> {
  const row = await db
    .selectFrom('questions')
    .select((column) => column.fn.countAll<number>().as('working'))
    .where(isOpen)
    .where('state', '=', 'working')
    .where('lease_until', '>', now)
    .where('outcome', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(row.working);
}
