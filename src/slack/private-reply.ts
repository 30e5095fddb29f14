import type { Delivery, Final, Reply, ReplyAddress } from '../bot/reply.ts';
import { readReplyTo } from './address.ts';
import type { Rendered } from './blocks.ts';
import { markSeen, unmark } from './presence.ts';
import { renderFinal, renderRefusal } from './render-result.ts';
import { orForGood, type SendParts, sendMessage } from './send.ts';
import { SlackApiError } from './slack-api.ts';
import type { StreamParts } from './stream-place.ts';

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
  const end = async (message: Rendered, delivery: Delivery) => {
    try {
      await deliver(message, { address, delivery, parts });
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
    final: (final, delivery) => end(renderFinal(asText(final), { isPrivate: true }), delivery),
    fail: ({ text }, delivery) => end(renderRefusal(text), delivery),
  };
}

interface Delivering {
  readonly address: ReplyAddress;
  readonly delivery: Delivery;
  readonly parts: SendParts;
}

/** Files cannot be shown to one person in a channel. */
function asText(final: Final): Final {
  if (final.kind !== 'result' || final.result.kind !== 'file') return final;
  return {
    kind: 'refused',
    text: 'Ask me for files in a direct message: I cannot show them here.',
  };
}

async function deliver(message: Rendered, delivering: Delivering): Promise<void> {
  const { address, delivery, parts } = delivering;
  const { responseUrl } = readReplyTo(address.message);
  if (responseUrl !== undefined) {
    const body = { response_type: 'ephemeral', replace_original: true, ...message };
    try {
      return await parts.api.respond(responseUrl, body, delivery.signal);
    } catch (error) {
      // Used up or too old; anything else may pass.
      if (!(error instanceof SlackApiError && /^http_4|foreign/.test(error.reason))) throw error;
    }
  }
  await postPrivately(message, delivering);
}

const NOT_THERE: ReadonlySet<string> = new Set([
  'user_not_in_channel',
  'not_in_channel',
  'channel_not_found',
]);

async function postPrivately(
  message: Rendered,
  { address, delivery: { signal }, parts }: Delivering,
): Promise<void> {
  const { channelId: channel, author, threadId } = address.message;
  const args = { channel, user: author.id, ...(threadId !== undefined && { thread_ts: threadId }) };
  try {
    await sendMessage({ method: 'chat.postEphemeral', args, message, signal }, parts);
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    const said = error instanceof SlackApiError ? error : cause;
    if (!(said instanceof SlackApiError && NOT_THERE.has(said.reason))) throw orForGood(error);
    const direct = { channel: author.id };
    await sendMessage({ method: 'chat.postMessage', args: direct, message, signal }, parts);
  }
}
