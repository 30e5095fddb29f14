import { setTimeout as sleep } from 'node:timers/promises';
import type { BaseInteraction } from 'discord.js';
import type { IncomingMessage } from '../bot/message.ts';
import type { Received } from '../bot/receive.ts';
import { within } from '../llm/time-limit.ts';
import { acknowledge, orApologise, placeOf, replyToOf } from './interactions.ts';
import { writeNote } from './notes.ts';
import { renderRefusal } from './render-result.ts';
import type { RoomParts } from './room.ts';

/** A question put by a command or a form; its words may have to be looked up. */
export interface Asked {
  readonly text: string | (() => Promise<string>);
  /** As the person chose; else as the channel's settings want it. */
  readonly isPrivate?: boolean;
}

/** Discord waits three seconds for a sign, and what it then shows to whom cannot be changed. */
const SETTINGS_MS = 300;

/** Long enough for the store, short enough for Discord. */
const STORE_MS = 600;

/**
 * Queues the question, then acknowledges it: what a process had only acknowledged when it died
 * would be lost with it. A store that is slow keeps nobody waiting for the sign. The reply comes
 * through the reply door.
 */
export async function ask(
  interaction: BaseInteraction,
  asked: Asked,
  parts: RoomParts,
): Promise<void> {
  const isPrivate = asked.isPrivate ?? (await isPrivateThere(interaction, parts));
  const received = receive(interaction, { ...asked, isPrivate }, parts);
  const isQueued = received.catch(() => {}); // told below
  const acknowledged = Promise.race([isQueued, sleep(STORE_MS)]).then(() =>
    // Of a copy too: its first one may have been queued by a process that is gone.
    acknowledge(interaction, { isPrivate }, parts),
  );
  parts.acknowledgements.note(interaction.id, acknowledged);
  await acknowledged;
  await orApologise(interaction, async () => refuse(interaction, await received, parts), parts);
}

/** Where the store is too slow to tell, the answer is for the asker alone. */
async function isPrivateThere(interaction: BaseInteraction, { bot }: RoomParts): Promise<boolean> {
  const { workspaceId, channelId, isDirect } = placeOf(interaction);
  if (isDirect) return false;
  const place = { platform: 'discord', workspaceId, channelId } as const;
  try {
    return (await within(SETTINGS_MS, () => bot.settingsIn(place))).isPrivate;
  } catch {
    return true;
  }
}

async function receive(interaction: BaseInteraction, asked: Asked, parts: RoomParts) {
  return parts.bot.receive(await questionOf(interaction, asked, parts));
}

/** Says so where the bot has left a question alone. */
async function refuse(
  { token }: BaseInteraction,
  received: Received,
  { api }: RoomParts,
): Promise<void> {
  if (received.kind !== 'ignored' || received.because === 'duplicate') return;
  await api.editOriginal(token, renderRefusal('I cannot answer that. Ask me with words, please.'));
}

async function questionOf(
  interaction: BaseInteraction,
  { text, isPrivate = false }: Asked,
  { roots }: RoomParts,
): Promise<IncomingMessage> {
  const { workspaceId, channelId, threadId, isDirect } = placeOf(interaction);
  const { user } = interaction;
  const root = threadId && (await roots.ofThread({ parentId: channelId, threadId }));
  // A direct channel is one conversation, whether it is written in or commanded.
  const conversation = root ?? (isDirect ? '' : undefined);
  return {
    platform: 'discord',
    workspaceId,
    channelId,
    kind: 'command',
    ...(conversation !== undefined && { threadId: conversation }),
    messageId: interaction.id,
    author: { id: user.id, isBot: user.bot, isSelf: false, displayName: user.displayName },
    text: typeof text === 'string' ? text : await text(),
    at: interaction.createdAt.toISOString(),
    isPrivate,
    replyTo: writeNote(replyToOf(interaction)),
  };
}
