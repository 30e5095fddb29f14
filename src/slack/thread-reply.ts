import { z } from 'zod';
import type { Failure } from '../bot/failure.ts';
import type { Delivery, Final, Reply, ReplyAddress } from '../bot/reply.ts';
import { readPlaced, readReplyTo, writeNote } from './address.ts';
import { renderSentence } from './answer-body.ts';
import type { Rendered } from './blocks.ts';
import { createGrowingMessage, type GrowingMessage, type StreamParts } from './growing-message.ts';
import { markSeen, showStatus, unmark } from './presence.ts';
import { renderAnswer } from './render-answer.ts';
import { renderFinal, renderRefusal } from './render-result.ts';
import { callPatiently, isForGood, orForGood, sendMessage } from './send.ts';
import { setSession } from './session.ts';
import { SlackApiError } from './slack-api.ts';
import { withStreams } from './stream-state.ts';

/** The type of the metadata that marks our replies; every member of a channel can read it. */
export const REPLY_MARK = 'footnote_reply';

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
  /** Another process, or an attempt that was cut off, has begun it: a stream of its may stand. */
  readonly #wasBegun: boolean;
  #isSeen: boolean;
  #ts: string | undefined;
  #streamed = 0;

  constructor(address: ReplyAddress, parts: StreamParts) {
    const { message, placed, deliveryKey } = address;
    const { isSeen = false, ts } = readPlaced(placed);
    this.#address = address;
    this.#parts = parts;
    this.#channel = message.channelId;
    this.#threadTs = message.threadId ?? message.messageId;
    this.#wasBegun = isSeen && ts === undefined;
    this.#isSeen = isSeen;
    this.#ts = ts;
    const teamId = readReplyTo(message).userTeam ?? message.workspaceId;
    const place = {
      channel: this.#channel,
      threadTs: this.#threadTs,
      metadata: markOf(deliveryKey),
      placed: (stands: string) => this.#placed(stands),
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
    const mayStand = this.#ts !== undefined || this.#wasBegun;
    if (mayStand && this.#growing.ts === undefined) return;
    this.#streamed += 1;
    const text = renderSentence(sentence, citations);
    await this.#growing.add(this.#streamed === 1 ? text : ` ${text}`);
  }

  final(final: Final, delivery: Delivery): Promise<void> {
    return this.#end(delivery, async () => {
      if (final.kind === 'answer' && (await this.#endStream(final))) return;
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
      if (this.#isSeen || isRepeat) {
        const parts = { ...this.#parts, signal };
        await Promise.all([unmark(this.#where, parts), setSession(this.#where, 'closed', parts)]);
      }
    }
  }

  async #endStream({ turn }: Final & { kind: 'answer' }): Promise<boolean> {
    if (this.#growing.ts === undefined) return false;
    const { above, body, below } = renderAnswer(turn, { isPrivate: false });
    return this.#growing.finish(above.length > 0 ? '' : body, below);
  }

  async #deliver(message: Rendered, { isRepeat, signal }: Delivery): Promise<void> {
    await this.#growing.finish('', []);
    const mayStand = isRepeat || this.#wasBegun || this.#growing.mayStand;
    if (this.#ts === undefined && mayStand) this.#ts = await this.#find(signal);
    if (this.#ts !== undefined && (await this.#edit(this.#ts, message, signal))) return;
    const metadata = markOf(this.#address.deliveryKey);
    const args = { channel: this.#channel, thread_ts: this.#threadTs, metadata };
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
      await this.#parts.api.call('chat.stopStream', { channel: this.#channel, ts }, signal);
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

  /**
   * The reply that was posted by a call whose end we did not see: it has our mark, or it is a stream
   * that was never ended, which has none. A thread has one question in work at a time.
   */
  async #find(signal: AbortSignal): Promise<string | undefined> {
    const { ts, isMessage } = this.#where;
    const args = {
      channel: this.#channel,
      ts: this.#threadTs,
      include_all_metadata: true,
      limit: 100,
      ...(isMessage && { oldest: ts }),
    };
    try {
      const found = await callPatiently('conversations.replies', args, { ...this.#parts, signal });
      const { messages } = Replies.parse(found);
      const key = this.#address.deliveryKey;
      const marked = messages.find((each) => keyOf(each) === key);
      return (marked ?? messages.findLast((each) => this.#isUnfinished(each)))?.ts;
    } catch (error) {
      // Where we may not look, an answer that stands twice is better than none.
      if (isForGood(error)) return undefined;
      throw error;
    }
  }

  #isUnfinished(message: FoundReply): boolean {
    const { botUserId, botId } = this.#parts.self;
    const { user, bot_id, ts } = message;
    const isOurs = user === botUserId || (bot_id !== undefined && bot_id === botId);
    const isLater = Number(ts) > Number(this.#address.message.messageId);
    return isOurs && isLater && keyOf(message) === undefined;
  }

  get #where() {
    const { message } = this.#address;
    const { isMessage = true } = readReplyTo(message);
    return { channel: this.#channel, threadTs: this.#threadTs, ts: message.messageId, isMessage };
  }

  #placed(ts: string): Promise<void> {
    this.#ts = ts;
    return this.#note();
  }

  #note(): Promise<void> {
    const ts = this.#ts === undefined ? {} : { ts: this.#ts };
    return this.#address.place(writeNote({ isSeen: this.#isSeen, ...ts }));
  }
}

const FoundReply = z.object({
  ts: z.string(),
  user: z.string().optional(),
  bot_id: z.string().optional(),
  metadata: z
    .object({ event_payload: z.object({ key: z.string().optional().catch(undefined) }).optional() })
    .optional()
    .catch(undefined),
});
type FoundReply = z.infer<typeof FoundReply>;
const Replies = z.object({ messages: z.array(FoundReply).default([]) });

function keyOf({ metadata }: FoundReply): string | undefined {
  return metadata?.event_payload?.key;
}

function markOf(key: string) {
  return { event_type: REPLY_MARK, event_payload: { key } };
}
