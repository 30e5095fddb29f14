import { z } from 'zod';
import { escapeMrkdwn } from './escape.ts';
import type { SlackApi } from './slack-api.ts';

const Opened = z.object({ channel: z.object({ id: z.string() }) });

/** A text file with a sentence about it. */
export interface NamedFile {
  readonly name: string;
  readonly content: string;
  readonly text: string;
}

/** Sends a file to a person alone: channels show files to everybody. */
export async function sendFile(
  { name, content, text }: NamedFile,
  { userId }: { readonly userId: string },
  { api }: { readonly api: SlackApi },
): Promise<void> {
  const opened = Opened.parse(await api.call('conversations.open', { users: userId }));
  await api.upload({ channel: opened.channel.id, name, content, comment: escapeMrkdwn(text) });
}
