import { type Kysely, sql } from 'kysely';
import type { DeliveryLease, DeliveryStore, TakenDelivery } from '../digest/delivery.ts';
import type { DigestPlace } from '../digest/subscription.ts';
import type { PaperId } from '../papers/paper.ts';
import { endDelivery, keepDigest, openDelivery } from './digest-delivery-steps.ts';
import { placeColumns, placeOf } from './digest-place.ts';
import { readAnswer, readDigest } from './digest-record.ts';
import type { DeliveryRow } from './digest-tables.ts';
import type { Tables } from './tables.ts';

/** Deliveries in the table `digest_deliveries`; `file` is named in errors about them. */
export function createDeliveryStore(db: Kysely<Tables>, file: string): DeliveryStore {
  return {
    open: (due) => openDelivery(db, due),
    take: (request) =>
      db.transaction().execute(async (transaction) => {
        const row = await take(transaction, request);
        return row && toTaken(row, { request, file });
      }),
    keep: (lease, kept) => keepDigest(db, lease, kept),
    begin: (lease) => begin(db, lease),
    finish: (lease, end, at) => endDelivery(db, lease, { end, at }),
    async release({ key, worker, until }, notBefore) {
      await db
        .updateTable('digest_deliveries')
        .set({ worker: null, lease_until: null, not_before: notBefore })
        .where('key', '=', key)
        .where('worker', '=', worker)
        .where('lease_until', '=', until)
        .execute();
    },
    async markGone({ key, worker, until }) {
      const marked = await db
        .updateTable('digest_deliveries')
        .set({ is_gone: 1, attempts: 0 })
        .where('key', '=', key)
        .where('worker', '=', worker)
        .where('lease_until', '=', until)
        .executeTakeFirst();
      return marked.numUpdatedRows === 1n;
    },
    earlier: (subscriptionId) => earlier(db, subscriptionId, file),
    async posted(place, from, to) {
      const rows = await db
        .selectFrom('digest_deliveries')
        .selectAll()
        .where((column) => column.and({ ...placeColumns(place), state: 'posted' }))
        .where('period', '>=', from)
        .where('period', '<=', to)
        .orderBy('period')
        .execute();
      return rows.flatMap((row) => readDigest(row, file) ?? []);
    },
    messageOf: (place, messageId) => messageOf(db, { place, messageId }, file),
  };
}

type TakeRequest = Parameters<DeliveryStore['take']>[0];

async function take(
  db: Kysely<Tables>,
  { platforms, worker, now, until }: TakeRequest,
): Promise<DeliveryRow | undefined> {
  if (platforms.length === 0) return undefined;
  const next = await db
    .selectFrom('digest_deliveries')
    .select('key')
    .where(sql<boolean>`state = 'open'`)
    .where('platform', 'in', platforms)
    .where((row) => row.or([row('lease_until', 'is', null), row('lease_until', '<=', now)]))
    .where((row) => row.or([row('not_before', 'is', null), row('not_before', '<=', now)]))
    .orderBy('opened_at')
    .orderBy('key')
    .limit(1)
    .executeTakeFirst();
  if (next === undefined) return undefined;
  return db
    .updateTable('digest_deliveries')
    .set({ worker, lease_until: until })
    .where('key', '=', next.key)
    .returningAll()
    .executeTakeFirst();
}

function toTaken(
  row: DeliveryRow,
  { request, file }: { readonly request: TakeRequest; readonly file: string },
): TakenDelivery {
  const digest = readDigest(row, file);
  return {
    lease: { key: row.key, worker: request.worker, until: request.until },
    subscriptionId: row.subscription_id,
    period: row.period,
    place: placeOf(row),
    ...(digest !== undefined && { digest }),
    attempts: row.attempts,
    isGone: row.is_gone === 1,
  };
}

async function earlier(db: Kysely<Tables>, subscriptionId: string, file: string) {
  const ended = db
    .selectFrom('digest_deliveries')
    .selectAll()
    .where('subscription_id', '=', subscriptionId)
    .where('state', 'in', ['posted', 'silent']);
  const last = await ended.orderBy('period', 'desc').limit(1).executeTakeFirst();
  const answered = await ended
    .where('answer', 'is not', null)
    .orderBy('period', 'desc')
    .limit(1)
    .executeTakeFirst();
  const { cutoff } = await ended
    .clearSelect()
    .select((column) => column.fn.max('cutoff').as('cutoff'))
    .executeTakeFirstOrThrow();
  const digest = last && readDigest(last, file);
  const answer = answered && readAnswer(answered, file);
  return {
    ...(cutoff !== null && { cutoff: Number(cutoff) }),
    ...(digest !== undefined && { last: digest.kind }),
    ...(answer !== undefined && { answer }),
  };
}

async function messageOf(
  db: Kysely<Tables>,
  { place, messageId }: { readonly place: DigestPlace; readonly messageId: string },
  file: string,
) {
  const row = await db
    .selectFrom('digest_messages as m')
    .innerJoin('digest_deliveries as d', 'd.key', 'm.delivery_key')
    .selectAll('d')
    .select('m.paper_id')
    .where('m.platform', '=', place.platform)
    .where('m.workspace_id', '=', place.workspaceId)
    .where('m.channel_id', '=', place.channelId)
    .where('m.message_id', '=', messageId)
    .executeTakeFirst();
  const digest = row && readDigest(row, file);
  if (row === undefined || digest === undefined) return undefined;
  return {
    key: row.key,
    subscriptionId: row.subscription_id,
    digest,
    ...(row.paper_id !== null && { paperId: row.paper_id as PaperId }), // stored as such
  };
}

async function begin(db: Kysely<Tables>, { key, worker, until }: DeliveryLease) {
  const row = await db
    .updateTable('digest_deliveries')
    .set((column) => ({ attempts: column('attempts', '+', 1) }))
    .where('key', '=', key)
    .where('state', '=', 'open')
    .where('worker', '=', worker)
    .where('lease_until', '=', until)
    .returning('attempts')
    .executeTakeFirst();
  return row && row.attempts - 1;
}
