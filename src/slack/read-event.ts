import { z } from 'zod';
import type { IncomingMessage, MessageKind } from '../bot/message.ts';
import { writeNote } from './address.ts';
import { viewedChannel } from './app-context.ts';
import { readText } from './message-text.ts';

/** Who we are in the workspace, as Slack told at the start. */
export interface Identity {
  readonly teamId: string;
  readonly botUserId: string;
  readonly botId?: string;
}

const MessageEvent = z.object({
  type: z.enum(['message', 'app_mention']),
  subtype: z.enum(['file_share', 'thread_broadcast', 'bot_message']).optional(),
  channel: z.string(),
  channel_type: z.string().optional(),
  ts: z.string().regex(/^\d+\.\d+$/),
  thread_ts: z.string().optional(),
  user: z.string().optional(),
  bot_id: z.string().nullish(),
  text: z.string().nullish(),
  user_team: z.string().nullish(),
  team: z.string().nullish(),
  app_context: z.unknown().optional(),
});
type MessageEvent = z.infer<typeof MessageEvent>;

/**
 * A `message` or `app_mention` event as what somebody wrote; undefined for edits, deletions and what
 * else is no new message. A mention comes as both events and is the same message in both.
 */
export function readMessageEvent(event: unknown, self: Identity): IncomingMessage | undefined {
  const { data } = MessageEvent.safeParse(event);
  const authorId = data?.user ?? data?.bot_id;
  if (data === undefined || authorId == null) return undefined;
  const { channel, ts, thread_ts, bot_id } = data;
  const { text, isToBot, isToOthers } = readText(data.text ?? '', self.botUserId);
  const userTeam = data.user_team ?? data.team;
  const kind = kindOf(data, isToBot);
  // In a channel its own papers are asked, whatever its reader looks at.
  const papersOf = kind === 'direct' ? viewedChannel(data.app_context) : undefined;
  return {
    platform: 'slack',
    workspaceId: self.teamId,
    channelId: channel,
    kind,
    threadId: thread_ts ?? ts,
    messageId: ts,
    author: {
      id: authorId,
      isBot: bot_id != null || data.subtype === 'bot_message',
      isSelf: authorId === self.botUserId || (bot_id != null && bot_id === self.botId),
      displayName: '',
    },
    text,
    at: new Date(Number(ts) * 1_000).toISOString(),
    isToOthers,
    ...(papersOf !== undefined && { papersOf }),
    replyTo: writeNote(userTeam == null ? {} : { userTeam }),
  };
}

function kindOf(
  { type, channel, channel_type, ts, thread_ts }: MessageEvent,
  isToBot: boolean,
): MessageKind {
  if (channel_type === 'im' || channel.startsWith('D')) return 'direct';
  if (type === 'app_mention' || isToBot) return 'mention';
  return thread_ts !== undefined && thread_ts !== ts ? 'thread-reply' : 'channel-message';
}
