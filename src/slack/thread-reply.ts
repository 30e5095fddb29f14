import { z } from 'zod';
import type { Failure } from '../bot/failure.ts';
import type { Delivery, Final, Reply, ReplyAddress } from '../bot/reply.ts';
import { readPlaced, readReplyTo, writeNote } from './address.ts';
import { renderSentence } from './answer-body.ts';
import type { Rendered } from './blocks.ts';
import { findReply, markOf } from './find-reply.ts';
import { createGrowingMessage, type GrowingMessage } from './growing-message.ts';
import { markSeen, showStatus, unmark } from './presence.ts';
import { renderAnswer } from './render-answer.ts';
import { renderFinal, renderRefusal } from './render-result.ts';
import { callPatiently, orForGood, sendMessage } from './send.ts';
import { setSession } from './session.ts';
import { SlackApiError } from './slack-api.ts';
import type { StreamParts } from './stream-place.ts';
import { withStreams } from './stream-state.ts';

const Posted = z.object({ ts: z.string() });

/** A reply in the thread of its question, or in the thread that the question stands in. */
export function createThreadReply(address: ReplyAddress, parts: StreamParts): Reply {
  return new ThreadReply(address, parts);
}

class ThreadReply implements Reply {
  readonly #address: ReplyAddress;
  readonly #parts: StreamParts;
  readonly #channel: string;
  readonly #threadTs: string;
  readonly #growing: GrowingMessage;
  readonly #isTakenOver: boolean;
  #isSeen: boolean;
  #isBegun: boolean;
  #ts: string | undefined;
  #isStatusUp = false;
  #hasTurn = false;
  #streamed = 0;

  constructor(address: ReplyAddress, parts: StreamParts) {
    const { message, placed, deliveryKey } = address;
    const { isSeen = false, isBegun = false, ts } = readPlaced(placed);
    this.#address = address;
    this.#parts = parts;
    this.#channel = message.channelId;
    this.#threadTs = message.threadId ?? message.messageId;
    this.#isSeen = isSeen;
    this.#isBegun = isBegun;
    this.#ts = ts;
    this.#isTakenOver = isBegun || ts !== undefined;
    const teamId = readReplyTo(message).userTeam ?? message.workspaceId;
    const place = {
      channel: this.#channel,
      threadTs: this.#threadTs,
      metadata: markOf(deliveryKey),
      beginning: () => this.#beginning(),
      placed: (stands: string) => this.#placed(stands),
      stopped: () => void address.stop?.().catch(() => {}),
    };
    const recipient = { userId: message.author.id, teamId };
    this.#growing = createGrowingMessage(
      message.kind === 'direct' ? place : { ...place, recipient },
      parts,
    );
  }

  async status(text: string, signal: AbortSignal): Promise<void> {
    const isFirst = !this.#isSeen;
    this.#isSeen = true;
    this.#isStatusUp = true;
    await Promise.all([
      showStatus(this.#where, text, { ...this.#parts, signal }),
      ...(isFirst ? this.#begin(signal) : []),
    ]);
  }

  #begin(signal: AbortSignal): readonly Promise<void>[] {
    const { author, text } = this.#address.message;
    const session = { ...this.#where, title: text, userId: author.id };
    return [
      markSeen(this.#where, { ...this.#parts, signal }),
      setSession(session, 'active', { ...this.#parts, signal }),
      this.#note(),
    ];
  }

  async sentence({ sentence, citations }: Parameters<Reply['sentence']>[0]): Promise<void> {
    // A message that was begun before a restart is not streamed to again, but edited at the end.
    if (this.#isTakenOver) return;
    this.#streamed += 1;
    const text = renderSentence(sentence, citations);
    await this.#growing.add(this.#streamed === 1 ? text : ` ${text}`);
  }

  /** A message of its own waits for the channel; one that stands already is edited at once. */
  async ready(signal: AbortSignal): Promise<void> {
    const { pace } = this.#parts;
    if (pace === undefined || this.#hasTurn || this.#isBegun || this.#ts !== undefined) return;
    await pace.keep(this.#channel, signal);
    this.#hasTurn = true;
  }

  final(final: Final, delivery: Delivery): Promise<void> {
    return this.#end(delivery, async () => {
      if (final.kind === 'answer' && (await this.#endStream(final, delivery))) return;
      if (final.kind === 'result' && final.result.kind === 'file') {
        return this.#deliverFile(final.result, delivery);
      }
      const { isPrivate } = this.#address;
      const shown = withStreams(final, this.#parts.shared);
      await this.#deliver(renderFinal(shown, { isPrivate }), delivery);
    });
  }

  fail({ text }: Failure, delivery: Delivery): Promise<void> {
    return this.#end(delivery, () => this.#deliver(renderRefusal(text), delivery));
  }

  async #end({ isRepeat, signal }: Delivery, deliver: () => Promise<void>): Promise<void> {
    try {
      await deliver();
    } catch (error) {
      throw orForGood(error);
    } finally {
      if (this.#hasTurn) this.#parts.pace?.giveBack(this.#channel);
      this.#hasTurn = false;
      if (this.#isSeen || isRepeat) await this.#leave(isRepeat, signal);
    }
  }

  async #leave(isRepeat: boolean, signal: AbortSignal): Promise<void> {
    const parts = { ...this.#parts, signal };
    const sign = { isStatusUp: this.#isStatusUp || isRepeat || this.#isTakenOver };
    await Promise.all([unmark(this.#where, sign, parts), setSession(this.#where, 'closed', parts)]);
  }

  async #endStream({ turn }: Final & { kind: 'answer' }, { signal }: Delivery): Promise<boolean> {
    if (this.#growing.ts === undefined) return false;
    const { above, body, below } = renderAnswer(turn, { isPrivate: false });
    return this.#growing.finish(above.length > 0 ? '' : body, below, signal);
  }

  async #deliver(message: Rendered, { isRepeat, signal }: Delivery): Promise<void> {
    await this.#growing.finish('', []);
    const mayStand = isRepeat || this.#growing.mayStand || this.#isTakenOver;
    if (this.#ts === undefined && mayStand) this.#ts = await this.#find(signal);
    if (this.#ts !== undefined && (await this.#edit(this.#ts, message, signal))) return;
    const metadata = markOf(this.#address.deliveryKey);
    const args = { channel: this.#channel, thread_ts: this.#threadTs, metadata };
    this.#hasTurn = false;
    const posted = await sendMessage(
      { method: 'chat.postMessage', args, message, signal },
      this.#parts,
    );
    await this.#placed(Posted.parse(posted).ts);
  }

  /** False where somebody has deleted what stood there. */
  async #edit(ts: string, message: Rendered, signal: AbortSignal): Promise<boolean> {
    const edit = () => {
      const args = { channel: this.#channel, ts, metadata: markOf(this.#address.deliveryKey) };
      return sendMessage({ method: 'chat.update', args, message, signal }, this.#parts);
    };
    try {
      await edit();
    } catch (error) {
      const reason = error instanceof SlackApiError ? error.reason : '';
      if (reason === 'message_not_found') return false;
      if (reason !== 'streaming_state_conflict') throw error;
      // A stream that a process left open when it ended.
      const open = { channel: this.#channel, ts };
      await callPatiently('chat.stopStream', open, { ...this.#parts, signal });
      await edit();
    }
    return true;
  }

  async #deliverFile(
    file: { readonly name: string; readonly content: string; readonly text: string },
    { isRepeat, signal }: Delivery,
  ): Promise<void> {
    if (isRepeat && (await this.#find(signal)) !== undefined) return;
    const { channel, threadTs } = { channel: this.#channel, threadTs: this.#threadTs };
    const { name, content, text } = file;
    await this.#parts.api.upload({ channel, threadTs, name, content, comment: '' });
    await this.#deliver(
      renderFinal({ kind: 'result', result: { kind: 'text', text } }, { isPrivate: false }),
      {
        isRepeat: false,
        signal,
      },
    );
  }

  /** What stands there of us where nobody knows whether it does. */
  #find(signal: AbortSignal): Promise<string | undefined> {
    const { deliveryKey: key } = this.#address;
    return findReply({ question: this.#where, key, signal }, this.#parts);
  }

  get #where() {
    const { message } = this.#address;
    const { isMessage = true } = readReplyTo(message);
    return { channel: this.#channel, threadTs: this.#threadTs, ts: message.messageId, isMessage };
  }

  /** From here on a message may stand of which nobody knows the id. */
  async #beginning(): Promise<boolean> {
    this.#isBegun = true;
    const { begin } = this.#address;
    if (begin !== undefined) return begin(this.#noted());
    await this.#note();
    return true;
  }

  #placed(ts: string): Promise<void> {
    this.#ts = ts;
    // Slack takes the status away where a message comes.
    this.#isStatusUp = false;
    return this.#note();
  }

  #note(): Promise<void> {
    return this.#address.place(this.#noted());
  }

  #noted(): string {
    const ts = this.#ts === undefined ? {} : { ts: this.#ts };
    const begun = this.#isBegun ? { isBegun: true } : {};
    return writeNote({ isSeen: this.#isSeen, ...begun, ...ts });
  }
}
