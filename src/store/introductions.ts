import type { Kysely } from 'kysely';
import type { Introductions } from '../bot/introductions.ts';
import type { Tables } from './tables.ts';

/** Introductions in the table of that name. */
export function createIntroductions(db: Kysely<Tables>): Introductions {
  return {
    async claim({ platform, workspaceId, channelId }) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('introductions')
        .values({ platform, workspace_id: workspaceId, channel_id: channelId })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirstOrThrow();
      return numInsertedOrUpdatedRows === 1n;
    },
  };
}
