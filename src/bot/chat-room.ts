import type { DigestDoor } from '../digest/digest-door.ts';
import type { Bot } from './bot.ts';
import type { Platform } from './message.ts';
import type { ReplyDoor } from './reply.ts';

/** A place on a platform where the bot may answer, such as a workspace; its token is good. */
export interface ChatRoom {
  readonly platform: Platform;
  /** For whoever started it: the platform, and which part of it. */
  readonly name: string;
  readonly door: ReplyDoor;
  /** Without one, no digests are posted there. */
  readonly digestDoor?: DigestDoor;
  /** Hands the bot what comes in from now on. Throws FootnoteError `config` or `network`. */
  connect(bot: Bot): Promise<ChatConnection>;
}

/** A running connection to a platform. */
export interface ChatConnection {
  /** Settles where the platform will never let us in again, with what to do about it. */
  readonly lost?: Promise<Error>;
  /** Takes in nothing more and lets what is being taken in end; replies go on until the bot closes. */
  close(): Promise<void>;
}
