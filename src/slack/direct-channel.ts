import { z } from 'zod';
import type { SlackApi } from './slack-api.ts';

const Opened = z.object({ channel: z.object({ id: z.string() }) });

/** The channel of the direct messages between the bot and a person; it is opened where it was not. */
export async function directChannelOf(userId: string, api: SlackApi): Promise<string> {
  const opened = await api.call('conversations.open', { users: userId });
  return Opened.parse(opened).channel.id;
}
