import { z } from 'zod';
import type { ConversationId } from '../answer/conversation.ts';
import type { IncomingMessage, Platform } from '../bot/message.ts';
import type { Lease, Outcome, QueuedQuestion } from '../bot/question-queue.ts';
import { readStored } from './stored-json.ts';
import type { QuestionRow } from './tables.ts';

// Loose: a field that is added to a message later comes back without being named here.
const storedMessage: z.ZodType<IncomingMessage> = z.looseObject({
  platform: z.custom<Platform>((value) => typeof value === 'string'),
  workspaceId: z.string(),
  channelId: z.string(),
  threadId: z.string().exactOptional(),
  messageId: z.string(),
  kind: z.enum(['mention', 'direct', 'thread-reply', 'channel-message', 'command']),
  author: z.looseObject({
    id: z.string(),
    isBot: z.boolean(),
    isSelf: z.boolean(),
    displayName: z.string(),
  }),
  text: z.string(),
  at: z.string(),
  replyTo: z.string().exactOptional(),
});

const OUTCOMES: readonly Outcome['kind'][] = [
  'answer',
  'failed',
  'nothing',
  'result',
  'refused',
  'stopped',
];

// Only we write it, and what it holds of papers and settings is rendered, not acted on.
const storedOutcome = z.custom<Outcome>(
  (value) => z.object({ kind: z.enum(OUTCOMES) }).safeParse(value).success,
);

/** The question of a row. Throws FootnoteError `index` when its JSON is not what we once wrote. */
export function rowToQuestion(row: QuestionRow, lease: Lease, file: string): QueuedQuestion {
  return {
    lease,
    message: messageOf(row, file),
    // The brand says that conversationIdOf built it, which was done before it was stored.
    conversationId: row.conversation_id as ConversationId,
    isPrivate: row.is_private === 1,
    isUnasked: row.is_unasked === 1,
    attempts: row.attempts,
    isStopped: row.is_stopped === 1,
    ...(row.placed !== null && { placed: row.placed }),
    ...(row.outcome !== null && { outcome: read(storedOutcome, row.outcome, { row, file }) }),
  };
}

/** The message of a row, under the same conditions. */
export function messageOf(row: Pick<QuestionRow, 'id' | 'message'>, file: string): IncomingMessage {
  return read(storedMessage, row.message, { row, file });
}

function read<T>(
  schema: z.ZodType<T>,
  json: string,
  { row, file }: { readonly row: Pick<QuestionRow, 'id'>; readonly file: string },
): T {
  return readStored(schema, json, {
    what: `question ${row.id}`,
    fact: { question: row.id },
    file,
    remedy: 'Move the file away to start a new one; past conversations are in that file only.',
  });
}
