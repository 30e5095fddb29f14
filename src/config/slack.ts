import { z } from 'zod';
import { isBlank, optional } from './optional.ts';

/** A Slack app in Socket Mode. */
export interface SlackChoice {
  readonly botToken: string;
  readonly appToken: string;
  /** Of another Slack than the usual one. */
  readonly apiUrl?: string;
}

/** As the environment has them, in the order of `.env.example`. */
export const SLACK_SETTINGS = {
  SLACK_BOT_TOKEN: optional(z.string().startsWith('xoxb-', 'must begin with xoxb-')),
  SLACK_APP_TOKEN: optional(z.string().startsWith('xapp-', 'must begin with xapp-')),
  SLACK_API_URL: optional(z.url('must be a URL, such as https://slack-gov.com/api/')),
};

const Settings = z.object(SLACK_SETTINGS);
type Settings = z.infer<typeof Settings>;

/** What is wrong where one of the two tokens stands alone. */
export function missingSlackToken({
  SLACK_BOT_TOKEN: bot,
  SLACK_APP_TOKEN: app,
}: Readonly<Partial<Record<keyof Settings, unknown>>>): readonly string[] {
  if (isBlank(bot) === isBlank(app)) return [];
  const [missing, given] = isBlank(bot) ? ['BOT', 'APP'] : ['APP', 'BOT'];
  return [`SLACK_${missing}_TOKEN is needed beside SLACK_${given}_TOKEN`];
}

/** The choice, where both tokens are given. */
export function slackChoice(settings: Settings): { readonly slack?: SlackChoice } {
  const { SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: appToken, SLACK_API_URL: apiUrl } = settings;
  if (botToken === undefined || appToken === undefined) return {};
  return { slack: { botToken, appToken, ...(apiUrl !== undefined && { apiUrl }) } };
}
