import { type Client, PermissionFlagsBits, type PermissionsString } from 'discord.js';

/** What the bot needs where it answers, and why. */
export const PERMISSIONS: Readonly<Partial<Record<PermissionsString, string>>> = {
  ViewChannel: 'to see the channel',
  SendMessages: 'to answer',
  SendMessagesInThreads: 'to answer in threads',
  CreatePublicThreads: 'to open a thread on a question',
  EmbedLinks: 'to show its cards',
  AttachFiles: 'to send BibTeX files',
  ReadMessageHistory: 'to reply to messages',
};

/** All of them as one number, for the address that invites the bot. */
export function permissionBits(): bigint {
  return names().reduce((bits, name) => bits | PermissionFlagsBits[name], 0n);
}

/** What Discord's pages call a permission: "Send Messages in Threads". */
export function permissionName(name: string): string {
  return name.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').replace(/ In /g, ' in ');
}

/** What the bot needs to answer in a channel and has not; nothing where that is not known. */
export function missingIn(client: Client, channelId: string): readonly string[] {
  const channel = client.channels.cache.get(channelId);
  if (channel === undefined || channel.isDMBased() || client.user === null) return [];
  const needed: PermissionsString[] = [
    'ViewChannel',
    channel.isThread() ? 'SendMessagesInThreads' : 'SendMessages',
    'ReadMessageHistory',
  ];
  const held = channel.permissionsFor(client.user);
  return held === null ? [] : held.missing(needed).map(permissionName);
}

function names(): readonly PermissionsString[] {
  // The record above has these keys and no others.
  return Object.keys(PERMISSIONS) as PermissionsString[];
}
