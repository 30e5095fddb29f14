import type { ConversationId } from '../answer/conversation.ts';

const CONVERSATION = /^[\w-]{8,64}$/;
const ANSWER = /^[\w-]{1,64}$/;

/** A conversation's id as it stands in a link or a form; `undefined` when it cannot be one. */
export function parseConversationId(text: string): ConversationId | undefined {
  // The brand says that the form was checked, which is done here.
  return CONVERSATION.test(text) ? (text as ConversationId) : undefined;
}

/** Whether the text can be an answer's id: then it is safe in a path and as an HTML id. */
export function isAnswerId(text: string): boolean {
  return ANSWER.test(text);
}
