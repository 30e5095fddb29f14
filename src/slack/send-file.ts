import { z } from 'zod';
import type { Person } from './person.ts';
import type { SlackApi } from './slack-api.ts';

const Opened = z.object({ channel: z.object({ id: z.string() }) });

/** Sends a file to a person alone: channels show files to everybody. */
export async function sendFile(
  {
    name,
    content,
    text,
  }: { readonly name: string; readonly content: string; readonly text: string },
  { userId }: Person,
  { api }: { readonly api: SlackApi },
): Promise<void> {
  const opened = Opened.parse(await api.call('conversations.open', { users: userId }));
  const comment = text.replace(/[<>&]/g, ' ');
  await api.upload({ channel: opened.channel.id, name, content, comment });
}
