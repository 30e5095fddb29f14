/** Where a team talks. */
export type Platform = 'slack' | 'discord';

/** A channel, or a direct conversation with the bot; threads count to the channel they are in. */
export interface ChannelPlace {
  readonly platform: Platform;
  readonly workspaceId: string;
  readonly channelId: string;
}

/** Who wrote a message. */
export interface Author {
  readonly id: string;
  readonly isBot: boolean;
  /** Whether the message is our own. */
  readonly isSelf: boolean;
  /** Untrusted text. */
  readonly displayName: string;
}

/** How a message came; `command` is a question asked by a slash command, a menu or a button. */
export type MessageKind = 'mention' | 'direct' | 'thread-reply' | 'channel-message' | 'command';

/** What somebody wrote, in the same form whatever the platform. It is stored while it waits. */
export interface IncomingMessage extends ChannelPlace {
  readonly kind: MessageKind;
  /** The thread it stands in, or will be answered in; without one see `conversationIdOf`. */
  readonly threadId?: string;
  /** The same for every copy of the message: all are answered once. */
  readonly messageId: string;
  readonly author: Author;
  /** Without the mention of the bot and without markup of the platform. */
  readonly text: string;
  /** When it was written, ISO 8601, UTC. */
  readonly at: string;
  /** Only the asker sees the answer; the channel's settings may want that as well. */
  readonly isPrivate?: boolean;
  /** Another person is mentioned in it and the bot is not. */
  readonly isToOthers?: boolean;
  /** It stands under something that the bot posted by itself, and asks about it. */
  readonly isUnderOurs?: boolean;
  /** The author may change settings here, as the platform said when the message came. */
  readonly isAdmin?: boolean;
  /** A channel that the author looks at: answers come from the papers that are chosen there. */
  readonly papersOf?: string;
  /** What the platform needs to reply after a restart; only its own room reads it. */
  readonly replyTo?: string;
}
