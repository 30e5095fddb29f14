import type { ServerResponse } from 'node:http';
import type { HTTPReceiverOptions } from '@slack/bolt';
import type { Log } from '../log.ts';
import { PATHS } from './http-receiver.ts';
import type { Installations } from './installations.ts';
import { recordOf } from './installations-record.ts';
import { OPTIONAL_SCOPES, SCOPES } from './needs.ts';

/** What installing in the browser works with. */
export interface OAuthParts {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly stateSecret: string;
  readonly publicUrl: string;
  readonly apiUrl?: string;
  readonly installations: Pick<Installations, 'keep'>;
  readonly log: Log;
}

/** Where Slack sends a browser back to; the app's page "OAuth & Permissions" must list it. */
export function redirectUrlOf(publicUrl: string): string {
  return `${publicUrl}${PATHS.redirect}`;
}

/** What Bolt's receiver needs to let people install the app. */
export function oauthOptions(parts: OAuthParts): Partial<HTTPReceiverOptions> {
  const { clientId, clientSecret, stateSecret, publicUrl, apiUrl, installations, log } = parts;
  const elsewhere = apiUrl === undefined ? {} : { slackApiUrl: apiUrl };
  return {
    clientId,
    clientSecret,
    stateSecret,
    scopes: [...Object.keys(SCOPES), ...Object.keys(OPTIONAL_SCOPES)],
    redirectUri: redirectUrlOf(publicUrl),
    installationStore: {
      async storeInstallation(installation) {
        const { key, record } = recordOf(installation);
        await installations.keep(key, record);
      },
      fetchInstallation: () => Promise.reject(new Error('Workspaces find their tokens.')),
    },
    installerOptions: {
      directInstall: true,
      installPath: PATHS.install,
      redirectUriPath: PATHS.redirect,
      clientOptions: { timeout: 15_000, retryConfig: { retries: 0 }, ...elsewhere },
      ...(apiUrl !== undefined && {
        authorizationUrl: new URL('/oauth/v2/authorize', apiUrl).href,
      }),
      callbackOptions: {
        success: (_installation, _options, _request, response) => sayInstalled(response),
        failure: (error, _options, request, response) =>
          sayNotInstalled(error, wasDenied(request.url), { response, log, publicUrl }),
      },
    },
  };
}

function sayInstalled(response: ServerResponse): void {
  const text =
    'Footnote is installed. Invite it to a channel with /invite, mention it with a question, or write to it directly. You can close this page.';
  sendText(response, 200, text);
}

interface Saying {
  readonly response: ServerResponse;
  readonly log: Log;
  readonly publicUrl: string;
}

/** The browser of somebody else, a state that is too old or made up, a person who said no. */
const OF_THE_BROWSER: ReadonlySet<unknown> = new Set([
  'slack_oauth_missing_state',
  'slack_oauth_invalid_state',
  'slack_oauth_missing_code',
]);

function sayNotInstalled(
  error: { readonly code: unknown; readonly message: string },
  isDenied: boolean,
  { response, log, publicUrl }: Saying,
): void {
  const again = `Begin again at ${publicUrl}${PATHS.install}`;
  if (isDenied) {
    sendText(response, 200, `Footnote was not installed. ${again} to do it.`);
    return;
  }
  if (OF_THE_BROWSER.has(error.code)) {
    const text = `Footnote was not installed: this page belongs to an installation that was begun in another browser, or more than ten minutes ago. ${again}.`;
    sendText(response, 400, text);
    return;
  }
  // Without the error itself: those of the client carry the code and the secrets of the request.
  log.warn('slack.install-failed', { code: String(error.code), why: error.message });
  const text = `Footnote was not installed: Slack or our store did not do its part. ${again} in a minute.`;
  sendText(response, 500, text);
}

function wasDenied(url = ''): boolean {
  return new URL(url, 'http://localhost').searchParams.get('error') === 'access_denied';
}

function sendText(response: ServerResponse, status: number, text: string): void {
  response.setHeader('Content-Type', 'text/plain; charset=utf-8');
  response.writeHead(status).end(`${text}\n`);
}
