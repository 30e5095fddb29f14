import type { Failure } from '../bot/failure.ts';
import type { Delivery, Final, Reply, ReplyAddress } from '../bot/reply.ts';
import { deliverMessages, partKey } from './deliver.ts';
import { deliverDirectly, isClosedToUs, orForGood } from './direct.ts';
import { isCode } from './discord-error.ts';
import { createGrowingText, renderStatus } from './growing-text.ts';
import { type Placed, readPlaced, readReplyTo, writeNote } from './notes.ts';
import { type Outgoing, withMark } from './outgoing.ts';
import { createPacedEdits, type PacedEdits } from './paced-edits.ts';
import { renderFinal, renderRefusal } from './render-result.ts';
import type { ReplyParts } from './reply-door.ts';
import { timeOf } from './snowflake.ts';

/** A quarter of an hour, and a little less for clocks that differ. */
const TOKEN_MS = 14.5 * 60_000;

const BLOCKED =
  'The rules of this server (AutoMod) do not let me show this answer here. Ask me in a direct message.';

/**
 * A reply to a slash command or a form: the message that says "thinking" is edited until it is the
 * answer. Once Discord does not take its token any more, the answer comes as a message of its own.
 */
export function createInteractionReply(address: ReplyAddress, parts: ReplyParts): Reply {
  return new InteractionReply(address, parts);
}

class InteractionReply implements Reply {
  readonly #address: ReplyAddress;
  readonly #parts: ReplyParts;
  readonly #token: string;
  readonly #text = createGrowingText();
  readonly #edits: PacedEdits;
  #placed: Placed;

  constructor(address: ReplyAddress, parts: ReplyParts) {
    this.#address = address;
    this.#parts = parts;
    this.#token = readReplyTo(address.message).token ?? '';
    this.#placed = readPlaced(address.placed);
    this.#edits = createPacedEdits({ ...parts, edit: (message) => this.#edit(message) });
  }

  async status(text: string): Promise<void> {
    const { isEarly } = this.#edits;
    const shown = this.#edits.show(renderStatus(text));
    // The last one before a restart has to be seen; the first one keeps no answer waiting.
    if (!isEarly) await shown;
  }

  async sentence(grown: Parameters<Reply['sentence']>[0]): Promise<void> {
    void this.#edits.show(this.#text.add(grown));
  }

  final(final: Final, delivery: Delivery): Promise<void> {
    const { isPrivate, message } = this.#address;
    const { isMember = false, channel } = readReplyTo(message);
    const isInChannel = message.threadId === undefined && channel === message.channelId;
    // In a direct channel there is nobody else.
    const isDirect = message.threadId === '';
    const view = {
      mayShare: isPrivate && !isDirect,
      isQuestionShown: true,
      mayOpenThread: !isPrivate && isMember && isInChannel,
    };
    return this.#deliver(renderFinal(final, view), delivery);
  }

  fail({ text }: Failure, delivery: Delivery): Promise<void> {
    return this.#deliver([renderRefusal(text)], delivery);
  }

  async #edit(message: Outgoing, signal?: AbortSignal): Promise<void> {
    const { deliveryKey, message: question } = this.#address;
    const marked = withMark(message, partKey(deliveryKey, 0));
    await this.#parts.acknowledgements.ended(question.messageId);
    await this.#parts.api.editOriginal(this.#token, marked, signal);
  }

  async #deliver(messages: readonly Outgoing[], delivery: Delivery): Promise<void> {
    await this.#edits.stop();
    const [first, ...further] = messages;
    if (first === undefined) return;
    try {
      if (this.#isExpired) return await this.#deliverLate(messages, delivery);
      await this.#edit(first, delivery.signal);
    } catch (error) {
      // The sign that we think is there: it must not stay.
      if (isCode(error, 'blocked')) return this.#edit(renderRefusal(BLOCKED), delivery.signal);
      if (!isCode(error, ...TOKEN_GONE)) throw orForGood(error);
      return this.#deliverLate(messages, delivery);
    }
    await this.#followUp(further, delivery);
  }

  /** Further messages cannot be looked for where they are private: each is noted when it is sent. */
  async #followUp(messages: readonly Outgoing[], { signal }: Delivery): Promise<void> {
    const { isPrivate: isEphemeral, deliveryKey } = this.#address;
    const { further: sent = 0 } = this.#placed;
    for (const [i, message] of messages.entries()) {
      if (i < sent) continue;
      const marked = withMark(message, partKey(deliveryKey, i + 1));
      await this.#parts.api.followUp(this.#token, marked, { isEphemeral, signal });
      await this.#note({ further: i + 1 });
    }
  }

  /** As messages of the channel; what only the asker may see, and what may not be sent, directly. */
  async #deliverLate(messages: readonly Outgoing[], delivery: Delivery): Promise<void> {
    const { message, isPrivate, deliveryKey: key } = this.#address;
    const { isMember = false, channel: channelId } = readReplyTo(message);
    const direct = { address: this.#address, delivery, parts: this.#parts };
    if (isPrivate || !isMember) return deliverDirectly(messages, direct);
    const { message: standing } = this.#placed;
    const sending = {
      key,
      channelId,
      after: message.messageId,
      ...(standing !== undefined && { standing }),
      placed: (id: string) => this.#note({ message: id }),
    };
    try {
      // What was begun with the token is in the channel, and is edited there.
      const again = { ...delivery, isRepeat: true };
      await deliverMessages(messages, sending, { delivery: again, parts: this.#parts });
    } catch (error) {
      if (!isClosedToUs(error)) throw orForGood(error);
      await deliverDirectly(messages, direct);
    }
  }

  get #isExpired(): boolean {
    return this.#parts.clock() - timeOf(this.#address.message.messageId) > TOKEN_MS;
  }

  #note(more: Placed): Promise<void> {
    this.#placed = { ...this.#placed, ...more };
    return this.#address.place(writeNote(this.#placed));
  }
}

/** The token has run out, the reply was never there, or somebody has deleted it. */
const TOKEN_GONE = [
  'tokenExpired',
  'unknownWebhook',
  'unknownInteraction',
  'unknownMessage',
] as const;
