import type { Payload } from './http.ts';
import type { MessageBody } from './message-totals.ts';
import { CHANNEL, FLAG, INTENT, type StoredFile, type StoredMessage } from './model.ts';
import type { Site } from './site.ts';
import { messageJson, withoutContent } from './wire.ts';
import type { World } from './world.ts';

const MOST_FLAGS = FLAG.suppressEmbeds | FLAG.componentsV2 | FLAG.ephemeral;

/** The fields of a stored message that a checked payload sets. */
export function fieldsOf({ body, files }: Payload, world: World): Partial<StoredMessage> {
  const { content, embeds, components, flags } = body as MessageBody; // its schema was held against it
  return {
    ...(content !== undefined && { content: content ?? '' }),
    ...(embeds !== undefined && { embeds: embeds ?? [] }),
    ...(components !== undefined && { components: components ?? [] }),
    ...(flags != null && { flags: flags & MOST_FLAGS }),
    ...(files.length > 0 && { files: filesOf(files, world) }),
  };
}

function filesOf(files: Payload['files'], { clock }: World): readonly StoredFile[] {
  return files.map((file) => ({ id: clock.newId(), ...file }));
}

/** A message of the app appears to everybody who may see it. */
export function announce(message: StoredMessage, site: Site): void {
  if (message.onlyFor !== undefined) return;
  site.gateway.dispatch({ event: 'MESSAGE_CREATE', ...seen(message, site) });
}

/** Changes a message as an edit does: what it does not name stays. */
export function edit(message: StoredMessage, payload: Payload, site: Site): void {
  const { flags = 0, ...fields } = fieldsOf(payload, site.world);
  Object.assign(message, fields);
  message.flags = (message.flags & ~FLAG.loading) | flags;
  message.edits += 1;
  if (message.onlyFor !== undefined) return;
  site.gateway.dispatch({ event: 'MESSAGE_UPDATE', ...seen(message, site) });
}

export function remove(message: StoredMessage, { world, gateway }: Site): void {
  message.isDeleted = true;
  const { id, channelId: channel_id } = message;
  const { guildId: guild_id } = world.channel(channel_id);
  const intent = guild_id === undefined ? INTENT.directMessages : INTENT.guildMessages;
  gateway.dispatch({ event: 'MESSAGE_DELETE', intent, data: { id, channel_id, guild_id } });
}

/** How clients with and without the intent for content see a message. */
export function seen(message: StoredMessage, { world }: Pick<Site, 'world'>) {
  const { kind, guildId } = world.channel(message.channelId);
  const data = { ...messageJson(message, world), channel_type: CHANNEL[kind] };
  const isDirect = guildId === undefined;
  const intent = isDirect ? INTENT.directMessages : INTENT.guildMessages;
  const isShown = isDirect || message.author.isBot || isToTheApp(message, world);
  return { intent, data, stripped: isShown ? data : withoutContent(data) };
}

/** It names the app, or replies with a ping to a message of it that answers no interaction. */
function isToTheApp({ content, mentions, replyTo }: StoredMessage, world: World): boolean {
  if (new RegExp(`<@!?${world.bot.id}>`).test(content)) return true;
  const answered = world.messages.get(replyTo ?? '');
  return mentions.includes(world.bot.id) && answered?.interactionId === undefined;
}
