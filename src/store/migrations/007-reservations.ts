import { type Kysely, sql } from 'kysely';

/** Calls whose cost is not known yet; the rows before are settled. */
export async function createReservations(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('expenses').addColumn('reservation', 'text').execute();
  // Of the running calls alone, so that it stays small.
  await db.schema
    .createIndex('expenses_reserved')
    .unique()
    .on('expenses')
    .column('reservation')
    .where(sql<boolean>`reservation is not null`)
    .execute();
}
