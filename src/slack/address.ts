import { z } from 'zod';
import type { IncomingMessage } from '../bot/message.ts';
import { readNote } from '../bot/read-note.ts';

/** What a reply needs besides its message; kept in `replyTo` while the message waits. */
const ReplyTo = z.object({
  /** Where the answer to a slash command goes; good for half an hour. */
  responseUrl: z.string().optional(),
  /** The asker's own workspace, which differs in channels shared between companies. */
  userTeam: z.string().optional(),
  /** Whether `messageId` is a message of Slack, that can be reacted to. */
  isMessage: z.boolean().optional(),
  /** The thread that a private answer may be posted in, instead of the channel itself. */
  shareIn: z.string().optional(),
});
/** As `IncomingMessage.replyTo` keeps it. */
export type ReplyTo = z.infer<typeof ReplyTo>;

/** Where a reply stands; kept as the note of its place. */
const Placed = z.object({
  /** The eyes are on the question. */
  isSeen: z.boolean().optional(),
  /** A message was begun; without its id nobody knows whether it stands. */
  isBegun: z.boolean().optional(),
  /** The message that grows or is edited. */
  ts: z.string().optional(),
});
/** As `ReplyAddress.placed` gives it back. */
export type Placed = z.infer<typeof Placed>;

/** Either of them as text. */
export function writeNote(note: ReplyTo | Placed): string {
  return JSON.stringify(note);
}

/** What was written; nothing where it cannot be read. */
export function readReplyTo({ replyTo }: Pick<IncomingMessage, 'replyTo'>): ReplyTo {
  return readNote(ReplyTo, replyTo) ?? {};
}

/** What was noted; nothing where it cannot be read. */
export function readPlaced(note: string | undefined): Placed {
  return readNote(Placed, note) ?? {};
}
