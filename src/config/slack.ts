import { z } from 'zod';
import { isBlank, optional } from './optional.ts';

/** A Slack app: in one workspace by Socket Mode or over HTTP, or in all that install it. */
export type SlackChoice = (
  | { readonly kind: 'socket'; readonly botToken: string; readonly appToken: string }
  | {
      readonly kind: 'http';
      readonly botToken: string;
      readonly signingSecret: string;
      readonly publicUrl?: string;
    }
  | ({ readonly kind: 'oauth' } & SlackOAuth)
) & {
  /** Of another Slack than the usual one. */
  readonly apiUrl?: string;
};

/** What an app needs that people install in workspaces of their own. */
export interface SlackOAuth {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly signingSecret: string;
  /** Signs what a browser brings back from Slack. */
  readonly stateSecret: string;
  /** Each 64 hex digits; the first encrypts. */
  readonly encryptionKeys: readonly string[];
  /** Where Slack and browsers reach us, without a slash at the end. */
  readonly publicUrl: string;
}

const secret = z.string().min(16, 'must have at least 16 characters');

/** As the environment has them, in the order of `.env.example`. */
export const SLACK_SETTINGS = {
  SLACK_BOT_TOKEN: optional(
    z.string().startsWith('xoxb-', {
      error: ({ input }) =>
        String(input).startsWith('xoxe.')
          ? 'must be a token that does not expire (xoxb-...): turn token rotation off in the app and install it again'
          : 'must begin with xoxb-',
    }),
  ),
  SLACK_APP_TOKEN: optional(z.string().startsWith('xapp-', 'must begin with xapp-')),
  SLACK_SIGNING_SECRET: optional(secret),
  SLACK_PUBLIC_URL: optional(
    z
      .string()
      .refine(
        isPublicUrl,
        'must be https:// and a host without a path, such as https://bot.lab.org',
      )
      .transform((url) => new URL(url).origin),
  ),
  SLACK_CLIENT_ID: optional(
    z.string().regex(/^[\w.-]+$/, 'must be the client ID of the app, such as 123.456'),
  ),
  SLACK_CLIENT_SECRET: optional(secret),
  SLACK_STATE_SECRET: optional(secret),
  SLACK_ENCRYPTION_KEYS: optional(
    z
      .string()
      .transform((keys) => keys.split(',').map((key) => key.trim().toLowerCase()))
      .refine(
        (keys) => keys.every((key) => /^[0-9a-f]{64}$/.test(key)),
        'must be keys of 64 hex digits with commas between (openssl rand -hex 32 makes one)',
      ),
  ),
  SLACK_API_URL: optional(
    z.url({
      protocol: /^https?$/,
      error: 'must be an https:// address, such as https://slack-gov.com/api/',
    }),
  ),
};

const Settings = z.object(SLACK_SETTINGS);
type Settings = z.infer<typeof Settings>;
type Name = keyof Settings;

/** Without TLS only on this machine, where a proxy or a test stands before us. */
function isPublicUrl(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || url.pathname !== '/' || url.search !== '' || url.hash !== '') return false;
  const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  return url.username === '' && (url.protocol === 'https:' || (isHere && url.protocol === 'http:'));
}

const OF_MANY = [
  'SLACK_CLIENT_ID',
  'SLACK_CLIENT_SECRET',
  'SLACK_STATE_SECRET',
  'SLACK_ENCRYPTION_KEYS',
] as const satisfies readonly Name[];

/** What is wrong with settings that do not go together, each with what to do. */
export function slackProblems(
  settings: Readonly<Partial<Record<Name, unknown>>>,
): readonly string[] {
  const has = (name: Name) => !isBlank(settings[name]);
  const [ofMany] = OF_MANY.filter(has);
  const clashes = [
    ...(ofMany !== undefined && has('SLACK_BOT_TOKEN')
      ? [`SLACK_BOT_TOKEN is for one workspace and ${ofMany} for many: leave one of them out`]
      : []),
    ...(ofMany !== undefined && has('SLACK_APP_TOKEN')
      ? [`SLACK_APP_TOKEN is for one workspace and ${ofMany} for many: leave one of them out`]
      : []),
    ...(has('SLACK_APP_TOKEN') && has('SLACK_SIGNING_SECRET')
      ? [
          'SLACK_APP_TOKEN is for Socket Mode and SLACK_SIGNING_SECRET for HTTP: leave one of them out',
        ]
      : []),
  ];
  // What is missing depends on which of the two is meant.
  if (clashes.length > 0) return clashes;
  if (ofMany !== undefined) {
    const needed: readonly Name[] = [...OF_MANY, 'SLACK_SIGNING_SECRET', 'SLACK_PUBLIC_URL'];
    return needed
      .filter((name) => !has(name))
      .map((name) => `${name} is needed beside ${ofMany}, to be installed in many workspaces`);
  }
  return missingOfOne(has);
}

function missingOfOne(has: (name: Name) => boolean): readonly string[] {
  const isHeard = has('SLACK_APP_TOKEN') || has('SLACK_SIGNING_SECRET');
  if (has('SLACK_BOT_TOKEN')) {
    return isHeard
      ? []
      : [
          'SLACK_APP_TOKEN is needed beside SLACK_BOT_TOKEN for Socket Mode, or SLACK_SIGNING_SECRET for HTTP',
        ];
  }
  if (has('SLACK_APP_TOKEN')) return ['SLACK_BOT_TOKEN is needed beside SLACK_APP_TOKEN'];
  return has('SLACK_SIGNING_SECRET')
    ? [
        'SLACK_BOT_TOKEN is needed beside SLACK_SIGNING_SECRET for one workspace, or SLACK_CLIENT_ID for many',
      ]
    : [];
}

/** The choice, where one is made; the settings have no problems. */
export function slackChoice(settings: Settings): { readonly slack?: SlackChoice } {
  const { SLACK_API_URL: apiUrl } = settings;
  const chosen = ofOne(settings) ?? ofMany(settings);
  if (chosen === undefined) return {};
  return { slack: { ...chosen, ...(apiUrl !== undefined && { apiUrl }) } };
}

function ofOne(settings: Settings): SlackChoice | undefined {
  const { SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: appToken } = settings;
  const { SLACK_SIGNING_SECRET: signingSecret, SLACK_PUBLIC_URL: publicUrl } = settings;
  if (botToken === undefined) return undefined;
  if (appToken !== undefined) return { kind: 'socket', botToken, appToken };
  if (signingSecret === undefined) return undefined;
  const where = publicUrl === undefined ? {} : { publicUrl };
  return { kind: 'http', botToken, signingSecret, ...where };
}

const Complete = z
  .object({
    SLACK_CLIENT_ID: z.string(),
    SLACK_CLIENT_SECRET: z.string(),
    SLACK_SIGNING_SECRET: z.string(),
    SLACK_STATE_SECRET: z.string(),
    SLACK_ENCRYPTION_KEYS: z.array(z.string()),
    SLACK_PUBLIC_URL: z.string(),
  })
  .transform(
    (given): SlackChoice => ({
      kind: 'oauth',
      clientId: given.SLACK_CLIENT_ID,
      clientSecret: given.SLACK_CLIENT_SECRET,
      signingSecret: given.SLACK_SIGNING_SECRET,
      stateSecret: given.SLACK_STATE_SECRET,
      encryptionKeys: given.SLACK_ENCRYPTION_KEYS,
      publicUrl: given.SLACK_PUBLIC_URL,
    }),
  );

function ofMany(settings: Settings): SlackChoice | undefined {
  return Complete.safeParse(settings).data;
}
