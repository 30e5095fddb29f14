import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, Events, type Message, type REST } from 'discord.js';
import type { ChatConnection } from '../bot/chat-room.ts';
import { FootnoteError } from '../errors.ts';
import { within } from '../llm/time-limit.ts';
import { catchUp } from './catch-up.ts';
import { onTokenRefused } from './client.ts';
import { DiscordError } from './discord-error.ts';
import { explainClose, explainLogin, tokenRefused } from './explain.ts';
import { handleInteraction } from './handle-interaction.ts';
import { readMessage } from './read-message.ts';
import type { RoomParts } from './room.ts';

interface Connecting {
  readonly client: Client;
  /** By which the room calls Discord. */
  readonly rest: REST;
  readonly token: string;
}

const LOGIN_ATTEMPTS = 4;
const LOGIN_WAIT_MS = 1_000;
const READY_MS = 60_000;
/** The gateway stays open when a token is refused: only a call over HTTP tells. */
const HEALTH_MS = 60_000;

/** Connects the bot. Throws FootnoteError `config` or `network` where that fails. */
export async function connectDiscord(
  { client, rest, token }: Connecting,
  parts: RoomParts,
): Promise<ChatConnection> {
  const underWay = new Set<Promise<unknown>>();
  const lost = Promise.withResolvers<Error>();
  listen(client, parts, underWay);
  client.on(Events.ShardDisconnect, ({ code }) => lost.resolve(explainClose(code)));
  await logIn(client, token, parts);
  for (const each of [rest, client.rest]) {
    onTokenRefused(each, () => lost.resolve(tokenRefused()));
  }
  const health = setInterval(() => checkHealth(parts, lost.resolve), HEALTH_MS);
  health.unref();
  return {
    lost: lost.promise,
    async close() {
      clearInterval(health);
      await client.destroy();
      await Promise.allSettled(underWay);
    },
  };
}

async function logIn(client: Client, token: string, { log }: RoomParts): Promise<void> {
  const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve));
  for (let attempt = 1; ; attempt += 1) {
    try {
      await client.login(token);
      await within(READY_MS, () => ready);
      return;
    } catch (error) {
      const explained = explainLogin(error);
      const isWorthIt = explained instanceof FootnoteError && explained.code === 'network';
      if (!isWorthIt || attempt === LOGIN_ATTEMPTS) {
        await client.destroy();
        throw explained;
      }
      log.warn('discord.login-failed', { attempt, ...explained.facts });
      await sleep(LOGIN_WAIT_MS * 2 ** attempt);
    }
  }
}

async function checkHealth(
  { api, log }: RoomParts,
  end: (error: FootnoteError) => void,
): Promise<void> {
  try {
    await api.self();
  } catch (error) {
    log.warn('discord.unwell', { err: error });
    if (error instanceof DiscordError && error.status === 401) end(tokenRefused(error));
  }
}

/** What happens and what people call and press. Nothing that fails here may reach the client. */
function listen(client: Client, parts: RoomParts, underWay: Set<Promise<unknown>>): void {
  const { bot, log } = parts;
  const noted = (kind: string, work: Promise<unknown>) => {
    const quiet = work
      .catch((err: unknown) => log('discord.not-taken-in', { kind, err }))
      .finally(() => underWay.delete(quiet));
    underWay.add(quiet);
  };
  const take = async (message: Message) => {
    const read = await readMessage(message, parts);
    if (read !== undefined) await bot.receive(read);
  };
  client.on(Events.MessageCreate, (message) => noted('message', take(message)));
  // A session that is new, not resumed: what came before it is not sent again.
  client.on(Events.ShardReady, () => noted('missed', catchUp(client, take, parts)));
  client.on(Events.InteractionCreate, (interaction) =>
    noted('interaction', handleInteraction(interaction, parts)),
  );
  client.on(Events.Error, (error) => log('discord.failed', { err: error }));
  client.on(Events.ShardError, (error) => log.warn('discord.shard-failed', { err: error }));
  client.on(Events.Warn, (reason) => log.warn('discord.warned', { reason }));
}
