import { z } from 'zod';
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
  /** The app-level token, which names its app. */
  readonly appToken?: string;
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
      return diagnoseSocket({
        api: apiWith(slack.botToken),
        appApi: apiWith(slack.appToken),
        appToken: slack.appToken,
      });
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
export async function diagnoseSocket({
  api,
  appApi,
  appToken = '',
}: SocketApis): Promise<readonly Finding[]> {
  const found = [...(await checkBotToken(api)), await checkSocket(appApi)];
  return [...found, ...(await checkSameApp(api, appToken))];
}

const Self = z.object({ bot_id: z.string() });
const BotInfo = z.object({ bot: z.object({ app_id: z.string() }) });

/** With tokens of two apps the bot hears nothing, and each token for itself is good. */
async function checkSameApp(api: SlackApi, appToken: string): Promise<readonly Finding[]> {
  const [, ofSocket] = /^xapp-\d+-(A[A-Z0-9]+)-/.exec(appToken) ?? [];
  const ofBot = await appOfBot(api);
  if (ofSocket === undefined || ofBot === undefined || ofSocket === ofBot) return [];
  return [
    bad(
      `SLACK_APP_TOKEN is of the app ${ofSocket} and SLACK_BOT_TOKEN of ${ofBot}: take both from the same app.`,
    ),
  ];
}

/** Undefined where Slack does not say, which is no fault of the tokens. */
async function appOfBot(api: SlackApi): Promise<string | undefined> {
  try {
    const { bot_id: bot } = Self.parse(await api.call('auth.test', {}));
    return BotInfo.parse(await api.call('bots.info', { bot })).bot.app_id;
  } catch {
    return undefined;
  }
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
