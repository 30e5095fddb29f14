import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SlackApiError } from '../../src/slack/slack-api.ts';
import { FakeSlackApi } from './fake-slack-api.ts';

export const CLIENT = { clientId: '1.2', clientSecret: 'client-secret-0123456789' } as const;

/** Who installs the app: a workspace, or an organisation for its workspaces. */
export interface Installer {
  readonly id: string;
  readonly isOrganisation?: boolean;
  /** Seconds that a token lasts; without it tokens do not rotate. */
  readonly lasts?: number;
}

interface Token {
  readonly installer: Installer;
  isRevoked: boolean;
}

type Args = Record<string, unknown>;

/** A Slack on loopback: its tokens are good for one team each, and what breaks its rules is noted. */
export interface HttpSlack {
  readonly apiUrl: string;
  /** What each workspace shows. */
  team(id: string): FakeSlackApi;
  readonly tokens: ReadonlyMap<string, Token>;
  readonly refreshes: string[];
  readonly problems: string[];
  /** Keeps refreshing waiting until the returned function is called. */
  holdRefresh(): () => void;
  /** A code as a browser brings it back after somebody allowed the app. */
  allow(installer: Installer): string;
  revoke(installerId: string): void;
  close(): void;
}

const FREE_OF_TEAM = new Set(['auth.test']);

export async function startHttpSlack(): Promise<HttpSlack> {
  const teams = new Map<string, FakeSlackApi>();
  const tokens = new Map<string, Token>();
  const codes = new Map<string, Installer>();
  const refreshTokens = new Map<string, Installer>();
  const [refreshes, problems] = [[] as string[], [] as string[]];
  let [next, gate] = [0, Promise.resolve()];

  const team = (id: string) => {
    const api = teams.get(id) ?? new FakeSlackApi();
    teams.set(id, api);
    return api;
  };
  const grant = (installer: Installer) => {
    const { id, lasts } = installer;
    const n = ++next;
    const token = lasts === undefined ? `xoxb-${id}-${n}` : `xoxe.xoxb-${id}-${n}`;
    tokens.set(token, { installer, isRevoked: false });
    if (lasts === undefined) return { access_token: token };
    refreshTokens.set(`xoxe-${id}-${n}`, installer);
    return { access_token: token, refresh_token: `xoxe-${id}-${n}`, expires_in: lasts };
  };
  const access = async ({ grant_type, code, refresh_token, ...client }: Args) => {
    if (client.client_id !== CLIENT.clientId || client.client_secret !== CLIENT.clientSecret) {
      throw failure('invalid_client_id');
    }
    const used = String(grant_type === 'refresh_token' ? refresh_token : code);
    if (grant_type === 'refresh_token') {
      refreshes.push(used);
      await gate;
    }
    const from = grant_type === 'refresh_token' ? refreshTokens : codes;
    const installer = from.get(used);
    // Each is good once.
    if (!from.delete(used) || installer === undefined) {
      throw failure(grant_type === 'refresh_token' ? 'invalid_refresh_token' : 'invalid_code');
    }
    return { ok: true, ...facts(installer), ...grant(installer) };
  };
  const call = async (method: string, args: Args, bearer: string) => {
    if (method === 'oauth.v2.access') return access(args);
    const token = tokens.get(bearer);
    if (token === undefined) throw failure('invalid_auth');
    if (token.isRevoked) throw failure('token_revoked');
    const { id, isOrganisation } = token.installer;
    if (method === 'auth.test') {
      return { ok: true, team_id: id, team: id, user_id: `UBOT${id}`, bot_id: `BBOT${id}` };
    }
    if (isOrganisation && args.team_id === undefined && !FREE_OF_TEAM.has(method)) {
      problems.push(`${method} without team_id, with the token of an organisation`);
    }
    return team(isOrganisation ? String(args.team_id) : id).call(method, args);
  };

  const server = createServer(async (request, response) => {
    const method = (request.url ?? '').replace('/api/', '');
    const bearer = request.headers.authorization?.replace('Bearer ', '') ?? '';
    const answer = await call(method, await readArgs(request), bearer).catch((error: unknown) =>
      error instanceof SlackApiError
        ? { ok: false, error: error.reason }
        : void problems.push(String(error)),
    );
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify(answer ?? { ok: false, error: 'fatal_error' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // it listens on a port
  return {
    apiUrl: `http://127.0.0.1:${port}/api/`,
    team,
    tokens,
    refreshes,
    problems,
    holdRefresh() {
      const held = Promise.withResolvers<void>();
      gate = held.promise;
      return () => held.resolve();
    },
    allow(installer) {
      codes.set(`code-${++next}`, installer);
      return `code-${next}`;
    },
    revoke(installerId) {
      for (const token of tokens.values()) {
        if (token.installer.id === installerId) token.isRevoked = true;
      }
    },
    close: () => void server.close(),
  };
}

function facts({ id, isOrganisation = false }: Installer) {
  const of = { id, name: `Name of ${id}` };
  return {
    token_type: 'bot',
    scope: 'chat:write,commands',
    bot_user_id: `UBOT${id}`,
    app_id: 'A1',
    team: isOrganisation ? null : of,
    enterprise: isOrganisation ? of : null,
    is_enterprise_install: isOrganisation,
    authed_user: { id: 'U1' },
  };
}

function failure(reason: string): SlackApiError {
  return new SlackApiError({ method: 'fake', reason });
}

/** A form whose nested values are JSON, as Slack takes it. */
async function readArgs(request: IncomingMessage): Promise<Args> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  const form = new URLSearchParams(Buffer.concat(pieces).toString());
  const parse = (text: string) => (/^[[{]/.test(text) ? (JSON.parse(text) as unknown) : text);
  return Object.fromEntries([...form].map(([name, value]) => [name, parse(value)]));
}
