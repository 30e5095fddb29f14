import { directChannelOf } from './direct-channel.ts';
import { escapeMrkdwn } from './escape.ts';
import type { SlackApi } from './slack-api.ts';

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
  const channel = await directChannelOf(userId, api);
  await api.upload({ channel, name, content, comment: escapeMrkdwn(text) });
}
