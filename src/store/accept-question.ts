import { type Kysely, sql, type Transaction } from 'kysely';
import type { Accepted, AcceptRequest } from '../bot/question-queue.ts';
import type { ClaimRow, Tables } from './tables.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** How long after a refusal the next one to the same person counts as told. */
const TOLD_MS = 60_000;

/**
 * Claims the message, checks the quotas and queues it, all or nothing: a process that dies half-way
 * leaves no claim, so that the platform's next copy of the message is accepted.
 */
export function acceptQuestion(db: Kysely<Tables>, request: AcceptRequest): Promise<Accepted> {
  return db.transaction().execute(async (transaction) => {
    await dropOldClaims(transaction, request.now);
    if (!(await claim(transaction, request))) return { kind: 'duplicate' };
    const over = await overQuota(transaction, request);
    if (over === undefined) {
      await enqueue(transaction, request);
      return { kind: 'accepted' };
    }
    const wasTold = await wasRefused(transaction, request);
    await discount(transaction, request);
    return { kind: 'over-quota', wasTold, ...over };
  });
}

async function dropOldClaims(db: Transaction<Tables>, now: Date): Promise<void> {
  await db.deleteFrom('claims').where('claimed_at', '<=', before(now, DAY_MS)).execute();
}

async function claim(db: Transaction<Tables>, { message, now }: AcceptRequest): Promise<boolean> {
  const row: ClaimRow = {
    platform: message.platform,
    workspace_id: message.workspaceId,
    channel_id: message.channelId,
    message_id: message.messageId,
    author_id: message.author.id,
    claimed_at: now.toISOString(),
    is_counted: 1,
  };
  const claimed = await db
    .insertInto('claims')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return claimed.numInsertedOrUpdatedRows === 1n;
}

async function overQuota(db: Transaction<Tables>, request: AcceptRequest) {
  const { quotas, message } = request;
  const ofWorkspace = countedClaims(db, request);
  const ofPerson = ofWorkspace.where('author_id', '=', message.author.id);
  const person = { limit: quotas.perPersonAnHour, windowMs: HOUR_MS, now: request.now };
  const workspace = { limit: quotas.perWorkspaceADay, windowMs: DAY_MS, now: request.now };
  const againForPerson = await againAt(ofPerson, person);
  if (againForPerson !== undefined) return { whose: 'person', againAt: againForPerson } as const;
  const again = await againAt(ofWorkspace, workspace);
  return again === undefined ? undefined : ({ whose: 'workspace', againAt: again } as const);
}

interface Window {
  readonly limit: number;
  readonly windowMs: number;
  readonly now: Date;
}

/**
 * When there is room again; undefined when there is room now. The message's own claim is counted:
 * the one before the last `limit` must be out of the window.
 */
async function againAt(
  claims: ReturnType<typeof countedClaims>,
  { limit, windowMs, now }: Window,
): Promise<string | undefined> {
  const blocking = await claims
    .where('claimed_at', '>', before(now, windowMs))
    .orderBy('claimed_at', 'desc')
    .limit(1)
    .offset(limit)
    .executeTakeFirst();
  if (blocking === undefined) return undefined;
  return new Date(Date.parse(blocking.claimed_at) + windowMs).toISOString();
}

function countedClaims(db: Transaction<Tables>, { message }: AcceptRequest) {
  return db
    .selectFrom('claims')
    .select('claimed_at')
    .where('platform', '=', message.platform)
    .where('workspace_id', '=', message.workspaceId)
    .where('is_counted', '=', 1);
}

async function wasRefused(
  db: Transaction<Tables>,
  { message, now }: AcceptRequest,
): Promise<boolean> {
  const refused = await db
    .selectFrom('claims')
    .select('claimed_at')
    .where('platform', '=', message.platform)
    .where('workspace_id', '=', message.workspaceId)
    .where('author_id', '=', message.author.id)
    .where('is_counted', '=', 0)
    .where('claimed_at', '>', before(now, TOLD_MS))
    .limit(1)
    .executeTakeFirst();
  return refused !== undefined;
}

async function discount(db: Transaction<Tables>, { message }: AcceptRequest): Promise<void> {
  await db
    .updateTable('claims')
    .set({ is_counted: 0 })
    .where('platform', '=', message.platform)
    .where('workspace_id', '=', message.workspaceId)
    .where('channel_id', '=', message.channelId)
    .where('message_id', '=', message.messageId)
    .execute();
}

async function enqueue(
  db: Transaction<Tables>,
  { id, message, conversationId, isPrivate, isUnasked, now }: AcceptRequest,
): Promise<void> {
  await db
    .insertInto('questions')
    .values({
      id,
      sequence: db
        .selectFrom('questions')
        .select(sql<number>`coalesce(max(sequence), 0) + 1`.as('next')),
      platform: message.platform,
      workspace_id: message.workspaceId,
      channel_id: message.channelId,
      conversation_id: conversationId,
      author_id: message.author.id,
      is_private: isPrivate ? 1 : 0,
      is_unasked: isUnasked ? 1 : 0,
      message: JSON.stringify(message),
      accepted_at: now.toISOString(),
      state: 'accepted',
      attempts: 0,
      deliveries: 0,
      is_stopped: 0,
      is_shared: 0,
    })
    .execute();
}

function before(now: Date, ms: number): string {
  return new Date(now.getTime() - ms).toISOString();
}
