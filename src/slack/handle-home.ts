import { z } from 'zod';
import { cleanLine } from '../answer/clean-text.ts';
import type { ConversationId } from '../answer/conversation.ts';
import { conversationIdOf } from '../bot/conversation-id.ts';
import { isAdmin, requestOf } from './person.ts';
import { line, richText, run } from './rich-text.ts';
import type { RoomParts } from './room.ts';
import { sendMessage } from './send.ts';
import { renderHome } from './views.ts';

const HomeOpened = z.object({ user: z.string(), channel: z.string(), tab: z.string() });

/** Publishes the Home tab, or offers questions in the direct messages that were opened. */
export async function handleHomeOpened(event: unknown, parts: RoomParts): Promise<void> {
  const { user, channel, tab } = HomeOpened.parse(event);
  if (tab === 'home') return publishHome(user, channel, parts);
  if (tab === 'messages') await offerQuestions(channel, parts);
}

async function publishHome(userId: string, channelId: string, parts: RoomParts): Promise<void> {
  const person = { teamId: parts.self.teamId, userId, channelId };
  const [mayChange, status, recent, suggestions] = await Promise.all([
    isAdmin(userId, parts.api),
    parts.bot.run({ ...requestOf(person), command: { kind: 'status' } }),
    parts.bot.run({ ...requestOf(person), command: { kind: 'recent' } }),
    suggestIn(channelId, parts),
  ]);
  const view = renderHome({
    statusLines: status.kind === 'status' ? status.lines : [],
    questions: recent.kind === 'recent' ? recent.questions : [],
    suggestions,
    mayChange,
  });
  await parts.api.call('views.publish', { user_id: userId, view });
}

async function offerQuestions(channel: string, parts: RoomParts): Promise<void> {
  const suggestions = await suggestIn(channel, parts);
  if (suggestions.length === 0) return;
  const prompts = suggestions.slice(0, 4).map((question) => {
    const title = cleanLine(question);
    return { title: title.slice(0, 75), message: title };
  });
  // Without a thread: with one the call fails in silence.
  await parts.api.call('assistant.threads.setSuggestedPrompts', { channel_id: channel, prompts });
}

function suggestIn(channelId: string, { bot, self }: RoomParts): Promise<readonly string[]> {
  return bot.suggest({ platform: 'slack', workspaceId: self.teamId, channelId });
}

const Joined = z.object({ user: z.string(), channel: z.string() });

const HELLO =
  'Hello! Mention me with a question about papers and I answer in a thread, every sentence with a quote you can check. I keep quiet otherwise; /papers settings changes that.';

/** Introduces the bot in a channel that it was brought into, once. */
export async function handleJoined(
  event: unknown,
  greeted: Set<string>,
  parts: RoomParts,
): Promise<void> {
  const { user, channel } = Joined.parse(event);
  if (user !== parts.self.botUserId || greeted.has(channel)) return;
  greeted.add(channel);
  const message = { text: HELLO, blocks: [richText(line(run(HELLO)))] };
  await sendMessage({ method: 'chat.postMessage', args: { channel }, message }, parts);
}

const Stopped = z.object({
  channel: z.string().optional(),
  channel_id: z.string().optional(),
  thread_ts: z.string(),
  user: z.string().optional(),
});

/** Stops what is in work in a thread whose stop button was pressed. */
export async function handleStopped(event: unknown, parts: RoomParts): Promise<void> {
  const { channel, channel_id, thread_ts, user = '' } = Stopped.parse(event);
  const place = {
    platform: 'slack' as const,
    workspaceId: parts.self.teamId,
    channelId: channel ?? channel_id ?? '',
    threadId: thread_ts,
    messageId: thread_ts,
    kind: 'mention' as const,
    author: { id: user, isBot: false, isSelf: false, displayName: '' },
  };
  const conversations: readonly ConversationId[] = [
    conversationIdOf(place, false),
    conversationIdOf(place, true),
  ];
  for (const id of conversations) await parts.bot.stopIn(id);
}
