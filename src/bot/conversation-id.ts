import type { ConversationId } from '../answer/conversation.ts';
import type { ChannelPlace, IncomingMessage } from './message.ts';

type Placed = ChannelPlace & Pick<IncomingMessage, 'kind' | 'threadId' | 'messageId' | 'author'>;

/**
 * The conversation that a message belongs to: its thread, within its channel, within its workspace.
 * Without a thread a direct message belongs to the whole direct channel and any other stands alone,
 * so that nothing asked in a channel is remembered beyond its thread. What is answered in private
 * is a conversation of its asker alone. The colons keep it out of the links of the web pages.
 */
export function conversationIdOf(message: Placed, isPrivate: boolean): ConversationId {
  const { platform, workspaceId, channelId, threadId, messageId, kind, author } = message;
  const thread = threadId ?? (kind === 'direct' ? '' : messageId);
  const parts = [platform, workspaceId, channelId, thread, ...(isPrivate ? [author.id] : [])];
  // The one builder of these ids: no part can hold the colon that parts them.
  return parts.map(encodeURIComponent).join(':') as ConversationId;
}
