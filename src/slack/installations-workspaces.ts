import type { Installations } from './installations.ts';
import type { Renewal } from './installations-renewal.ts';
import type { Workspaces } from './room.ts';
import { createSlackApi, type SlackApi, SlackApiError } from './slack-api.ts';

/** What workspaces that installed the app are found with. */
export interface InstalledParts {
  readonly installations: Installations;
  readonly renewal: Pick<Renewal, 'current'>;
  readonly apiUrl?: string;
}

/** All workspaces that installed the app. Their settings outlive an installation, for the next. */
export function createInstalledWorkspaces(parts: InstalledParts): Workspaces {
  const { installations } = parts;
  return {
    async find({ teamId, organisationId }) {
      const installed = await installations.find(organisationId ?? teamId);
      if (installed === undefined) return undefined;
      const { key, record } = installed;
      // Replies know the workspace alone.
      if (record.isOrganisation) await installations.link(teamId, key);
      const { botUserId, botId } = record;
      const self = { teamId, botUserId, ...(botId !== undefined && { botId }) };
      const inTeam = record.isOrganisation ? { teamId } : {};
      return { self, api: createInstalledApi(key, { ...parts, ...inTeam }) };
    },
    async uninstalled({ teamId, organisationId }, at) {
      await installations.remove(organisationId ?? teamId, at);
    },
    async revoked({ teamId, organisationId }, at) {
      const key = organisationId ?? teamId;
      if (await isRefused(key, parts)) await installations.remove(key, at);
    },
  };
}

/** Slack also tells of tokens that were renewed: then the one we have is good. */
async function isRefused(key: string, parts: InstalledParts): Promise<boolean> {
  try {
    await createInstalledApi(key, parts).call('auth.test', {});
    return false;
  } catch (error) {
    if (error instanceof SlackApiError && REFUSED.has(error.reason)) return true;
    throw error;
  }
}

/** The token is not good, or not any more. */
const REFUSED: ReadonlySet<string> = new Set([
  'account_inactive',
  'invalid_auth',
  'not_authed',
  'token_expired',
  'token_revoked',
]);

/**
 * Calls with the token that the installation has at that time; with the next one where Slack refuses
 * it, since another process may have renewed it. Once uninstalled, all calls fail for good.
 */
function createInstalledApi(
  key: string,
  { installations, renewal, ...where }: InstalledParts & { readonly teamId?: string },
): SlackApi {
  const tokenOf = async (method: string) => {
    const installed = await renewal.current(key);
    if (installed === undefined) throw new SlackApiError({ method, reason: 'account_inactive' });
    return installed.record.token;
  };
  const withToken = async <T>(method: string, work: (api: SlackApi) => Promise<T>): Promise<T> => {
    const token = await tokenOf(method);
    try {
      return await work(createSlackApi({ ...where, token }));
    } catch (error) {
      if (!(error instanceof SlackApiError && REFUSED.has(error.reason))) throw error;
      await installations.look(key);
      const other = await tokenOf(method);
      if (other === token) throw error;
      return work(createSlackApi({ ...where, token: other }));
    }
  };
  return {
    call: (method, args, signal) => withToken(method, (api) => api.call(method, args, signal)),
    upload: (file) => withToken('files.upload', (api) => api.upload(file)),
    respond: (url, body, signal) => createSlackApi(where).respond(url, body, signal),
  };
}
