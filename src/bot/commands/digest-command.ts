import type { Digest } from '../../digest/digest.ts';
import type { DigestCommand, DigestDesk } from '../../digest/digest-commands.ts';
import { digestLines } from '../../digest/digest-text.ts';
import type { Platform } from '../message.ts';
import type { CommandRequest, CommandResult } from './command.ts';

export interface DigestParts {
  /** Where digests are set up, by the platforms that they are posted on. */
  readonly digests?: Readonly<Partial<Record<Platform, DigestDesk>>>;
}

/** Sets up, changes and shows the digests of a channel. */
export async function runDigest(
  { platform, workspaceId, channelId, author, isAdmin }: CommandRequest,
  command: DigestCommand,
  { digests }: DigestParts,
): Promise<CommandResult> {
  const desk = digests?.[platform];
  if (desk === undefined) return { kind: 'refused', text: 'I post no digests here yet.' };
  const place = { platform, workspaceId, channelId };
  const result = await desk.run(command, { place, author, isAdmin });
  switch (result.kind) {
    case 'text':
    case 'refused':
      return { kind: result.kind, text: result.text };
    case 'list':
      return { kind: 'digests', text: result.text, subscriptions: result.subscriptions };
    case 'preview':
      return {
        kind: 'digest',
        text: digestLines(result.digest).join('\n'),
        digest: withoutMap(result.digest),
      };
  }
}

/** What a message waits for is stored with it, and nobody draws a map of a preview in a chat. */
function withoutMap(digest: Digest): Digest {
  if (digest.kind !== 'papers') return digest;
  const { map: _, ...rest } = digest;
  return rest;
}
