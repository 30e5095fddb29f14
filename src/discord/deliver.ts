import type { Delivery } from '../bot/reply.ts';
import type { FoundMessage, MessagePlace } from './discord-api.ts';
import { isCode } from './discord-error.ts';
import { markOf, type Outgoing, withMark } from './outgoing.ts';
import type { ReplyParts } from './reply-door.ts';

/** Where and under which key the messages of a reply are sent. */
export interface Sending {
  readonly key: string;
  readonly channelId: string;
  /** Everything of the reply was sent after it. */
  readonly after: string;
  /** The message that it answers, in the same channel. */
  readonly replyTo?: string;
  /** The first of its messages, where that stands already. */
  readonly standing?: string;
  /** Told the id of the first message as soon as it stands. */
  placed(messageId: string): Promise<void>;
}

/**
 * Sends the messages of a reply one after the other. What stands already is edited, or left as it is
 * where it was sent whole; when a message may stand, it is looked for by its mark.
 */
export async function deliverMessages(
  messages: readonly Outgoing[],
  sending: Sending,
  { delivery, parts }: { readonly delivery: Delivery; readonly parts: ReplyParts },
): Promise<void> {
  const { signal, isRepeat } = delivery;
  const found = isRepeat ? await findSent(sending, { signal, parts }) : [];
  const known = { sending, signal, parts, isBlind: found === undefined };
  for (const [i, message] of messages.entries()) {
    const key = partKey(sending.key, i);
    const marked = withMark(message, key);
    const standing = (i === 0 ? sending.standing : undefined) ?? idOf(found ?? [], key);
    const isThere = standing !== undefined && (await edit(standing, marked, known));
    if (!isThere) await send(i, marked, { ...known, wasThere: standing !== undefined });
  }
}

/** The key of one message of a reply. */
export function partKey(key: string, part: number): string {
  return `${key} ${part}`;
}

interface SendingParts {
  readonly sending: Sending;
  readonly signal: AbortSignal;
  readonly parts: ReplyParts;
  /** Nobody could look whether something of the reply stands. */
  readonly isBlind: boolean;
}

async function send(
  part: number,
  message: Outgoing,
  { wasThere, ...known }: SendingParts & { readonly wasThere: boolean },
): Promise<void> {
  const { sending, signal, parts, isBlind } = known;
  const { channelId, replyTo } = sending;
  // Discord would take the key of a message that was deleted for that message.
  const key = `${partKey(sending.key, part)}${wasThere ? ' anew' : ''}`;
  const answered = part === 0 && replyTo !== undefined ? { replyTo } : {};
  const id = await parts.api.send(channelId, message, { key, signal, ...answered });
  if (part === 0) await sending.placed(id);
  // What Discord knew by its key stands as it was begun.
  if (isBlind) await edit(id, message, known);
}

/** False where somebody has deleted what stood there. */
async function edit(
  messageId: string,
  message: Outgoing,
  { sending, signal, parts }: Pick<SendingParts, 'sending' | 'signal' | 'parts'>,
): Promise<boolean> {
  try {
    await parts.api.edit({ channelId: sending.channelId, messageId }, message, signal);
    return true;
  } catch (error) {
    if (isCode(error, 'unknownMessage')) return false;
    throw error;
  }
}

async function findSent(
  { channelId, after }: Sending,
  { signal, parts }: Pick<SendingParts, 'signal' | 'parts'>,
): Promise<readonly FoundMessage[] | undefined> {
  try {
    const place: MessagePlace = { channelId, messageId: after };
    const found = await parts.api.messagesAfter(place, signal);
    return found.filter(({ author }) => author.id === parts.self.userId);
  } catch (error) {
    // Where we may not look, Discord's own memory for keys has to do.
    if (isCode(error, 'missingAccess', 'missingPermissions')) return undefined;
    throw error;
  }
}

function idOf(found: readonly FoundMessage[], key: string): string | undefined {
  const mark = markOf(key);
  return found.find(({ components }) => components.some(({ id }) => id === mark))?.id;
}
