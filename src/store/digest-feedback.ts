import { type Kysely, sql } from 'kysely';
import type { DigestPlace } from '../digest/subscription.ts';
import type { DigestFeedback } from '../digest/taste.ts';
import type { PaperId } from '../papers/paper.ts';
import { placeColumns } from './digest-place.ts';
import type { Tables } from './tables.ts';

const VOTE_KEY = ['platform', 'workspace_id', 'channel_id', 'paper_id', 'author_id'] as const;

/** Likes and dislikes in `digest_votes`, muted topics in `digest_muted`. */
export function createDigestFeedback(db: Kysely<Tables>): DigestFeedback {
  return {
    async vote({ place, paperId, authorId, vote, at }) {
      const row = { ...placeColumns(place), paper_id: paperId, author_id: authorId, vote, at };
      await db
        .insertInto('digest_votes')
        .values(row)
        .onConflict((conflict) =>
          conflict
            .columns(VOTE_KEY)
            .doUpdateSet({ vote, at })
            // A vote that comes late does not replace one given after it.
            .where('digest_votes.at', '<=', at),
        )
        .execute();
    },
    votes: (place, limit) => votes(db, place, limit),
    async mute(place, topic, at) {
      await db
        .insertInto('digest_muted')
        .values({ ...placeColumns(place), topic, at })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
    async unmute(place, topic) {
      const gone = await db
        .deleteFrom('digest_muted')
        .where((column) => column.and(placeColumns(place)))
        .where('topic', '=', topic)
        .executeTakeFirst();
      return gone.numDeletedRows > 0n;
    },
    async muted(place) {
      const rows = await db
        .selectFrom('digest_muted')
        .select('topic')
        .where((column) => column.and(placeColumns(place)))
        .orderBy('at')
        .execute();
      return rows.map(({ topic }) => topic);
    },
  };
}

async function votes(db: Kysely<Tables>, place: DigestPlace, limit: number) {
  const rows = await db
    .selectFrom('digest_votes')
    .select((column) => [
      'paper_id',
      column.fn.max('at').as('latest'),
      countOf('more'),
      countOf('less'),
    ])
    .where((column) => column.and(placeColumns(place)))
    .where('vote', '<>', 'none')
    .groupBy('paper_id')
    .orderBy('latest', 'desc')
    .limit(limit)
    .execute();
  return rows.map(({ paper_id, more, less }) => ({
    paperId: paper_id as PaperId, // what paperId built was stored
    more: Number(more),
    less: Number(less),
  }));
}

function countOf(vote: 'more' | 'less') {
  return sql<number>`sum(case when vote = ${vote} then 1 else 0 end)`.as(vote);
}
