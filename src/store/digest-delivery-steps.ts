import type { Kysely } from 'kysely';
import type {
  DeliveryEnd,
  DeliveryLease,
  DueDelivery,
  Kept,
  KeptDigest,
  Opened,
  ShownPaper,
} from '../digest/delivery.ts';
import { placeColumns } from './digest-place.ts';
import type { DeliveryRow } from './digest-tables.ts';
import type { Tables } from './tables.ts';

/** Opens a delivery, unless its period, a later one or an unfinished one stands in its way. */
export function openDelivery(db: Kysely<Tables>, due: DueDelivery): Promise<Opened> {
  return db.transaction().execute(async (transaction) => {
    const ofSubscription = transaction
      .selectFrom('digest_deliveries')
      .select('key')
      .where('subscription_id', '=', due.subscriptionId)
      .limit(1);
    const known = await ofSubscription
      .where('period', '>=', due.period)
      .where('period', '<=', due.horizon)
      .executeTakeFirst();
    if (known !== undefined) return 'known';
    const unfinished = await ofSubscription.where('state', '=', 'open').executeTakeFirst();
    if (unfinished !== undefined) return 'waits';
    const opened = await transaction
      .insertInto('digest_deliveries')
      .values({
        key: due.key,
        subscription_id: due.subscriptionId,
        period: due.period,
        ...placeColumns(due.place),
        state: 'open',
        opened_at: due.at,
        attempts: 0,
        is_gone: 0,
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    return opened.numInsertedOrUpdatedRows === 1n ? 'opened' : 'known';
  });
}

/** Keeps a digest and marks its papers in one step, so that no two digests show the same one. */
export function keepDigest(
  db: Kysely<Tables>,
  lease: DeliveryLease,
  kept: KeptDigest,
): Promise<Kept> {
  return db.transaction().execute(async (transaction) => {
    const row = await heldRow(transaction, lease);
    if (row === undefined || row.digest !== null) return 'lost';
    if (await isAnySeen(transaction, row, kept.papers)) return 'seen';
    for (const paper of kept.papers) await markSeen(transaction, { row, paper });
    for (const paper of kept.updated) await markSeen(transaction, { row, paper });
    await transaction
      .updateTable('digest_deliveries')
      .set({
        digest: JSON.stringify(kept.digest),
        cutoff: kept.cutoff,
        answer: kept.answer === undefined ? null : JSON.stringify(kept.answer),
      })
      .where('key', '=', lease.key)
      .execute();
    return 'kept';
  });
}

/** Ends a delivery; what was never posted counts as not seen. */
export function endDelivery(
  db: Kysely<Tables>,
  lease: DeliveryLease,
  { end, at }: { readonly end: DeliveryEnd; readonly at: string },
): Promise<boolean> {
  return db.transaction().execute(async (transaction) => {
    const row = await heldRow(transaction, lease);
    if (row === undefined) return false;
    if (end.kind === 'posted') {
      for (const { messageId, paperId } of end.messages) {
        const message = { message_id: messageId, delivery_key: row.key, paper_id: paperId ?? null };
        await transaction
          .insertInto('digest_messages')
          .values({ ...columnsOf(row), ...message })
          .onConflict((conflict) => conflict.doNothing())
          .execute();
      }
    }
    if (end.kind === 'given-up' || end.kind === 'gone') {
      await transaction.deleteFrom('digest_seen').where('delivery_key', '=', row.key).execute();
    }
    await transaction
      .updateTable('digest_deliveries')
      .set({ state: end.kind, worker: null, lease_until: null, ended_at: at })
      .where('key', '=', row.key)
      .execute();
    return true;
  });
}

function heldRow(db: Kysely<Tables>, { key, worker, until }: DeliveryLease) {
  return db
    .selectFrom('digest_deliveries')
    .selectAll()
    .where('key', '=', key)
    .where('state', '=', 'open')
    .where('worker', '=', worker)
    .where('lease_until', '=', until)
    .executeTakeFirst();
}

async function isAnySeen(
  db: Kysely<Tables>,
  row: DeliveryRow,
  papers: readonly ShownPaper[],
): Promise<boolean> {
  if (papers.length === 0) return false;
  const seen = await db
    .selectFrom('digest_seen')
    .select('paper_id')
    .where((column) => column.and(columnsOf(row)))
    .where(
      'paper_id',
      'in',
      papers.map(({ paperId }) => paperId),
    )
    .limit(1)
    .executeTakeFirst();
  return seen !== undefined;
}

async function markSeen(
  db: Kysely<Tables>,
  { row, paper }: { readonly row: DeliveryRow; readonly paper: ShownPaper },
): Promise<void> {
  const seen = {
    seen_by: 'digest' as const,
    seen_at: row.opened_at,
    text_hash: paper.textHash,
    delivery_key: row.key,
  };
  await db
    .insertInto('digest_texts')
    .values({ text_hash: paper.textHash, abstract: paper.abstract })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await db
    .insertInto('digest_seen')
    .values({ ...columnsOf(row), paper_id: paper.paperId, ...seen })
    .onConflict((conflict) =>
      conflict.columns(['platform', 'workspace_id', 'channel_id', 'paper_id']).doUpdateSet(seen),
    )
    .execute();
}

function columnsOf({ platform, workspace_id, channel_id }: DeliveryRow) {
  return { platform, workspace_id, channel_id };
}
