import type { Kysely } from 'kysely';
import type { PaperId } from '../papers/paper.ts';
import type { SnapshotStore } from '../papers/sync.ts';
import type { Tables } from './tables.ts';

const DAY_LENGTH = 'YYYY-MM-DD'.length;
const MOST_AT_ONCE = 200;

/** Votes and comments of papers, in the table `paper_snapshots`. */
export function createPaperSnapshots(db: Kysely<Tables>): SnapshotStore {
  return {
    async add(snapshots) {
      const rows = snapshots.map(({ paperId, at, upvotes, commentCount }) => ({
        paper_id: paperId,
        day: at.slice(0, DAY_LENGTH),
        at,
        upvotes: upvotes ?? null,
        comment_count: commentCount ?? null,
      }));
      for (let from = 0; from < rows.length; from += MOST_AT_ONCE) {
        await db
          .insertInto('paper_snapshots')
          .values(rows.slice(from, from + MOST_AT_ONCE))
          .onConflict((conflict) =>
            conflict
              .columns(['paper_id', 'day'])
              .doUpdateSet((row) => ({
                at: row.ref('excluded.at'),
                upvotes: row.ref('excluded.upvotes'),
                comment_count: row.ref('excluded.comment_count'),
              }))
              .whereRef('paper_snapshots.at', '<=', 'excluded.at'),
          )
          .execute();
      }
    },
    async of(paperId) {
      const rows = await db
        .selectFrom('paper_snapshots')
        .selectAll()
        .where('paper_id', '=', paperId)
        .orderBy('day')
        .execute();
      return rows.map((row) => ({
        paperId: row.paper_id as PaperId, // put above
        at: row.at,
        ...(row.upvotes !== null && { upvotes: row.upvotes }),
        ...(row.comment_count !== null && { commentCount: row.comment_count }),
      }));
    },
  };
}
