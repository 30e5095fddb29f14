import type { ConversationId } from '../../src/answer/conversation.ts';
import type { AcceptRequest } from '../../src/bot/question-queue.ts';
import { makeMessage } from '../bot/make-message.ts';

export const MINUTE = 60_000;
export const MANY = { perPersonAnHour: 1_000, perWorkspaceADay: 10_000 };
const START = Date.parse('2026-03-01T12:00:00.000Z');

/** So many milliseconds after the start of all tests. */
export const at = (ms: number): Date => new Date(START + ms);
export const isoAt = (ms: number): string => at(ms).toISOString();

/** A message to be taken in at the start, under quotas that nobody reaches. */
export function makeAcceptRequest(
  id: string,
  message = makeMessage(),
  changes: Partial<AcceptRequest> = {},
): AcceptRequest {
  return {
    id,
    message,
    conversationId: `thread-of-${id}` as ConversationId, // one that no other message has
    isPrivate: false,
    isUnasked: false,
    quotas: MANY,
    now: at(0),
    ...changes,
  };
}
