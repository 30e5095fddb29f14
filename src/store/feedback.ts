import type { Kysely } from 'kysely';
import type { FeedbackStore } from '../bot/feedback.ts';
import type { Tables } from './tables.ts';

/** Votes in the table `feedback`. */
export function createFeedbackStore(db: Kysely<Tables>): FeedbackStore {
  return {
    async put({ answerId, platform, authorId, vote, at }) {
      await db
        .insertInto('feedback')
        .values({ answer_id: answerId, platform, author_id: authorId, vote, at })
        .onConflict((conflict) =>
          conflict
            .columns(['answer_id', 'platform', 'author_id'])
            .doUpdateSet({ vote, at })
            .where('feedback.at', '<=', at),
        )
        .execute();
    },
    async count(answerId) {
      const rows = await db
        .selectFrom('feedback')
        .select((column) => ['vote', column.fn.countAll<number>().as('people')])
        .where('answer_id', '=', answerId)
        .groupBy('vote')
        .execute();
      const of = (vote: string) => Number(rows.find((row) => row.vote === vote)?.people ?? 0);
      return { up: of('up'), down: of('down') };
    },
  };
}
