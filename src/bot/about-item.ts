import { type DigestReplies, questionAbout } from '../digest/digest-replies.ts';
import { commandInMessage } from './commands/parse-command.ts';
import type { IncomingMessage } from './message.ts';
import { isQuestionLike } from './question-like.ts';

/**
 * The message as a question about a paper, where it stands under a digest and it is known which paper
 * of it is meant; else the message as it is. Thanks and commands stay what they are. Throws what the
 * store throws.
 */
export async function aboutItem(
  message: IncomingMessage,
  replies: Pick<DigestReplies, 'itemOf'>,
): Promise<IncomingMessage> {
  const { threadId, messageId, text, kind } = message;
  if (threadId === undefined || threadId === messageId || !mayAsk(message)) return message;
  const item = await replies.itemOf(message, threadId, text);
  if (item === undefined) return message;
  const asked = { ...message, text: questionAbout(item, text) };
  return kind === 'thread-reply' ? { ...asked, isUnderOurs: true } : asked;
}

function mayAsk(message: IncomingMessage): boolean {
  const { text, kind, author } = message;
  if (author.isSelf || text.trim() === '' || commandInMessage(message) !== undefined) return false;
  if (kind === 'mention' || kind === 'direct') return true;
  return kind === 'thread-reply' && isQuestionLike(text);
}
