import { randomUUID } from 'node:crypto';
import type { ChatRoom } from '../bot/chat-room.ts';
import type { DiscordChoice } from '../config/discord.ts';
import { createAcknowledgements } from '../discord/acknowledgements.ts';
import { createClient, createRest } from '../discord/client.ts';
import { connectDiscord } from '../discord/connect.ts';
import { explain } from '../discord/explain.ts';
import { missingIn } from '../discord/permissions.ts';
import { createReplyDoor } from '../discord/reply-door.ts';
import { createDiscordApi, readSelf } from '../discord/rest-api.ts';
import { createRoots } from '../discord/roots.ts';
import type { Log } from '../log.ts';

/** Opens the bot of the token. Throws FootnoteError `config` or `network`. */
export async function openDiscord(choice: DiscordChoice, log: Log): Promise<ChatRoom> {
  const rest = createRest(choice, log);
  const self = await readSelf(rest).catch((error) => {
    throw explain(error);
  });
  const api = createDiscordApi(rest, self);
  const client = createClient(choice);
  const acknowledgements = createAcknowledgements();
  return {
    platform: 'discord',
    name: `Discord, as ${self.name}`,
    door: createReplyDoor({
      api,
      self,
      acknowledgements,
      log,
      now: () => performance.now(),
      clock: Date.now,
      missingIn: (channelId) => missingIn(client, channelId),
    }),
    connect(bot) {
      const roots = createRoots({ api, self });
      const parts = { bot, api, self, roots, acknowledgements, log, newId: randomUUID };
      return connectDiscord({ client, rest, token: choice.token }, parts);
    },
  };
}
