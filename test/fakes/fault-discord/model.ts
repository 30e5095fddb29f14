/** JSON as it goes over the wire. */
export type Json = Readonly<Record<string, unknown>>;

export const CHANNEL = {
  text: 0,
  dm: 1,
  voice: 2,
  announcement: 5,
  thread: 11,
  forum: 15,
} as const;
export type ChannelKind = keyof typeof CHANNEL;

export const FLAG = {
  suppressEmbeds: 4,
  ephemeral: 64,
  loading: 128,
  componentsV2: 32_768,
} as const;

export const INTENT = {
  guilds: 1 << 0,
  members: 1 << 1,
  presences: 1 << 8,
  guildMessages: 1 << 9,
  guildReactions: 1 << 10,
  directMessages: 1 << 12,
  directReactions: 1 << 13,
  messageContent: 1 << 15,
} as const;

export const PERMISSION = {
  AddReactions: 1n << 6n,
  ManageGuild: 1n << 5n,
  ViewChannel: 1n << 10n,
  SendMessages: 1n << 11n,
  ManageMessages: 1n << 13n,
  EmbedLinks: 1n << 14n,
  AttachFiles: 1n << 15n,
  ReadMessageHistory: 1n << 16n,
  UseApplicationCommands: 1n << 31n,
  CreatePublicThreads: 1n << 35n,
  SendMessagesInThreads: 1n << 38n,
} as const;
export type PermissionName = keyof typeof PERMISSION;

/** What the bot was given when it was invited; a channel may take some of it away. */
export const BOT_PERMISSIONS = Object.entries(PERMISSION)
  .filter(([name]) => !name.startsWith('Manage'))
  .reduce((all, [, bit]) => all | bit, 0n);

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly isBot: boolean;
  isManager: boolean;
  /** They take no direct messages from the bot. */
  isClosed: boolean;
}

export interface Guild {
  readonly id: string;
  readonly name: string;
  /** False where somebody only installed the app for themselves. */
  readonly hasBot: boolean;
  /** What the bot was not given when it was brought there. */
  denied?: bigint;
}

export interface Channel {
  readonly id: string;
  readonly kind: ChannelKind;
  name: string;
  /** None in a direct channel. */
  readonly guildId?: string;
  /** Of a thread. */
  readonly parentId?: string;
  readonly ownerId?: string;
  /** The other side of a direct channel. */
  readonly withId?: string;
  /** What the bot may not do here. */
  denied: bigint;
  isLocked: boolean;
  isArchived: boolean;
}

export interface StoredFile {
  readonly id: string;
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface StoredMessage {
  readonly id: string;
  readonly channelId: string;
  readonly author: Person;
  content: string;
  embeds: readonly Json[];
  components: readonly Json[];
  files: readonly StoredFile[];
  flags: number;
  readonly replyTo?: string;
  readonly mentions: readonly string[];
  readonly nonce?: string;
  /** The interaction that it answers. */
  readonly interactionId?: string;
  /** Who alone sees it. */
  readonly onlyFor?: string;
  readonly reactions: string[];
  edits: number;
  isDeleted: boolean;
  isCrossposted: boolean;
}

export const INTERACTION = { command: 2, component: 3, autocomplete: 4, modal: 5 } as const;
export type InteractionKind = keyof typeof INTERACTION;

export interface StoredInteraction {
  readonly id: string;
  readonly token: string;
  readonly kind: InteractionKind;
  readonly person: Person;
  readonly channelId: string;
  /** The message whose button was pressed, or that had the button that opened the modal. */
  readonly onMessage?: StoredMessage;
  /** By an app that somebody installed for themselves, where the bot is not. */
  readonly isUserInstall: boolean;
  readonly data: Json;
  readonly sentAt: number;
  /** What it was answered with first. */
  callback?: { readonly type: number; readonly data: Json };
  originalId?: string;
  followUps: number;
}

/** Answers that a REST call gets instead of a result. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: number;

  constructor(status: number, code: number, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}
