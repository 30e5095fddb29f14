import {
  type Client,
  PermissionFlagsBits,
  PermissionsBitField,
  type PermissionsString,
} from 'discord.js';

/** What the bot needs where it answers: to see, to answer, in threads too, with cards and files. */
const PERMISSIONS: readonly PermissionsString[] = [
  'ViewChannel',
  'SendMessages',
  'SendMessagesInThreads',
  'CreatePublicThreads',
  'EmbedLinks',
  'AttachFiles',
  // Else Discord takes no replies.
  'ReadMessageHistory',
];

/** All of them as one number, for the address that invites the bot. */
export function permissionBits(): bigint {
  return PERMISSIONS.reduce((bits, name) => bits | PermissionFlagsBits[name], 0n);
}

/** What of it is missing among the permissions that Discord gives as one number. */
export function missingOf(permissions: string): readonly string[] {
  return new PermissionsBitField(BigInt(permissions)).missing([...PERMISSIONS]).map(permissionName);
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
