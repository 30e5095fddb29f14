import { CannotDeliver, type Delivery, type ReplyAddress } from '../bot/reply.ts';
import { plainMessage } from './components.ts';
import { deliverMessages } from './deliver.ts';
import { CODES, DiscordError, isCode } from './discord-error.ts';
import { escapeMarkdown, escapeWithin } from './escape.ts';
import { readReplyTo } from './notes.ts';
import type { Outgoing } from './outgoing.ts';
import type { ReplyParts } from './reply-door.ts';

/** Trying again is of no use after these. */
const FOR_GOOD: ReadonlySet<number> = new Set([
  CODES.unknownChannel,
  CODES.missingAccess,
  CODES.missingPermissions,
  CODES.cannotDirect,
  CODES.cannotDirectYet,
  CODES.threadLocked,
  CODES.blocked,
]);

interface Direct {
  readonly address: ReplyAddress;
  readonly delivery: Delivery;
  readonly parts: ReplyParts;
}

/** Sends a reply to its asker alone, since its own place is closed to us, and says why. */
export async function deliverDirectly(
  messages: readonly Outgoing[],
  { address, delivery, parts }: Direct,
): Promise<void> {
  const { message, deliveryKey } = address;
  // The reply to a command says itself what was asked.
  const asked = message.kind === 'command' ? '' : `\n-# Asked: ${escapeWithin(message.text, 300)}`;
  const why = plainMessage(`-# ${escapeMarkdown(whyDirect(address, parts))}${asked}`);
  try {
    const channelId = await parts.api.openDirect(message.author.id, delivery.signal);
    const sending = {
      key: `${deliveryKey} direct`,
      channelId,
      after: message.messageId,
      placed: async () => {},
    };
    await deliverMessages([why, ...messages], sending, { delivery, parts });
  } catch (error) {
    throw orForGood(error);
  }
}

function whyDirect({ message, isPrivate }: ReplyAddress, { missingIn }: ReplyParts): string {
  const { channel } = readReplyTo(message);
  const missing = missingIn(channel);
  if (missing.length > 0) {
    return `I may not answer where you asked. Whoever manages the server can give me there: ${missing.join(', ')}.`;
  }
  return isPrivate
    ? 'This answer took too long to be shown where you asked.'
    : 'I could not answer where you asked, so here is the answer.';
}

const CLOSED = [
  'unknownChannel',
  'missingAccess',
  'missingPermissions',
  'threadLocked',
  // By the server's own rules, for its words.
  'blocked',
] as const;

/** Whether nothing of ours, or not this, can be sent to that place. */
export function isClosedToUs(error: unknown): boolean {
  return isCode(error, ...CLOSED);
}

/** The error, as CannotDeliver where trying again is of no use. */
export function orForGood(error: unknown): unknown {
  const isOver =
    error instanceof DiscordError && error.code !== undefined && FOR_GOOD.has(error.code);
  return isOver ? new CannotDeliver(error.message, { cause: error }) : error;
}
