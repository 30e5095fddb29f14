import { type Kysely, sql } from 'kysely';
import type { Arrivals } from '../digest/seen-papers.ts';
import type { PaperId } from '../papers/paper.ts';
import type { Tables } from './tables.ts';

/** Rows of one statement. */
const BATCH = 300;

/** The order in which papers came, in the table `paper_arrivals`. */
export function createArrivals(db: Kysely<Tables>): Arrivals {
  return {
    async note(arrivals) {
      for (let from = 0; from < arrivals.length; from += BATCH) {
        const batch = arrivals.slice(from, from + BATCH);
        await db.transaction().execute(async (transaction) => {
          const last = await lastNumber(transaction);
          await transaction
            .insertInto('paper_arrivals')
            .values(
              batch.map(({ paperId, at }, i) => ({
                sequence: last + i + 1,
                paper_id: paperId,
                arrived_at: at,
              })),
            )
            .onConflict((conflict) => conflict.column('paper_id').doNothing())
            .execute();
        });
      }
    },
    last: () => lastNumber(db),
    async after(sequence, upTo, limit) {
      const rows = await db
        .selectFrom('paper_arrivals')
        .select('paper_id')
        .where('sequence', '>', sequence)
        .where('sequence', '<=', upTo)
        .orderBy('sequence', 'desc')
        .limit(limit)
        .execute();
      return rows.map(toId);
    },
    async between(from, to, limit) {
      const rows = await db
        .selectFrom('paper_arrivals')
        .select('paper_id')
        .where('arrived_at', '>', from)
        .where('arrived_at', '<=', to)
        .orderBy('arrived_at', 'desc')
        .orderBy('sequence', 'desc')
        .limit(limit)
        .execute();
      return rows.map(toId);
    },
  };
}

async function lastNumber(db: Kysely<Tables>): Promise<number> {
  const row = await db
    .selectFrom('paper_arrivals')
    .select(sql<number>`coalesce(max(sequence), 0)`.as('last'))
    .executeTakeFirstOrThrow();
  return Number(row.last);
}

function toId({ paper_id }: { readonly paper_id: string }): PaperId {
  return paper_id as PaperId; // what paperId built was stored
}
