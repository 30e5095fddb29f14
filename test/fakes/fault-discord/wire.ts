import { isoOf } from './clock.ts';
import {
  BOT_PERMISSIONS,
  CHANNEL,
  type Channel,
  FLAG,
  type Guild,
  INTERACTION,
  type Json,
  PERMISSION,
  type Person,
  type StoredInteraction,
  type StoredMessage,
} from './model.ts';
import type { World } from './world.ts';

const MANAGER = BOT_PERMISSIONS | PERMISSION.ManageGuild | PERMISSION.ManageMessages;
const JOINED = '2026-01-01T00:00:00.000000+00:00';
const MEGABYTE = 1_048_576;

export function userJson({ id, name, isBot }: Person): Json {
  const known = { discriminator: '0', global_name: name, avatar: null, flags: 0, public_flags: 0 };
  return { id, username: name.toLowerCase(), bot: isBot, ...known };
}

export function memberJson(person: Person): Json {
  const flags = { deaf: false, mute: false, flags: 0, pending: false, avatar: null, nick: null };
  return { user: userJson(person), roles: [], joined_at: JOINED, ...flags };
}

export function channelJson(channel: Channel, world: World): Json {
  const { id, kind, name, guildId, parentId, ownerId, withId, denied } = channel;
  const [last] = world.messagesIn(id).slice(-1);
  const common = { id, type: CHANNEL[kind], flags: 0, last_message_id: last?.id ?? null };
  if (kind === 'dm') {
    const other = world.people.get(withId ?? '');
    return { ...common, recipients: other === undefined ? [] : [userJson(other)] };
  }
  const overwrite = { id: world.bot.id, type: 1, allow: '0', deny: denied.toString() };
  const place = { name, guild_id: guildId, parent_id: parentId ?? null, position: 0, nsfw: false };
  if (kind !== 'thread') {
    return { ...common, ...place, topic: null, permission_overwrites: denied ? [overwrite] : [] };
  }
  const thread_metadata = {
    archived: channel.isArchived,
    locked: channel.isLocked,
    auto_archive_duration: 1_440,
    archive_timestamp: isoOf(id),
  };
  const counts = { message_count: 0, member_count: 1, total_message_sent: 0 };
  return { ...common, ...place, ...counts, owner_id: ownerId, thread_metadata };
}

export function guildJson({ id, name }: Guild, world: World): Json {
  const everyone = {
    id,
    name: '@everyone',
    permissions: BOT_PERMISSIONS.toString(),
    ...{ color: 0, hoist: false, position: 0, managed: false, mentionable: false, flags: 0 },
  };
  const within = [...world.channels.values()].filter(({ guildId }) => guildId === id);
  const json = (isThread: boolean) =>
    within
      .filter(({ kind }) => (kind === 'thread') === isThread)
      .map((channel) => channelJson(channel, world));
  const lists = { emojis: [], stickers: [], features: [], presences: [], voice_states: [] };
  const more = { stage_instances: [], guild_scheduled_events: [], soundboard_sounds: [] };
  return {
    ...{ id, name, ...lists, ...more, owner_id: id, unavailable: false, member_count: 2 },
    ...{ joined_at: JOINED, large: false, preferred_locale: 'en-US', roles: [everyone] },
    ...{ channels: json(false), threads: json(true), members: [memberJson(world.bot)] },
    ...{ afk_timeout: 300, verification_level: 0, mfa_level: 0, nsfw_level: 0, premium_tier: 0 },
    ...{ default_message_notifications: 0, explicit_content_filter: 0, system_channel_flags: 0 },
  };
}

export function messageJson(message: StoredMessage, world: World): Json {
  const { id, channelId, author, content, embeds, components, flags, replyTo } = message;
  const channel = world.channels.get(channelId);
  const referenced = replyTo === undefined ? undefined : world.messages.get(replyTo);
  const mentions = message.mentions.flatMap((each) => world.people.get(each) ?? []);
  const guild_id = channel?.guildId;
  return {
    ...{ id, channel_id: channelId, content, embeds, components, flags, type: replyTo ? 19 : 0 },
    ...{ author: userJson(author), mentions: mentions.map(userJson), mention_roles: [] },
    ...{ timestamp: isoOf(id), edited_timestamp: message.edits > 0 ? isoOf(id) : null },
    ...{ tts: false, pinned: false, mention_everyone: false, attachments: filesJson(message) },
    ...(message.nonce !== undefined && { nonce: message.nonce }),
    ...(guild_id !== undefined && { guild_id, member: withoutUser(memberJson(author)) }),
    ...(author.isBot && { application_id: world.appId }),
    ...(message.interactionId !== undefined && interactionMetadata(message, world)),
    ...(replyTo !== undefined && {
      message_reference: { message_id: replyTo, channel_id: channelId, guild_id },
      referenced_message: referenced === undefined ? null : messageJson(referenced, world),
    }),
  };
}

function interactionMetadata({ interactionId }: StoredMessage, world: World): Json {
  const interaction = world.interactions.get(interactionId ?? '');
  if (interaction === undefined) return {};
  const { id, kind, person } = interaction;
  const user = userJson(person);
  const metadata = { id, type: INTERACTION[kind], user, authorizing_integration_owners: {} };
  return { interaction_metadata: metadata, webhook_id: world.appId };
}

function filesJson({ files }: StoredMessage): readonly Json[] {
  return files.map(({ id, name, bytes }) => {
    const url = `https://cdn.discordapp.com/attachments/${id}/${name}`;
    return { id, filename: name, size: bytes.length, url, proxy_url: url };
  });
}

function withoutUser({ user: _, ...member }: Json): Json {
  return member;
}

export function interactionJson(interaction: StoredInteraction, world: World): Json {
  const { id, token, kind, person, channelId, data, onMessage, isUserInstall } = interaction;
  const channel = world.channel(channelId);
  const { guildId } = channel;
  const user = userJson(person);
  const permissions = (person.isManager ? MANAGER : BOT_PERMISSIONS).toString();
  const owners = isUserInstall ? { 1: person.id } : { 0: guildId ?? '0' };
  return {
    ...{ id, token, type: INTERACTION[kind], version: 1, application_id: world.appId, data },
    ...{ channel_id: channelId, channel: channelJson(channel, world), entitlements: [] },
    ...{ locale: 'en-US', authorizing_integration_owners: owners, context: guildId ? 0 : 1 },
    ...{ app_permissions: world.permissions(channel).toString() },
    attachment_size_limit: 10 * MEGABYTE,
    ...(guildId === undefined
      ? { user }
      : {
          guild_id: guildId,
          guild_locale: 'en-US',
          guild: { id: guildId, locale: 'en-US', features: [] },
          member: { ...memberJson(person), permissions },
        }),
    ...(onMessage !== undefined && { message: messageJson(onMessage, world) }),
  };
}

/** What of a message arrives without the intent for content. */
export function withoutContent(message: Json): Json {
  return { ...message, content: '', embeds: [], components: [], attachments: [] };
}

export function isEphemeral(flags: unknown): boolean {
  return typeof flags === 'number' && (flags & FLAG.ephemeral) !== 0;
}
