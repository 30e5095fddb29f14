import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { SeenPapers } from '../digest/seen-papers.ts';
import type { DigestPlace } from '../digest/subscription.ts';
import type { PaperId } from '../papers/paper.ts';
import { placeColumns } from './digest-place.ts';
import type { Tables } from './tables.ts';

/** Parameters of one statement. */
const BATCH = 500;
/** Answers looked through for what they cited, the latest first. */
const MOST_ANSWERS = 2_000;

const citing = z.object({ citations: z.array(z.object({ paperId: z.string() })) });

/** What channels have seen, from the tables `digest_seen`, `questions` and `turns`. */
export function createSeenPapers(db: Kysely<Tables>): SeenPapers {
  return {
    async noteLinks(place, paperIds, at) {
      if (paperIds.length === 0) return;
      const columns = placeColumns(place);
      const rows = paperIds.slice(0, BATCH).map((id) => ({
        ...columns,
        paper_id: id,
        seen_by: 'link' as const,
        seen_at: at,
        text_hash: null,
        delivery_key: null,
      }));
      await db
        .insertInto('digest_seen')
        .values(rows)
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
    async known(place, paperIds) {
      const cited = await citedIn(db, place);
      const known = new Set(paperIds.filter((id) => cited.has(id)));
      for (let from = 0; from < paperIds.length; from += BATCH) {
        const rows = await seenIn(db, place)
          .select('paper_id')
          .where('paper_id', 'in', paperIds.slice(from, from + BATCH))
          .execute();
        for (const { paper_id } of rows) known.add(toId(paper_id));
      }
      return known;
    },
    async shown(place, limit) {
      const rows = await seenIn(db, place)
        .select(['paper_id', 'text_hash'])
        .where('seen_by', '=', 'digest')
        .orderBy('seen_at', 'desc')
        .limit(limit)
        .execute();
      return rows.map(({ paper_id, text_hash }) => ({
        paperId: toId(paper_id),
        ...(text_hash !== null && { textHash: text_hash }),
      }));
    },
    async abstractOf(textHash) {
      const row = await db
        .selectFrom('digest_texts')
        .select('abstract')
        .where('text_hash', '=', textHash)
        .executeTakeFirst();
      return row?.abstract;
    },
  };
}

function seenIn(db: Kysely<Tables>, place: DigestPlace) {
  return db.selectFrom('digest_seen').where((column) => column.and(placeColumns(place)));
}

/** What answers that a channel could see have cited; an answer that cannot be read cites nothing. */
async function citedIn(db: Kysely<Tables>, place: DigestPlace): Promise<ReadonlySet<string>> {
  const { platform, workspace_id, channel_id } = placeColumns(place);
  const rows = await db
    .selectFrom('questions as q')
    .innerJoin('turns', 'turns.answer_id', 'q.answer_id')
    .select('turns.answer')
    .where('q.platform', '=', platform)
    .where('q.workspace_id', '=', workspace_id)
    .where('q.channel_id', '=', channel_id)
    .where('q.is_private', '=', 0)
    .orderBy('q.sequence', 'desc')
    .limit(MOST_ANSWERS)
    .execute();
  return new Set(rows.flatMap(({ answer }) => citedBy(answer)));
}

function citedBy(json: string): readonly string[] {
  try {
    return citing.parse(JSON.parse(json)).citations.map(({ paperId }) => paperId);
  } catch {
    return [];
  }
}

function toId(paperId: string): PaperId {
  return paperId as PaperId; // what paperId built was stored
}
