import { z } from 'zod';
import { identify } from './identify.ts';
import { OPTIONAL_SCOPES, SCOPES } from './needs.ts';
import { type SlackApi, SlackApiError } from './slack-api.ts';

/** One thing that was looked at, and what to do where it is wrong. */
export interface Finding {
  readonly isGood: boolean;
  readonly text: string;
}

export function good(text: string): Finding {
  return { isGood: true, text };
}

export function bad(text: string): Finding {
  return { isGood: false, text };
}

/** Why a call failed, in Slack's word or ours. */
export function reasonOf(error: unknown): string {
  return error instanceof SlackApiError ? error.reason : 'unknown';
}

/** Tries the bot token and what it may do. Never throws. */
export async function checkBotToken(api: SlackApi): Promise<readonly Finding[]> {
  try {
    const { team, botUserId } = await identify(api);
    const token = good(`SLACK_BOT_TOKEN is good: bot ${botUserId} of the workspace ${team}.`);
    return [token, ...(await checkScopes(api))];
  } catch (error) {
    return [bad(error instanceof Error ? error.message : 'The bot token could not be tried.')];
  }
}

const WithScopes = z.object({
  response_metadata: z.object({ scopes: z.array(z.string()).optional() }).optional(),
});

async function checkScopes(api: SlackApi): Promise<readonly Finding[]> {
  const { response_metadata } = WithScopes.parse(await api.call('auth.test', {}));
  const held = response_metadata?.scopes;
  if (held === undefined) return [good('Slack does not say which scopes the bot has.')];
  const { missing, unused } = compareScopes(held);
  return [
    ...(missing.length === 0 ? [good('All scopes are there.')] : []),
    ...missing.map(([scope, why]) =>
      bad(`The scope ${scope} is missing (${why}): add it under "OAuth & Permissions", reinstall.`),
    ),
    ...unused.map(([scope, why]) => good(`Without the optional scope ${scope}: ${why}.`)),
  ];
}

/** Which scopes are not among those held, with what they are for. */
export function compareScopes(held: readonly string[]) {
  const without = ([scope]: readonly [string, string]) => !held.includes(scope);
  return {
    missing: Object.entries(SCOPES).filter(without),
    unused: Object.entries(OPTIONAL_SCOPES).filter(without),
  };
}
