import { z } from 'zod';
import { FootnoteError } from '../errors.ts';
import type { Identity } from './read-event.ts';
import { type SlackApi, SlackApiError } from './slack-api.ts';

const AuthTest = z.object({
  team_id: z.string(),
  team: z.string().optional(),
  user_id: z.string(),
  bot_id: z.string().optional(),
});

/** Who the token makes us. Throws FootnoteError `config` for a bad token, `network` without Slack. */
export async function identify(api: SlackApi): Promise<Identity & { readonly team: string }> {
  try {
    const { team_id, team, user_id, bot_id } = AuthTest.parse(await api.call('auth.test', {}));
    return {
      teamId: team_id,
      botUserId: user_id,
      team: team ?? team_id,
      ...(bot_id !== undefined && { botId: bot_id }),
    };
  } catch (error) {
    throw explain(error);
  }
}

/** What to do where Slack connects us no more while we run. */
export function explainLost({ method, reason }: SlackApiError): FootnoteError {
  return new FootnoteError(
    'config',
    `Slack has closed the connection and opens no other (${method}: ${reason}). Check that the app is installed and SLACK_APP_TOKEN is still good (the app's page "Basic Information"), then start again.`,
  );
}

/** Whether Slack said nothing of what was asked, since it was not there or had no time. */
export function isOutOfReach(error: unknown): boolean {
  return error instanceof SlackApiError && /^(?:unreachable|http_|ratelimited)/.test(error.reason);
}

/** What to do about a call that a start needs. */
export function explain(error: unknown): unknown {
  if (!(error instanceof SlackApiError)) return error;
  const { reason, method } = error;
  return isOutOfReach(error)
    ? new FootnoteError(
        'network',
        `Slack cannot be reached (${method}: ${reason}). Check the network, and SLACK_API_URL where it is set, and try again.`,
        { cause: error },
      )
    : new FootnoteError(
        'config',
        `Slack does not accept ${tokenOf(method)} (${method}: ${reason}). Check it against the app's page "${pageOf(method)}".`,
        { cause: error },
      );
}

const SOCKET = 'apps.connections.open';

function tokenOf(method: string): string {
  return method === SOCKET ? 'SLACK_APP_TOKEN' : 'SLACK_BOT_TOKEN';
}

function pageOf(method: string): string {
  return method === SOCKET ? 'Basic Information' : 'OAuth & Permissions';
}
