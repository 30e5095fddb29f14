import { type Kysely, sql } from 'kysely';
import { z } from 'zod';
import type { SettingsStore } from '../bot/channel-settings.ts';
import type { ChannelPlace } from '../bot/message.ts';
import { FootnoteError } from '../errors.ts';
import type { Tables } from './tables.ts';

const year = z.number();

const storedSettings = z.object({
  answerMode: z.enum(['mentions', 'questions', 'everything']).exactOptional(),
  followUps: z.boolean().exactOptional(),
  isPrivate: z.boolean().exactOptional(),
  isMuted: z.boolean().exactOptional(),
  papers: z
    .object({
      sources: z.array(z.string()).exactOptional(),
      fromYear: year.exactOptional(),
      toYear: year.exactOptional(),
    })
    .exactOptional(),
});

/** Settings in the table `channel_settings`; `file` is named in errors about them. */
export function createSettingsStore(db: Kysely<Tables>, file: string): SettingsStore {
  return {
    get: (place) => get(db, place, file),
    change: (place, change) =>
      db.transaction().execute(async (transaction) => {
        const settings = JSON.stringify({ ...(await get(transaction, place, file)), ...change });
        await transaction
          .insertInto('channel_settings')
          .values({ ...keyOf(place), settings })
          .onConflict((conflict) =>
            conflict.columns(['platform', 'workspace_id', 'channel_id']).doUpdateSet({ settings }),
          )
          .execute();
      }),
    async muteThread(id, isMuted) {
      const row = { conversation_id: id };
      const muting = isMuted
        ? db
            .insertInto('muted_threads')
            .values(row)
            .onConflict((conflict) => conflict.doNothing())
        : db.deleteFrom('muted_threads').where('conversation_id', '=', id);
      await muting.execute();
    },
    async isThreadMuted(id) {
      const row = await db
        .selectFrom('muted_threads')
        .select(sql<number>`1`.as('muted'))
        .where('conversation_id', '=', id)
        .executeTakeFirst();
      return row !== undefined;
    },
  };
}

async function get(db: Kysely<Tables>, place: ChannelPlace, file: string) {
  const { platform, workspace_id, channel_id } = keyOf(place);
  const row = await db
    .selectFrom('channel_settings')
    .select('settings')
    .where('platform', '=', platform)
    .where('workspace_id', '=', workspace_id)
    .where('channel_id', '=', channel_id)
    .executeTakeFirst();
  return row === undefined ? {} : read(row.settings, { place, file });
}

function read(
  json: string,
  { place, file }: { readonly place: ChannelPlace; readonly file: string },
) {
  try {
    return storedSettings.parse(JSON.parse(json));
  } catch (cause) {
    throw new FootnoteError(
      'index',
      `The settings of the channel ${place.channelId} in ${file} cannot be read: something else changed them. Delete their row in channel_settings to begin with the defaults.`,
      { cause, facts: { file, ...place } },
    );
  }
}

function keyOf({ platform, workspaceId, channelId }: ChannelPlace) {
  return { platform, workspace_id: workspaceId, channel_id: channelId };
}
