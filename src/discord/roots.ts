import type { DiscordApi, FoundMessage, MessagePlace, Self } from './discord-api.ts';

/** Finds the question that a conversation began with; its id stands for the conversation. */
export interface Roots {
  /** Of the message that a thread was opened on. */
  ofThread(thread: { readonly parentId: string; readonly threadId: string }): Promise<string>;
  /** Of a message that somebody replies to. */
  ofMessage(place: MessagePlace): Promise<string>;
}

interface RootsParts {
  readonly api: Pick<DiscordApi, 'message'>;
  readonly self: Pick<Self, 'userId'>;
}

const REMEMBERED = 5_000;
/** Questions and answers in turn, as far as a reply is followed up. */
const MOST_STEPS = 8;

/**
 * Nothing of this is stored: a thread has the id of the message it was opened on, our messages reply
 * to the question, and the reply of an interaction names it. Where Discord does not show a message,
 * its own id does.
 */
export function createRoots({ api, self }: RootsParts): Roots {
  const known = new Map<string, Promise<string>>();
  const remember = (id: string, root: Promise<string>) => {
    known.set(id, root);
    const [oldest] = known.keys();
    if (known.size > REMEMBERED && oldest !== undefined) known.delete(oldest);
    return root;
  };
  const read = (place: MessagePlace) => api.message(place).catch(() => undefined);
  const isOurs = (message: FoundMessage | undefined) => message?.author.id === self.userId;

  const find = async ({ channelId, messageId }: MessagePlace): Promise<string> => {
    let id = messageId;
    for (let step = 0; step < MOST_STEPS; step += 1) {
      const message = await read({ channelId, messageId: id });
      if (message === undefined) return id;
      if (isOurs(message) && message.interaction_metadata) return message.interaction_metadata.id;
      const repliedTo = message.message_reference?.message_id;
      if (repliedTo === undefined) return message.id;
      // A question that replies to a person begins a conversation of its own.
      if (!isOurs(message) && !isOurs(await read({ channelId, messageId: repliedTo }))) {
        return message.id;
      }
      id = repliedTo;
    }
    return id;
  };
  return {
    ofThread: ({ parentId, threadId }) =>
      known.get(threadId) ?? remember(threadId, find({ channelId: parentId, messageId: threadId })),
    ofMessage: (place) => known.get(place.messageId) ?? remember(place.messageId, find(place)),
  };
}
