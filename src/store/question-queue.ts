import { type Kysely, sql } from 'kysely';
import type { Lease, QuestionQueue, Settled } from '../bot/question-queue.ts';
import { acceptQuestion } from './accept-question.ts';
import { createConversationStore } from './conversations.ts';
import { rowToQuestion } from './question-record.ts';
import type { Tables } from './tables.ts';
import { isOpen, isWaiting, takeQuestion } from './take-question.ts';
import { unsynced } from './unsynced.ts';

/**
 * The queue in the tables `claims` and `questions`; `file` is named in errors about its rows. Only what
 * nobody would tell us again waits for the disk: that a message was accepted, and that something was
 * begun to be sent.
 */
export function createQuestionQueue(db: Kysely<Tables>, file: string): QuestionQueue {
  return {
    accept: (request) => acceptQuestion(db, request),
    async take(request) {
      const row = await unsynced(db, (quick) => takeQuestion(quick, request));
      try {
        return row && rowToQuestion(row, { id: row.id, worker: request.worker }, file);
      } catch (error) {
        // It would be taken again and again.
        if (row !== undefined) await finish(db, row.id, request.now);
        throw error;
      }
    },
    async renew(lease, until) {
      const row = await unsynced(db, (quick) =>
        held(quick, lease).set({ lease_until: until }).returning('is_stopped').executeTakeFirst(),
      );
      if (row === undefined) return 'lost';
      return row.is_stopped === 1 ? 'stopped' : 'held';
    },
    settle: (lease, settled) => unsynced(db, (quick) => settle(quick, lease, { settled, file })),
    async beginDelivery(lease) {
      const row = await held(db, lease)
        .set((column) => ({ deliveries: column('deliveries', '+', 1) }))
        .returning('deliveries')
        .executeTakeFirst();
      return row && row.deliveries - 1;
    },
    finish: (id, finishedAt) => unsynced(db, (quick) => finish(quick, id, finishedAt)),
    release: (lease, notBefore) => unsynced(db, (quick) => release(quick, lease, notBefore)),
    place: (id, note) => unsynced(db, (quick) => place(quick, id, note)),
    placeHeld: (lease, note) => placeHeld(db, lease, note),
    ahead: (id) => ahead(db, id),
    stop: (id) => stop(db, id),
    async isEngaged(id, authorId) {
      const asked = db
        .selectFrom('questions')
        .select('id')
        .where('conversation_id', '=', id)
        .where((q) => q.or([q('is_unasked', '=', 0), q('answer_id', 'is not', null)]));
      const byThem = authorId === undefined ? asked : asked.where('author_id', '=', authorId);
      return (await byThem.limit(1).executeTakeFirst()) !== undefined;
    },
    async openIn(id) {
      const open = db.selectFrom('questions').select('id').where(isOpen);
      const rows = await open.where('conversation_id', '=', id).orderBy('sequence').execute();
      return rows.map((row) => row.id);
    },
    load: () => load(db),
  };
}

/** The question, as long as the lease on it holds. */
function held(db: Kysely<Tables>, { id, worker }: Lease) {
  return db
    .updateTable('questions')
    .where('id', '=', id)
    .where('worker', '=', worker)
    .where('state', '=', 'working');
}

async function release(db: Kysely<Tables>, lease: Lease, notBefore: string): Promise<void> {
  const free = { worker: null, lease_until: null, not_before: notBefore };
  await held(db, lease)
    .set({ ...free, state: 'accepted' })
    .execute();
}

async function place(db: Kysely<Tables>, id: string, note: string): Promise<void> {
  await db.updateTable('questions').set({ placed: note }).where('id', '=', id).execute();
}

async function placeHeld(db: Kysely<Tables>, lease: Lease, note: string): Promise<boolean> {
  const kept = await held(db, lease).set({ placed: note }).executeTakeFirst();
  return kept.numUpdatedRows === 1n;
}

async function finish(db: Kysely<Tables>, id: string, finishedAt: string): Promise<void> {
  await db
    .updateTable('questions')
    .set({ state: 'done', finished_at: finishedAt, worker: null, lease_until: null })
    .where('id', '=', id)
    .where('state', '<>', 'done')
    .execute();
}

async function stop(db: Kysely<Tables>, id: string): Promise<boolean> {
  const stopped = await db
    .updateTable('questions')
    .set({ is_stopped: 1 })
    .where('id', '=', id)
    .where('state', '<>', 'done')
    .executeTakeFirst();
  return stopped.numUpdatedRows === 1n;
}

/** The outcome and its turn are kept together: a turn alone would be there twice after a crash. */
function settle(
  db: Kysely<Tables>,
  lease: Lease,
  { settled, file }: { readonly settled: Settled; readonly file: string },
): Promise<boolean> {
  return db.transaction().execute(async (transaction) => {
    const isAnswer = settled.kind === 'answer';
    const answerId = isAnswer ? settled.turn.answer.trace.answerId : null;
    const outcome = isAnswer ? { kind: 'answer', answerId } : settled;
    const kept = await held(transaction, lease)
      .set({ outcome: JSON.stringify(outcome), answer_id: answerId })
      .executeTakeFirst();
    if (kept.numUpdatedRows === 0n) return false;
    if (isAnswer) await createConversationStore(transaction, file).append(settled.turn);
    return true;
  });
}

/** Turns go round: nobody gets more of them before this one than stand before it in its own line. */
async function ahead(db: Kysely<Tables>, id: string): Promise<number | undefined> {
  const mine = await db
    .selectFrom('questions')
    .select(['platform', 'workspace_id', 'author_id', 'sequence'])
    .where('id', '=', id)
    .where('state', '=', 'accepted')
    .executeTakeFirst();
  if (mine === undefined) return undefined;
  const lines = await db
    .selectFrom('questions')
    .select((column) => [
      'platform',
      'workspace_id',
      'author_id',
      sql<number>`sum(case when sequence < ${mine.sequence} then 1 else 0 end)`.as('earlier'),
      column.fn.countAll<number>().as('waiting'),
    ])
    .where(isWaiting)
    .groupBy(['platform', 'workspace_id', 'author_id'])
    .execute();
  const isMine = (line: (typeof lines)[number]) =>
    line.platform === mine.platform &&
    line.workspace_id === mine.workspace_id &&
    line.author_id === mine.author_id;
  const own = Number(lines.find(isMine)?.earlier ?? 0);
  const others = lines.filter((line) => !isMine(line));
  return others.reduce((sum, { earlier, waiting }) => {
    const before = Math.min(Number(waiting), own + (Number(earlier) > own ? 1 : 0));
    return sum + before;
  }, own);
}

async function load(db: Kysely<Tables>) {
  const rows = await db
    .selectFrom('questions')
    .select((column) => [
      'state',
      column.fn.countAll<number>().as('count'),
      column.fn.min('accepted_at').as('since'),
    ])
    .where(isOpen)
    .groupBy('state')
    .execute();
  const waiting = rows.find(({ state }) => state === 'accepted');
  const working = rows.find(({ state }) => state === 'working');
  return {
    waiting: Number(waiting?.count ?? 0),
    working: Number(working?.count ?? 0),
    ...(waiting !== undefined && { waitingSince: waiting.since }),
  };
}
