import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Client,
  type GuildTextBasedChannel,
  type Message,
  PermissionFlagsBits,
  SnowflakeUtil,
} from 'discord.js';
import type { RoomParts } from './room.ts';
import { timeOf } from './snowflake.ts';

/** As long as somebody may still wait for an answer; the bot knows what it has taken before. */
const MISSED_MS = 15 * 60_000;
/** What was said last comes first: in a large server not every channel is looked at. */
const MOST_CHANNELS = 100;
const MOST_MESSAGES = 100;
const ATTEMPTS = 3;
const RETRY_MS = 500;

/**
 * Takes in what was said while no session stood, oldest first: Discord sends it to nobody. Only
 * channels and threads in which something was said are read. Direct channels are not among what
 * Discord lists: what was missed there stays so.
 */
export async function catchUp(
  client: Client,
  take: (message: Message) => Promise<void>,
  { log }: Pick<RoomParts, 'log'>,
): Promise<void> {
  const since = Date.now() - MISSED_MS;
  for (const channel of channelsSpokenIn(client, since)) {
    try {
      const messages = await readSince(channel, since);
      for (const message of messages.toReversed()) await take(message);
    } catch (err) {
      log.warn('discord.not-caught-up', { channel: channel.id, err });
    }
  }
}

function channelsSpokenIn(client: Client, since: number): readonly GuildTextBasedChannel[] {
  const { user } = client;
  if (user === null) return [];
  const last = ({ lastMessageId }: GuildTextBasedChannel) => timeOf(lastMessageId ?? '');
  return [...client.channels.cache.values()]
    .filter((channel) => channel.isTextBased())
    .filter((channel) => !channel.isDMBased())
    .filter((channel) => last(channel) > since)
    .filter((channel) => channel.permissionsFor(user)?.has(TO_READ) === true)
    .toSorted((one, other) => last(other) - last(one))
    .slice(0, MOST_CHANNELS);
}

const TO_READ = [PermissionFlagsBits.ViewChannel, PermissionFlagsBits.ReadMessageHistory];

/** The newest first, as Discord gives them. */
async function readSince(
  channel: GuildTextBasedChannel,
  since: number,
): Promise<readonly Message[]> {
  const after = SnowflakeUtil.generate({ timestamp: since }).toString();
  for (let attempt = 1; ; attempt += 1) {
    try {
      const found = await channel.messages.fetch({ after, limit: MOST_MESSAGES });
      return [...found.values()];
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
      await sleep(RETRY_MS * attempt);
    }
  }
}
