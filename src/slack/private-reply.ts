import type { Delivery, Final, Reply, ReplyAddress } from '../bot/reply.ts';
import { readReplyTo } from './address.ts';
import { note, type Rendered } from './blocks.ts';
import { markSeen, unmark } from './presence.ts';
import type { Audience } from './render-answer.ts';
import { renderFinal, renderRefusal } from './render-result.ts';
import { isAbsent, orForGood, sendMessage } from './send.ts';
import { sendFile } from './send-file.ts';
import { SlackApiError } from './slack-api.ts';
import type { StreamParts } from './stream-place.ts';
import { withStreams } from './stream-state.ts';

/**
 * A reply that only the asker sees: instead of what the slash command showed at once, else beside the
 * thread, else in the asker's direct messages. Sent again it stands twice only where Slack keeps no
 * address to replace it by.
 */
export function createPrivateReply(address: ReplyAddress, parts: StreamParts): Reply {
  const { responseUrl, isMessage = true } = readReplyTo(address.message);
  const { channelId: channel, messageId: ts, threadId: threadTs = ts } = address.message;
  const question = { channel, ts, threadTs, isMessage };
  // A slash command has said at once that it searches.
  const isSigned = responseUrl === undefined && isMessage;
  const end = async (render: Render, delivery: Delivery) => {
    try {
      await deliver(render, { address, delivery, parts });
    } finally {
      const { signal } = delivery;
      if (isSigned) await unmark(question, { isStatusUp: false }, { ...parts, signal });
    }
  };
  return {
    async status(_, signal) {
      if (isSigned) await markSeen(question, { ...parts, signal });
    },
    async sentence() {},
    async final(final, delivery) {
      const shown = withStreams(
        await withoutFile(final, { address, delivery, parts }),
        parts.shared,
      );
      await end((audience) => renderFinal(shown, audience), delivery);
    },
    fail: ({ text }, delivery) => end(() => renderRefusal(text), delivery),
  };
}

/** Where a message comes to stand decides whether it can be shared from there. */
type Render = (audience: Audience) => Rendered;

interface Delivering {
  readonly address: ReplyAddress;
  readonly delivery: Delivery;
  readonly parts: StreamParts;
}

/** Channels show files to everybody: they go by direct message. */
async function withoutFile(final: Final, { address, parts }: Delivering): Promise<Final> {
  if (final.kind !== 'result' || final.result.kind !== 'file') return final;
  await sendFile(final.result, { userId: address.message.author.id }, parts);
  const text = 'I sent it to you as a direct message.';
  return { kind: 'result', result: { kind: 'text', text } };
}

async function deliver(render: Render, delivering: Delivering): Promise<void> {
  const { address, delivery, parts } = delivering;
  const { responseUrl, shareIn } = readReplyTo(address.message);
  const isPrivate = isChannel(address.message.channelId);
  const message = render({ isPrivate, ...(shareIn !== undefined && { shareIn }) });
  if (responseUrl !== undefined) {
    const body = { response_type: 'ephemeral', replace_original: true, ...message };
    try {
      return await parts.api.respond(responseUrl, body, delivery.signal);
    } catch (error) {
      // Used up or too old; anything else may pass.
      if (!(error instanceof SlackApiError && /^http_4|foreign/.test(error.reason))) throw error;
    }
  }
  if (isPrivate && (await postInChannel(message, delivering))) return;
  await postDirectly(render({ isPrivate: false }), delivering);
}

/** False where the asker or the bot is not in that channel. */
async function postInChannel(
  message: Rendered,
  { address, delivery: { signal }, parts }: Delivering,
): Promise<boolean> {
  const { channelId: channel, author, threadId } = address.message;
  const args = { channel, user: author.id, ...(threadId !== undefined && { thread_ts: threadId }) };
  try {
    await sendMessage({ method: 'chat.postEphemeral', args, message, signal }, parts);
    return true;
  } catch (error) {
    if (isAbsent(error)) return false;
    throw orForGood(error);
  }
}

async function postDirectly(
  { text, blocks }: Rendered,
  { address, delivery: { signal }, parts }: Delivering,
): Promise<void> {
  const { channelId, author } = address.message;
  const why = 'I am not in the channel where you asked, so the answer comes here.';
  const shown = isChannel(channelId) ? [note(why), ...blocks] : blocks;
  const message = { text, blocks: shown };
  const args = { channel: author.id };
  await sendMessage({ method: 'chat.postMessage', args, message, signal }, parts);
}

/** Not a direct conversation, and not the Home tab or a shortcut that was called from anywhere. */
function isChannel(channelId: string): boolean {
  return /^[CG]/.test(channelId);
}
