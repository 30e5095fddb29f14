import type { Failure } from '../bot/failure.ts';
import type { Delivery, Final, Reply, ReplyAddress } from '../bot/reply.ts';
import { LIMITS } from './components.ts';
import { deliverMessages, partKey } from './deliver.ts';
import { deliverDirectly, isClosedToUs, orForGood } from './direct.ts';
import { isCode } from './discord-error.ts';
import { plainText } from './escape.ts';
import { createGrowingText } from './growing-text.ts';
import { type Placed, readPlaced, readReplyTo, writeNote } from './notes.ts';
import { type Outgoing, withMark } from './outgoing.ts';
import { createPacedEdits, type PacedEdits } from './paced-edits.ts';
import { renderFinal, renderRefusal } from './render-result.ts';
import type { ReplyParts } from './reply-door.ts';

/** Discord shows somebody as typing for ten seconds. */
const TYPING_MS = 8_000;

const NOT_DIRECT =
  'I could not write to you directly, and what I answer here is for the asker alone. Allow direct messages from this server in its privacy settings and ask again, or ask with /ask: only you see what it answers.';

/**
 * A reply as messages: in a thread that is opened on the question, in the thread or channel where it
 * stands, or in direct messages where the answer is for the asker alone.
 */
export function createChannelReply(address: ReplyAddress, parts: ReplyParts): Reply {
  return new ChannelReply(address, parts);
}

class ChannelReply implements Reply {
  readonly #address: ReplyAddress;
  readonly #parts: ReplyParts;
  readonly #text = createGrowingText();
  readonly #edits: PacedEdits;
  #placed: Placed;
  readonly #wasBegun: boolean;
  #mayStand: boolean;
  #typedAt = Number.NEGATIVE_INFINITY;

  constructor(address: ReplyAddress, parts: ReplyParts) {
    this.#address = address;
    this.#parts = parts;
    this.#placed = readPlaced(address.placed);
    // The channel is noted right before the first message is sent: a process may have died between.
    this.#wasBegun = this.#placed.channel !== undefined && this.#placed.message === undefined;
    this.#mayStand = this.#wasBegun;
    this.#edits = createPacedEdits({ ...parts, edit: (message) => this.#show(message) });
  }

  async status(_: string, signal: AbortSignal): Promise<void> {
    const { now, api } = this.#parts;
    if (this.#address.isPrivate || now() - this.#typedAt < TYPING_MS) return;
    this.#typedAt = now();
    const { channel } = readReplyTo(this.#address.message);
    await api.showTyping(this.#placed.channel ?? channel, signal);
  }

  async sentence(grown: Parameters<Reply['sentence']>[0]): Promise<void> {
    // It is looked for once, at the end: shown meanwhile, it could stand twice.
    if (this.#wasBegun) return;
    void this.#edits.show(this.#text.add(grown));
  }

  final(final: Final, delivery: Delivery): Promise<void> {
    const { isPrivate } = this.#address;
    return this.#deliver(renderFinal(final, { isQuestionShown: isPrivate }), delivery);
  }

  fail({ text }: Failure, delivery: Delivery): Promise<void> {
    return this.#deliver([renderRefusal(text)], delivery);
  }

  async #show(message: Outgoing): Promise<void> {
    const { api } = this.#parts;
    const channelId = await this.#channel();
    const key = partKey(this.#address.deliveryKey, 0);
    const marked = withMark(message, key);
    const { message: messageId } = this.#placed;
    if (messageId !== undefined) return api.edit({ channelId, messageId }, marked);
    // Until its id is known nobody can tell whether it stands.
    this.#mayStand = true;
    const id = await api.send(channelId, marked, { key, ...this.#answered(channelId) });
    await this.#note({ message: id });
  }

  async #deliver(messages: readonly Outgoing[], delivery: Delivery): Promise<void> {
    await this.#edits.stop();
    const { message: question, deliveryKey: key } = this.#address;
    const { message: standing } = this.#placed;
    const isRepeat = delivery.isRepeat || (this.#mayStand && standing === undefined);
    try {
      const channelId = await this.#channel(delivery.signal);
      const sending = {
        key,
        channelId,
        after: question.messageId,
        ...this.#answered(channelId),
        ...(standing !== undefined && { standing }),
        placed: (message: string) => this.#note({ message }),
      };
      await deliverMessages(messages, sending, {
        delivery: { ...delivery, isRepeat },
        parts: this.#parts,
      });
    } catch (error) {
      if (this.#address.isPrivate) return this.#sayNotDirect(error, delivery);
      if (!isClosedToUs(error)) throw orForGood(error);
      await deliverDirectly(messages, { address: this.#address, delivery, parts: this.#parts });
    }
  }

  /** Somebody who mentioned us, and takes no direct messages, would wait for good. */
  async #sayNotDirect(error: unknown, delivery: Delivery): Promise<void> {
    const { message, deliveryKey } = this.#address;
    if (!isCode(error, 'cannotDirect', 'cannotDirectYet') || message.kind !== 'mention') {
      throw orForGood(error);
    }
    const sending = {
      key: `${deliveryKey} not-direct`,
      channelId: readReplyTo(message).channel,
      after: message.messageId,
      replyTo: message.messageId,
      placed: async () => {},
    };
    try {
      await deliverMessages([renderRefusal(NOT_DIRECT)], sending, { delivery, parts: this.#parts });
    } catch (failure) {
      throw orForGood(failure);
    }
  }

  /** The channel that the reply is in; opens the thread or the direct channel the first time. */
  async #channel(signal?: AbortSignal): Promise<string> {
    const { channel = await this.#open(signal) } = this.#placed;
    if (this.#placed.channel === undefined) await this.#note({ channel });
    return channel;
  }

  async #open(signal: AbortSignal | undefined): Promise<string> {
    const { message, isPrivate } = this.#address;
    const { api, log } = this.#parts;
    if (isPrivate) return api.openDirect(message.author.id, signal);
    const { channel, opensThread = false } = readReplyTo(message);
    if (!opensThread) return channel;
    const name = plainText(message.text, LIMITS.threadName);
    try {
      const place = { channelId: channel, messageId: message.messageId };
      return await api.openThread(place, name, signal);
    } catch (error) {
      // Not permitted there, or the question is gone: the channel itself does.
      log.warn('discord.thread-not-opened', { err: error });
      return channel;
    }
  }

  /** The question, where it stands in the channel that the reply is in. */
  #answered(channelId: string): { readonly replyTo?: string } {
    const { message } = this.#address;
    return readReplyTo(message).channel === channelId ? { replyTo: message.messageId } : {};
  }

  #note(more: Placed): Promise<void> {
    this.#placed = { ...this.#placed, ...more };
    return this.#address.place(writeNote(this.#placed));
  }
}
