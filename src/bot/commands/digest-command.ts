import type { DigestCommand, DigestDesk } from '../../digest/digest-commands.ts';
import { digestLines } from '../../digest/digest-text.ts';
import type { CommandRequest, CommandResult } from './command.ts';

export interface DigestParts {
  /** Where digests are set up; not there in a bot without a library to choose from. */
  readonly digests?: DigestDesk;
}

/** Sets up, changes and shows the digests of a channel; a preview comes as plain text. */
export async function runDigest(
  { platform, workspaceId, channelId, author, isAdmin }: CommandRequest,
  command: DigestCommand,
  { digests }: DigestParts,
): Promise<CommandResult> {
  if (digests === undefined) return { kind: 'refused', text: 'There are no digests here.' };
  const place = { platform, workspaceId, channelId };
  const result = await digests.run(command, { place, author, isAdmin });
  switch (result.kind) {
    case 'text':
    case 'refused':
      return { kind: result.kind, text: result.text };
    case 'list':
      return { kind: 'text', text: result.text };
    case 'preview':
      return { kind: 'text', text: digestLines(result.digest).join('\n') };
  }
}
