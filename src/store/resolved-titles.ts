import type { Kysely } from 'kysely';
import type { PaperId } from '../papers/paper.ts';
import type { ResolvedTitle, ResolvedTitles } from '../papers/resolve-titles.ts';
import type { Tables } from './tables.ts';

const MOST_AT_ONCE = 500;

/** What was asked of titles, in the table `resolved_titles`. */
export function createResolvedTitles(db: Kysely<Tables>): ResolvedTitles {
  return {
    async of(ids) {
      const found = new Map<PaperId, ResolvedTitle>();
      for (let at = 0; at < ids.length; at += MOST_AT_ONCE) {
        const some = ids.slice(at, at + MOST_AT_ONCE);
        const rows = await db
          .selectFrom('resolved_titles')
          .selectAll()
          .where('title_id', 'in', some)
          .execute();
        for (const row of rows) {
          const titleId = row.title_id as PaperId; // put below
          const { arxiv_id: arxivId, asked_at: askedAt } = row;
          found.set(titleId, { titleId, askedAt, ...(arxivId !== null && { arxivId }) });
        }
      }
      return found;
    },
    async put({ titleId, arxivId, askedAt }) {
      const facts = { arxiv_id: arxivId ?? null, asked_at: askedAt };
      await db
        .insertInto('resolved_titles')
        .values({ title_id: titleId, ...facts })
        .onConflict((conflict) => conflict.column('title_id').doUpdateSet(facts))
        .execute();
    },
  };
}
