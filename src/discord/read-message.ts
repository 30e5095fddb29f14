import { ChannelType, type Message, PermissionFlagsBits } from 'discord.js';
import type { IncomingMessage, MessageKind } from '../bot/message.ts';
import { isQuestionLike } from '../bot/question-like.ts';
import { readText } from './message-text.ts';
import { type ReplyTo, writeNote } from './notes.ts';
import type { RoomParts } from './room.ts';

/** Where a thread can be opened on a message. */
export const WITH_THREADS: readonly ChannelType[] = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
];
const FORUMS: readonly ChannelType[] = [ChannelType.GuildForum, ChannelType.GuildMedia];

/** A message as what somebody wrote; undefined for our own and for what Discord itself says. */
export async function readMessage(
  message: Message,
  { self, roots }: Pick<RoomParts, 'self' | 'roots'>,
): Promise<IncomingMessage | undefined> {
  const { author, channelId, id } = message;
  const guildId = message.inGuild() ? message.guildId : undefined;
  if (message.system || author.id === self.userId) return undefined;
  const read = readContext(message, self.userId);
  const thread = await threadOf(message, { read, roots });
  const note: ReplyTo = { channel: channelId, isMember: true };
  return {
    platform: 'discord',
    // Each direct channel is a workspace of its own: nobody uses up the quota of others there.
    workspaceId: guildId ?? channelId,
    channelId: thread.channelId,
    kind: read.kind,
    ...(thread.threadId !== undefined && { threadId: thread.threadId }),
    messageId: id,
    author: {
      id: author.id,
      isBot: author.bot || message.webhookId !== null,
      isSelf: false,
      displayName: author.displayName,
    },
    text: read.text,
    at: message.createdAt.toISOString(),
    ...(read.isToOthers && { isToOthers: true }),
    isAdmin: guildId === undefined || isManager(message),
    replyTo: writeNote(opensThread(message, read) ? { ...note, opensThread: true } : note),
  };
}

interface Read {
  readonly kind: MessageKind;
  readonly text: string;
  readonly isToOthers: boolean;
  /** The message of ours that it replies to. */
  readonly repliesToUs?: string;
}

function readContext(message: Message, botUserId: string): Read {
  const { content, reference, channel, mentions } = message;
  const said = readText(content, botUserId);
  const replied =
    mentions.repliedUser ?? channel.messages.cache.get(reference?.messageId ?? '')?.author;
  const repliesToUs = replied?.id === botUserId ? reference?.messageId : undefined;
  const isPinged = mentions.has(botUserId, { ignoreEveryone: true, ignoreRoles: true });
  const isCalled = said.isToBot || isPinged;
  const repliesToOthers = replied != null && repliesToUs === undefined;
  return {
    kind: kindOf(message, {
      isDirect: !message.inGuild(),
      isCalled,
      isReply: repliesToUs !== undefined,
    }),
    text: textOf(message, said.text, isCalled),
    isToOthers: !isCalled && (said.isToOthers || repliesToOthers),
    ...(repliesToUs !== undefined && { repliesToUs }),
  };
}

function kindOf(
  message: Message,
  { isDirect, isCalled, isReply }: Readonly<Record<'isDirect' | 'isCalled' | 'isReply', boolean>>,
): MessageKind {
  if (isDirect) return 'direct';
  if (isCalled) return 'mention';
  if (isPost(message)) return 'channel-message';
  return isReply || message.channel.isThread() ? 'thread-reply' : 'channel-message';
}

/** The first message of a forum's post. */
function isPost({ channel, id }: Message): boolean {
  return channel.isThread() && channel.id === id && isForum(channel.parent?.type);
}

function isForum(type: ChannelType | undefined): boolean {
  return type !== undefined && FORUMS.includes(type);
}

/**
 * A post asks with its title too. Somebody who only mentions us in a reply means what that says, as
 * far as Discord shows it to us.
 */
function textOf(message: Message, text: string, isCalled: boolean): string {
  const { channel, reference } = message;
  if (isPost(message) && channel.isThread()) return postText(channel.name, text);
  if (!isCalled || text !== '' || reference?.messageId === undefined) return text;
  const meant = channel.messages.cache.get(reference.messageId);
  return meant === undefined || meant.author.bot ? text : readText(meant.content, '').text;
}

/** A title that asks says it best: what is told below it is not what the papers must speak of. */
function postText(title: string, text: string): string {
  return isQuestionLike(title) ? title : `${title}: ${text}`;
}

/** The channel that a message counts to, and the conversation it goes on with. */
async function threadOf(
  { channel, channelId }: Message,
  { read, roots }: { readonly read: Read; readonly roots: RoomParts['roots'] },
): Promise<{ readonly channelId: string; readonly threadId?: string }> {
  if (channel.isThread() && channel.parentId !== null) {
    const { parentId } = channel;
    // Nothing can be done with a message without words: its thread is not looked up.
    const isRoot = isForum(channel.parent?.type) || read.text === '';
    const threadId = isRoot ? channelId : await roots.ofThread({ parentId, threadId: channelId });
    return { channelId: parentId, threadId };
  }
  if (read.repliesToUs === undefined || read.kind === 'direct') return { channelId };
  return { channelId, threadId: await roots.ofMessage({ channelId, messageId: read.repliesToUs }) };
}

function isManager({ member }: Message): boolean {
  return member?.permissions.has(PermissionFlagsBits.ManageGuild) ?? false;
}

/** A mention in a channel is answered in a thread on it; a reply is answered where it stands. */
function opensThread({ channel, reference }: Message, { kind }: Read): boolean {
  return kind === 'mention' && reference === null && WITH_THREADS.includes(channel.type);
}
