import type { InstallationStore } from '../bot/installations.ts';
import type { SlackChoice } from '../config/slack.ts';
import { bad, checkBotToken, type Finding, good, reasonOf } from './findings.ts';
import { checkAddress } from './http-diagnose.ts';
import { isOutOfReach } from './identify.ts';
import { diagnoseInstalled } from './installations-diagnose.ts';
import { createSlackApi, type SlackApi } from './slack-api.ts';

/** A client for each token. */
export interface SocketApis {
  /** With the bot token. */
  readonly api: SlackApi;
  /** With the app-level token. */
  readonly appApi: SlackApi;
}

/** Tries what the settings name. What cannot be asked is a finding; throws what the store throws. */
export async function diagnose(
  slack: SlackChoice,
  openStore: () => Promise<{ readonly store: InstallationStore; close(): Promise<void> }>,
): Promise<readonly Finding[]> {
  const where = slack.apiUrl === undefined ? {} : { apiUrl: slack.apiUrl };
  const apiWith = (token: string) => createSlackApi({ ...where, token });
  switch (slack.kind) {
    case 'socket':
      return diagnoseSocket({ api: apiWith(slack.botToken), appApi: apiWith(slack.appToken) });
    case 'http':
      return [...(await checkBotToken(apiWith(slack.botToken))), ...(await checkHttp(slack))];
    case 'oauth': {
      const { store, close } = await openStore();
      try {
        return [...(await diagnoseInstalled({ ...slack, store })), ...(await checkHttp(slack))];
      } finally {
        await close();
      }
    }
  }
}

/** Tries the tokens, the scopes and the socket. */
export async function diagnoseSocket({ api, appApi }: SocketApis): Promise<readonly Finding[]> {
  return [...(await checkBotToken(api)), await checkSocket(appApi)];
}

async function checkSocket(appApi: SlackApi): Promise<Finding> {
  try {
    await appApi.call('apps.connections.open', {});
    return good('SLACK_APP_TOKEN opens a socket.');
  } catch (error) {
    if (isOutOfReach(error)) {
      return bad(
        `SLACK_APP_TOKEN could not be tried (${reasonOf(error)}): Slack cannot be reached.`,
      );
    }
    return bad(
      `SLACK_APP_TOKEN opens no socket (${reasonOf(error)}): it needs connections:write, and Socket Mode must be on.`,
    );
  }
}

async function checkHttp(address: Parameters<typeof checkAddress>[0]): Promise<readonly Finding[]> {
  return [
    good('SLACK_SIGNING_SECRET is set; only what Slack sends tells whether it is the right one.'),
    await checkAddress(address),
  ];
}
