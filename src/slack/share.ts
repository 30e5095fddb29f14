import type { Turn } from '../answer/conversation.ts';
import type { Rendered } from './blocks.ts';
import { type Button, respond, runFor, tell } from './button.ts';
import { nameOf } from './person.ts';
import { renderAnswer, toMessage } from './render-answer.ts';
import type { RoomParts } from './room.ts';
import { isAbsent, sendMessage } from './send.ts';

/**
 * Posts a private answer for all, with buttons of its own, in its channel or in the thread that the
 * button names. Others may look into it from then on; where it could not be posted they may not.
 */
export async function share(button: Button, parts: RoomParts): Promise<void> {
  const [answerId = '', threadTs] = button.value.split(' ');
  const result = await runFor(button, { kind: 'share', answerId }, parts);
  if (result.kind !== 'answer') return tell(result, button, parts);
  const { turn } = result;
  try {
    if (!(await post(turn, threadTs, { button, parts }))) {
      await runFor(button, { kind: 'unshare', answerId }, parts);
      const text = 'I am not in this channel. Invite me to it, then press again.';
      return await tell({ kind: 'refused', text }, button, parts);
    }
  } catch (error) {
    await runFor(button, { kind: 'unshare', answerId }, parts);
    throw error;
  }
  // Without the button that was pressed.
  const own = toMessage(renderAnswer(turn, { isPrivate: false }));
  await respond(button, { replace_original: true, ...own }, parts);
}

interface Pressing {
  readonly button: Button;
  readonly parts: RoomParts;
}

/** False where the bot is not in the channel. */
async function post(
  turn: Turn,
  threadTs: string | undefined,
  { button, parts }: Pressing,
): Promise<boolean> {
  const { userId, channelId } = button.person;
  const sharedBy = (await nameOf(userId, parts.api)) ?? 'a member of this channel';
  const message = toMessage(renderAnswer(turn, { isPrivate: false, sharedBy }));
  const thread = threadTs === undefined ? {} : { thread_ts: threadTs };
  const args = { channel: channelId, ...thread };
  try {
    await sendMessage({ method: 'chat.postMessage', args, message }, parts);
    return true;
  } catch (error) {
    if (!isAbsent(error)) throw error;
  }
  return threadTs === undefined && (await postByButton(message, { button, parts }));
}

/** What a slash command was given to answer with reaches channels that the bot is not in. */
async function postByButton(
  message: Rendered,
  { button: { responseUrl }, parts }: Pressing,
): Promise<boolean> {
  if (responseUrl === undefined) return false;
  const previews = { unfurl_links: false, unfurl_media: false };
  const place = { response_type: 'in_channel', replace_original: false };
  await parts.api.respond(responseUrl, { ...place, ...previews, ...message });
  return true;
}
