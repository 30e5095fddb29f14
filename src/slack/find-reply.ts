import { z } from 'zod';
import type { Question } from './presence.ts';
import { callPatiently, isForGood } from './send.ts';
import type { StreamParts } from './stream-place.ts';

/** The type of the metadata that marks our replies; every member of a channel can read it. */
export const REPLY_MARK = 'footnote_reply';

/** The mark of a reply: an id says nothing about what was asked. */
export function markOf(key: string) {
  return { event_type: REPLY_MARK, event_payload: { key } };
}

interface Looking {
  readonly question: Question;
  readonly key: string;
  readonly signal: AbortSignal;
}

/**
 * The reply that was posted by a call whose end we did not see: it has our mark, or it is a stream
 * that was never ended, which has none. A thread has one question in work at a time. Undefined where
 * there is none, or where we may not look: an answer that stands twice is better than none.
 */
export async function findReply(
  { question, key, signal }: Looking,
  parts: Pick<StreamParts, 'api' | 'self'>,
): Promise<string | undefined> {
  const { channel, threadTs, ts, isMessage } = question;
  const args = {
    channel,
    ts: threadTs,
    include_all_metadata: true,
    limit: 100,
    ...(isMessage && { oldest: ts }),
  };
  try {
    const found = await callPatiently('conversations.replies', args, { ...parts, signal });
    const { messages } = Replies.parse(found);
    const marked = messages.find((each) => keyOf(each) === key);
    return (marked ?? messages.findLast((each) => isUnfinished(each, ts, parts)))?.ts;
  } catch (error) {
    if (isForGood(error)) return undefined;
    throw error;
  }
}

const FoundReply = z.object({
  ts: z.string(),
  user: z.string().optional(),
  bot_id: z.string().optional(),
  metadata: z
    .object({ event_payload: z.object({ key: z.string().optional().catch(undefined) }).optional() })
    .optional()
    .catch(undefined),
});
type FoundReply = z.infer<typeof FoundReply>;
const Replies = z.object({ messages: z.array(FoundReply).default([]) });

function isUnfinished(
  message: FoundReply,
  after: string,
  { self: { botUserId, botId } }: Pick<StreamParts, 'self'>,
): boolean {
  const { user, bot_id, ts } = message;
  const isOurs = user === botUserId || (bot_id !== undefined && bot_id === botId);
  return isOurs && Number(ts) > Number(after) && keyOf(message) === undefined;
}

function keyOf({ metadata }: FoundReply): string | undefined {
  return metadata?.event_payload?.key;
}
