import type { Author, IncomingMessage } from '../../src/bot/message.ts';

let messages = 0;

interface MessageFields extends Partial<Omit<IncomingMessage, 'author'>> {
  readonly author?: Partial<Author>;
}

/** A mention in a channel by a person; every one a new message unless it is given an id. */
export function makeMessage({ author, ...fields }: MessageFields = {}): IncomingMessage {
  messages += 1;
  return {
    platform: 'slack',
    workspaceId: 'T1',
    channelId: 'C1',
    messageId: `m${messages}`,
    kind: 'mention',
    text: `What is question ${messages}?`,
    at: new Date().toISOString(),
    author: { id: 'U1', isBot: false, isSelf: false, displayName: 'Ada', ...author },
    ...fields,
  };
}
