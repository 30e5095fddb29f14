import { type Kysely, sql } from 'kysely';
import { z } from 'zod';
import type {
  Schedule,
  Subscription,
  SubscriptionChange,
  SubscriptionStore,
  Wish,
} from '../digest/subscription.ts';
import { FootnoteError } from '../errors.ts';
import { placeColumns, placeOf } from './digest-place.ts';
import type { SubscriptionRow } from './digest-tables.ts';
import type { Tables } from './tables.ts';

const weekday = z.union([1, 2, 3, 4, 5, 6, 7].map((day) => z.literal(day)));
const names = z.array(z.string());
const storedSchedule: z.ZodType<Schedule> = z.object({
  days: z.array(weekday),
  time: z.string(),
  timeZone: z.string(),
}) as z.ZodType<Schedule>; // a union of number literals, which zod widens when it is mapped
const storedWish: z.ZodType<Wish> = z.union([
  z.object({ kind: z.literal('question'), question: z.string() }),
  z.object({
    kind: z.literal('papers'),
    topics: names,
    categories: names,
    authors: names,
    organizations: names,
    sources: names,
    most: z.number(),
    pickiness: z.enum(['broad', 'normal', 'strict']),
    onEmpty: z.enum(['say', 'silent']),
    rollUp: weekday.exactOptional(),
  }),
]) as z.ZodType<Wish>; // as above

/** Subscriptions in the table `subscriptions`; `file` is named in errors about them. */
export function createSubscriptionStore(db: Kysely<Tables>, file: string): SubscriptionStore {
  const read = (row: SubscriptionRow) => toSubscription(row, file);
  return {
    add: (subscription) => add(db, subscription),
    async get(id) {
      const row = await db
        .selectFrom('subscriptions')
        .selectAll()
        .where('id', '=', id)
        .executeTakeFirst();
      return row && read(row);
    },
    async of(place) {
      const rows = await db
        .selectFrom('subscriptions')
        .selectAll()
        .where((column) => column.and(placeColumns(place)))
        .orderBy('sequence')
        .execute();
      return rows.map(read);
    },
    async all() {
      const rows = await db.selectFrom('subscriptions').selectAll().orderBy('sequence').execute();
      return rows.map(read);
    },
    async active(platforms) {
      if (platforms.length === 0) return [];
      const rows = await db
        .selectFrom('subscriptions')
        .selectAll()
        .where('state', '=', 'active')
        .where('platform', 'in', platforms)
        .orderBy('sequence')
        .execute();
      return rows.map(read);
    },
    change: (id, changes) => change(db, id, changes),
    remove: (id) => db.transaction().execute((transaction) => remove(transaction, id)),
  };
}

async function add(db: Kysely<Tables>, subscription: Subscription): Promise<boolean> {
  const { id, place, ownerId, wish, schedule, state, activeFrom } = subscription;
  const added = await db
    .insertInto('subscriptions')
    .values({
      id,
      sequence: db
        .selectFrom('subscriptions')
        .select(sql<number>`coalesce(max(sequence), 0) + 1`.as('next')),
      ...placeColumns(place),
      owner_id: ownerId,
      wish: JSON.stringify(wish),
      schedule: JSON.stringify(schedule),
      state,
      active_from: activeFrom,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst();
  return added.numInsertedOrUpdatedRows === 1n;
}

async function change(
  db: Kysely<Tables>,
  id: string,
  { wish, schedule, state, activeFrom }: SubscriptionChange,
): Promise<boolean> {
  const changed = await db
    .updateTable('subscriptions')
    .set({
      id,
      ...(wish !== undefined && { wish: JSON.stringify(wish) }),
      ...(schedule !== undefined && { schedule: JSON.stringify(schedule) }),
      ...(state !== undefined && { state }),
      ...(activeFrom !== undefined && { active_from: activeFrom }),
    })
    .where('id', '=', id)
    .executeTakeFirst();
  return changed.numUpdatedRows === 1n;
}

async function remove(db: Kysely<Tables>, id: string): Promise<boolean> {
  await db
    .updateTable('digest_deliveries')
    .set({ state: 'superseded', worker: null, lease_until: null })
    .where('subscription_id', '=', id)
    .where('state', '=', 'open')
    .execute();
  const gone = await db.deleteFrom('subscriptions').where('id', '=', id).executeTakeFirst();
  return gone.numDeletedRows === 1n;
}

function toSubscription(row: SubscriptionRow, file: string): Subscription {
  try {
    return {
      id: row.id,
      place: placeOf(row),
      ownerId: row.owner_id,
      wish: storedWish.parse(JSON.parse(row.wish)),
      schedule: storedSchedule.parse(JSON.parse(row.schedule)),
      state: row.state,
      activeFrom: row.active_from,
    };
  } catch (cause) {
    throw new FootnoteError(
      'index',
      `The subscription ${row.id} in ${file} cannot be read: something else changed it. Delete its row in subscriptions, and make it again.`,
      { cause, facts: { file, subscription: row.id } },
    );
  }
}
