import { z } from 'zod';
import type { ConversationId } from '../answer/conversation.ts';
import { cleanLine, clip } from '../answer/show/clean-text.ts';
import { conversationIdOf } from '../bot/conversation-id.ts';
import type { Subscription } from '../digest/subscription.ts';
import { viewedChannel } from './app-context.ts';
import { escapePlain } from './escape.ts';
import { renderHome } from './home-view.ts';
import { isAdmin, type Person, requestOf } from './person.ts';
import { line, richText, run } from './rich-text.ts';
import type { RoomParts } from './room.ts';
import { sendMessage } from './send.ts';
import { setSession } from './session.ts';
import { noteStreams } from './stream-state.ts';

const HomeOpened = z.object({
  user: z.string(),
  channel: z.string(),
  tab: z.string(),
  context: z.unknown().optional(),
});

/** Publishes the Home tab, or offers questions in the direct messages that were opened. */
export async function handleHomeOpened(event: unknown, parts: RoomParts): Promise<void> {
  const { user, channel, tab, context } = HomeOpened.parse(event);
  if (tab === 'home') return publishHome(user, parts);
  if (tab === 'messages') await offerQuestions(channel, viewedChannel(context), parts);
}

const ContextChanged = z.object({ channel: z.string(), context: z.unknown().optional() });

/** Offers other questions when somebody looks at another channel beside the agent's pane. */
export async function handleContextChanged(event: unknown, parts: RoomParts): Promise<void> {
  const { channel, context } = ContextChanged.parse(event);
  await offerQuestions(channel, viewedChannel(context), parts);
}

/** Shows a person what is indexed, what they asked, and the settings of all channels. */
export async function publishHome(userId: string, parts: RoomParts): Promise<void> {
  // A channel that has no settings of its own: those of the workspace are told.
  const person = { teamId: parts.self.teamId, userId, channelId: '' };
  const [mayChange, status, recent, suggestions] = await Promise.all([
    isAdmin(person, parts.api),
    parts.bot.run({ ...requestOf(person), command: { kind: 'status' } }),
    parts.bot.run({ ...requestOf(person), command: { kind: 'recent' } }),
    suggestIn('', parts),
  ]);
  const digests = mayChange ? await digestsFor(person, parts) : [];
  const told = noteStreams(status, parts.streams);
  const view = renderHome({
    sections: told.kind === 'status' ? told.sections : [],
    questions: recent.kind === 'recent' ? recent.questions : [],
    suggestions,
    digests,
    mayChange,
  });
  await parts.api.call('views.publish', { user_id: userId, view });
}

/** Those of the workspace; what others have in direct messages is theirs alone. */
async function digestsFor(person: Person, { bot }: RoomParts): Promise<readonly Subscription[]> {
  const command = { kind: 'digest', command: { kind: 'everywhere' } } as const;
  const result = await bot.run({ ...requestOf(person, true), command });
  if (result.kind !== 'digests') return [];
  return result.subscriptions.filter(
    ({ place, ownerId }) => !place.channelId.startsWith('D') || ownerId === person.userId,
  );
}

const LONGEST_PROMPT = 75;

/** Drawn from the papers of the channel that is looked at, which answers here come from then. */
async function offerQuestions(
  channel: string,
  viewed: string | undefined,
  parts: RoomParts,
): Promise<void> {
  const suggestions = await suggestIn(viewed ?? channel, parts);
  if (suggestions.length === 0) return;
  const prompts = suggestions.slice(0, 4).map((question) => {
    const message = escapePlain(cleanLine(question));
    return { title: clip(message, LONGEST_PROMPT), message };
  });
  const title = viewed === undefined ? 'You could ask' : 'On the papers of the channel you look at';
  // Without a thread: with one the call fails in silence.
  const args = { channel_id: channel, title, prompts };
  await parts.api.call('assistant.threads.setSuggestedPrompts', args);
}

function suggestIn(channelId: string, { bot, self }: RoomParts): Promise<readonly string[]> {
  return bot.suggest({ platform: 'slack', workspaceId: self.teamId, channelId });
}

const Joined = z.object({ user: z.string(), channel: z.string() });

const HELLO =
  'Hello! Mention me with a question about papers and I answer in a thread, every sentence with a quote you can check. I keep quiet otherwise; /papers settings changes that.';

/** Introduces the bot in a channel that it was brought into, once for all. */
export async function handleJoined(event: unknown, parts: RoomParts): Promise<void> {
  const { user, channel } = Joined.parse(event);
  const { botUserId, teamId } = parts.self;
  if (user !== botUserId) return;
  const place = { platform: 'slack', workspaceId: teamId, channelId: channel } as const;
  if (!(await parts.bot.introduces(place))) return;
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
  // Slack leaves it to us to say that nothing goes on there.
  const session = { channel: place.channelId, threadTs: thread_ts };
  await setSession(session, 'closed', { ...parts, shared: {} });
}
