import type { InstallationStore } from '../bot/installations.ts';
import { FootnoteError } from '../errors.ts';
import type { Log } from '../log.ts';
import {
  createInstallations,
  type Installations,
  openAll,
  sealWithFirstKey,
} from './installations.ts';
import { createCipher } from './installations-cipher.ts';
import { createRenewal, type Renewal } from './installations-renewal.ts';
import { createInstalledWorkspaces } from './installations-workspaces.ts';
import type { Workspaces } from './room.ts';
import { createSlackApi } from './slack-api.ts';

/** What the installations of an app are opened with. */
export interface OpenInstallationsOptions {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly encryptionKeys: readonly string[];
  readonly apiUrl?: string;
  readonly store: InstallationStore;
  readonly newId: () => string;
  readonly now: () => Date;
  readonly log: Log;
}

/** All that installed the app. */
export interface OpenedInstallations {
  readonly installations: Installations;
  readonly renewal: Renewal;
  readonly workspaces: Workspaces;
  /** How many there were at the start. */
  readonly count: number;
}

/**
 * Opens what is installed and seals it with the first key. What no key opens is told of and left as it
 * is; throws FootnoteError `config` where that is all there is, since the keys are wrong then.
 */
export async function openInstallations(
  options: OpenInstallationsOptions,
): Promise<OpenedInstallations> {
  const { store, apiUrl, encryptionKeys, log } = options;
  const cipher = createCipher(encryptionKeys);
  const { installed, unreadable } = await openAll({ store, cipher });
  const [wrong] = unreadable;
  if (wrong !== undefined && installed.length === 0) throw noneOpen(unreadable.length, wrong);
  for (const { message } of unreadable) log.warn('slack.installation-unreadable', { why: message });
  await sealWithFirstKey(installed, { store, cipher });
  const where = apiUrl === undefined ? {} : { apiUrl };
  const installations = createInstallations({ ...options, cipher });
  const renewal = createRenewal({ ...options, installations, api: createSlackApi(where) });
  const workspaces = createInstalledWorkspaces({ installations, renewal, ...where });
  return { installations, renewal, workspaces, count: installed.length };
}

function noneOpen(count: number, cause: FootnoteError): FootnoteError {
  const which = count === 1 ? 'the one installation' : `any of the ${count} installations`;
  return new FootnoteError(
    'config',
    `SLACK_ENCRYPTION_KEYS does not open ${which} in the store: it holds other keys than before. Put the old key behind the new one, with a comma between; nothing is lost.`,
    { cause },
  );
}
