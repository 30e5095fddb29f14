import { z } from 'zod';
import type { IncomingMessage } from '../bot/message.ts';
import { readNote } from '../bot/read-note.ts';

/** What a reply needs besides its message; kept in `replyTo` while the message waits. */
const ReplyTo = z.object({
  /** The channel, thread or direct channel that the question came from. */
  channel: z.string(),
  /** Of the interaction that asked: its reply is edited with it for a quarter of an hour. */
  token: z.string().optional(),
  /** The answer goes into a thread that is opened on the question. */
  opensThread: z.boolean().optional(),
  /** Whether the bot itself is in that place, and not only as somebody's own app. */
  isMember: z.boolean().optional(),
});
/** As `IncomingMessage.replyTo` keeps it. */
export type ReplyTo = z.infer<typeof ReplyTo>;

/** Where a reply stands; kept as the note of its place. */
const Placed = z.object({
  /** The channel or thread that it is in, where that is not the question's. */
  channel: z.string().optional(),
  /** Its first message. */
  message: z.string().optional(),
  /** How many of its further messages were sent. */
  further: z.number().optional(),
});
/** As `ReplyAddress.placed` gives it back. */
export type Placed = z.infer<typeof Placed>;

/** Either of them as text. */
export function writeNote(note: ReplyTo | Placed): string {
  return JSON.stringify(note);
}

/** What was written; where it cannot be read, the channel of the message. */
export function readReplyTo({ replyTo, channelId }: IncomingMessage): ReplyTo {
  return readNote(ReplyTo, replyTo) ?? { channel: channelId };
}

/** What was noted; nothing where it cannot be read. */
export function readPlaced(note: string | undefined): Placed {
  return readNote(Placed, note) ?? {};
}
