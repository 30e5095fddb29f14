import type { Bot } from './bot.ts';
import type { Platform } from './message.ts';
import type { ReplyDoor } from './reply.ts';

/** A place on a platform where the bot may answer, such as a workspace; its token is good. */
export interface ChatRoom {
  readonly platform: Platform;
  /** For whoever started it: the platform, and where or as whom there. */
  readonly name: string;
  readonly door: ReplyDoor;
  /** Hands the bot what comes in from now on. Throws FootnoteError `config` or `network`. */
  connect(bot: Bot): Promise<ChatConnection>;
}

/** A running connection to a platform. */
export interface ChatConnection {
  /** Rejects with a FootnoteError when the platform will not have us any more; else never ends. */
  readonly broken?: Promise<never>;
  /** Takes in nothing more and lets what is being taken in end; replies go on until the bot closes. */
  close(): Promise<void>;
}
