import { z } from 'zod';
import { identify } from './identify.ts';
import { OPTIONAL_SCOPES, SCOPES } from './needs.ts';
import { type SlackApi, SlackApiError } from './slack-api.ts';

/** One thing that was looked at, and what to do where it is wrong. */
export interface Finding {
  readonly isGood: boolean;
  readonly text: string;
}

/** A client for each token. */
export interface DiagnoseParts {
  /** With the bot token. */
  readonly api: SlackApi;
  /** With the app-level token. */
  readonly appApi: SlackApi;
}

/** Tries the tokens, the scopes and the socket. Never throws: what cannot be asked is a finding. */
export async function diagnose({ api, appApi }: DiagnoseParts): Promise<readonly Finding[]> {
  const token = await checkToken(api);
  const scopes = token.isGood ? await checkScopes(api) : [];
  return [token, ...scopes, await checkSocket(appApi)];
}

async function checkToken(api: SlackApi): Promise<Finding> {
  try {
    const { team, botUserId } = await identify(api);
    return good(`SLACK_BOT_TOKEN is good: bot ${botUserId} of the workspace ${team}.`);
  } catch (error) {
    return bad(error instanceof Error ? error.message : 'The bot token could not be tried.');
  }
}

const WithScopes = z.object({
  response_metadata: z.object({ scopes: z.array(z.string()).optional() }).optional(),
});

async function checkScopes(api: SlackApi): Promise<readonly Finding[]> {
  const { response_metadata } = WithScopes.parse(await api.call('auth.test', {}));
  const held = response_metadata?.scopes;
  if (held === undefined) return [good('Slack does not say which scopes the bot has.')];
  const missing = Object.entries(SCOPES).filter(([scope]) => !held.includes(scope));
  const unused = Object.entries(OPTIONAL_SCOPES).filter(([scope]) => !held.includes(scope));
  return [
    ...(missing.length === 0 ? [good('All scopes are there.')] : []),
    ...missing.map(([scope, why]) =>
      bad(`The scope ${scope} is missing (${why}): add it under "OAuth & Permissions", reinstall.`),
    ),
    ...unused.map(([scope, why]) => good(`Without the optional scope ${scope}: ${why}.`)),
  ];
}

async function checkSocket(appApi: SlackApi): Promise<Finding> {
  try {
    await appApi.call('apps.connections.open', {});
    return good('SLACK_APP_TOKEN opens a socket.');
  } catch (error) {
    const reason = error instanceof SlackApiError ? error.reason : 'unknown';
    return bad(
      `SLACK_APP_TOKEN opens no socket (${reason}): it needs connections:write, and Socket Mode must be on.`,
    );
  }
}

function good(text: string): Finding {
  return { isGood: true, text };
}

function bad(text: string): Finding {
  return { isGood: false, text };
}
