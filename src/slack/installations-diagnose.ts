import type { InstallationStore } from '../bot/installations.ts';
import { bad, compareScopes, type Finding, good, reasonOf } from './findings.ts';
import { redirectUrlOf } from './http-oauth.ts';
import { type Installed, openAll } from './installations.ts';
import { createCipher } from './installations-cipher.ts';
import { createSlackApi, type SlackApi } from './slack-api.ts';

/** What is looked at of an app that many workspaces install. */
export interface DiagnoseInstalledOptions {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly encryptionKeys: readonly string[];
  readonly publicUrl: string;
  readonly apiUrl?: string;
  readonly store: InstallationStore;
}

/** Tries the app's client and each installation. Throws only what the store throws. */
export async function diagnoseInstalled(
  options: DiagnoseInstalledOptions,
): Promise<readonly Finding[]> {
  const { store, encryptionKeys, apiUrl } = options;
  const where = apiUrl === undefined ? {} : { apiUrl };
  const cipher = createCipher(encryptionKeys);
  const { installed, unreadable } = await openAll({ store, cipher });
  const findings = [await checkClient(options, createSlackApi(where))];
  if (installed.length + unreadable.length === 0) {
    findings.push(good('No workspace has installed the app yet.'));
  }
  for (const each of installed) findings.push(await checkInstallation(each, where));
  const old = installed.filter(({ sealed }) => !cipher.isCurrent(sealed));
  if (old.length > 0) {
    const text = `${old.length} of the installations still need an older key: npm start seals them with the first.`;
    findings.push(good(text));
  }
  return [...findings, ...unreadable.map(({ message }) => bad(message))];
}

/** A made-up code is refused for itself only where the client is known. */
async function checkClient(
  { clientId, clientSecret, publicUrl }: DiagnoseInstalledOptions,
  api: Pick<SlackApi, 'call'>,
): Promise<Finding> {
  const redirect_uri = redirectUrlOf(publicUrl);
  const client = { client_id: clientId, client_secret: clientSecret };
  const reason = await api
    .call('oauth.v2.access', { ...client, code: 'doctor', redirect_uri })
    .then(() => 'none', reasonOf);
  switch (reason) {
    case 'invalid_code':
      return good(
        `SLACK_CLIENT_ID and SLACK_CLIENT_SECRET are good; ${redirect_uri} must be among the redirect URLs under "OAuth & Permissions".`,
      );
    case 'invalid_client_id':
    case 'bad_client_secret':
      return bad(
        `Slack does not know SLACK_CLIENT_ID with SLACK_CLIENT_SECRET (${reason}): check both against the app's page "Basic Information".`,
      );
    case 'bad_redirect_uri':
      return bad(`Add ${redirect_uri} to the redirect URLs under "OAuth & Permissions".`);
    default:
      return bad(`SLACK_CLIENT_ID could not be tried (${reason}). Check the network, try again.`);
  }
}

async function checkInstallation(
  { key, record }: Installed,
  where: { readonly apiUrl?: string },
): Promise<Finding> {
  const { name, token, expiresAt, scopes } = record;
  const what = `The installation in ${name} (${key})`;
  const { missing } = compareScopes(scopes);
  if (missing.length > 0) {
    const names = missing.map(([scope]) => scope).join(', ');
    return bad(`${what} was not given ${names}: install the app there again.`);
  }
  // Renewed when it is next used; doctor changes nothing.
  if (expiresAt !== undefined && expiresAt < Date.now()) {
    return good(`${what} has a token that ran out; it is renewed when it is next used.`);
  }
  const api = createSlackApi({ ...where, token });
  const reason = await api.call('auth.test', {}).then(() => undefined, reasonOf);
  if (reason === undefined) return good(`${what} works.`);
  return bad(`${what} does not work (${reason}): install the app there again, or try later.`);
}
