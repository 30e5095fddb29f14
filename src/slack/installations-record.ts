import type { Installation as SlackInstallation } from '@slack/bolt';
import { z } from 'zod';
import { FootnoteError } from '../errors.ts';

const Tokens = z.object({
  token: z.string(),
  /** Where tokens rotate: what the next one is asked for with. */
  refreshToken: z.string().optional(),
  /** Milliseconds since 1970. */
  expiresAt: z.number().optional(),
});
/** What lets the bot in, until it is renewed. */
export type Tokens = z.infer<typeof Tokens>;

const InstallationRecord = Tokens.extend({
  /** Of the workspace or the organisation. */
  name: z.string(),
  isOrganisation: z.boolean(),
  botUserId: z.string(),
  botId: z.string().optional(),
  scopes: z.array(z.string()),
});
/** One installation of the app, as it is encrypted. */
export type InstallationRecord = z.infer<typeof InstallationRecord>;

/** What OAuth brought. Throws FootnoteError `input` where that is no installation of a bot. */
export function recordOf(given: SlackInstallation): {
  readonly key: string;
  readonly record: InstallationRecord;
} {
  const { bot, team, enterprise, isEnterpriseInstall: isOrganisation = false } = given;
  // The types of the organisation's and the workspace's installation depend on a flag.
  const of: { readonly id: string; readonly name?: string } | undefined = isOrganisation
    ? enterprise
    : team;
  if (bot === undefined || of === undefined) {
    throw new FootnoteError('input', 'Slack gave no bot token for a workspace. Install it again.');
  }
  const { token, refreshToken, expiresAt, id: botId, userId: botUserId, scopes } = bot;
  const record: InstallationRecord = {
    name: of.name ?? of.id,
    isOrganisation,
    botUserId,
    ...(botId !== undefined && { botId }),
    scopes,
    token,
    ...(refreshToken !== undefined && { refreshToken }),
    ...(expiresAt !== undefined && { expiresAt: expiresAt * 1_000 }),
  };
  return { key: of.id, record };
}

/** As it is encrypted. */
export function writeRecord(record: InstallationRecord): string {
  return JSON.stringify(record);
}

/** As it was encrypted; only we could write it. */
export function readRecord(text: string): InstallationRecord {
  return InstallationRecord.parse(JSON.parse(text));
}
