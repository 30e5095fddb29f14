import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text as readText } from 'node:stream/consumers';
import { Hono } from 'hono';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { proofOf } from '../../src/slack/http-signature.ts';
import { createCipher } from '../../src/slack/installations-cipher.ts';
import { SCOPES } from '../../src/slack/needs.ts';
import { openStore } from '../../src/store/open-store.ts';
import { listen, type WebServer } from '../../src/web/server.ts';
import { makeDataDir, runFootnote } from './run-footnote.ts';

let dataDir: string;
let drop: () => Promise<void>;
let server: Server;
let scopes: readonly string[];
let env: Record<string, string>;
let codeIs: string;

beforeEach(async () => {
  ({ dataDir, drop } = await makeDataDir());
  scopes = Object.keys(SCOPES);
  codeIs = 'invalid_code';
  // A Slack that tells, as the real one, in a header what the token may do.
  server = createServer((request, response) => {
    const headers = { 'Content-Type': 'application/json', 'X-OAuth-Scopes': scopes.join(',') };
    const body = { ok: true, team_id: 'T1', team: 'Lab', user_id: 'UBOT', url: 'ws://x' };
    const isClient = request.url?.endsWith('oauth.v2.access') === true;
    const refused = { ok: false, error: codeIs };
    response.writeHead(200, headers).end(JSON.stringify(isClient ? refused : body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // it listens on a port
  env = {
    SLACK_API_URL: `http://127.0.0.1:${port}/api/`,
    SLACK_BOT_TOKEN: 'xoxb-secret',
    SLACK_APP_TOKEN: 'xapp-secret',
  };
});
afterEach(async () => {
  server.close();
  await drop();
});

describe('doctor', () => {
  it('says that Slack is not set up where it is not', async () => {
    const { code, stdout } = await runFootnote(['doctor'], { dataDir });
    expect([code, stdout]).toEqual([0, expect.stringContaining('not set up')]);
  });

  it('finds all well', async () => {
    const { code, stdout } = await runFootnote(['doctor'], { dataDir, env });
    expect(stdout).toContain('bot UBOT of the workspace Lab');
    expect(stdout).toContain('All scopes are there.');
    expect(stdout).not.toContain('WRONG');
    expect(code).toBe(0);
  });

  it('names a missing scope, ends with 1 and shows no token', async () => {
    scopes = scopes.filter((scope) => scope !== 'chat:write');
    const { code, stdout, stderr } = await runFootnote(['doctor'], { dataDir, env });
    expect(stdout).toContain('WRONG  The scope chat:write is missing (to answer)');
    expect(`${stdout}${stderr}`).not.toContain('secret');
    expect(code).toBe(1);
  });
});

describe('doctor over HTTP', () => {
  const SIGNING = 'signing-secret-0123456789';
  let web: WebServer;
  let replies: (challenge: string) => { readonly status: number; readonly text: string };

  beforeEach(async () => {
    replies = (challenge) => ({ status: 200, text: JSON.stringify({ challenge }) });
    web = await listen({ app: new Hono(), host: '127.0.0.1', port: 0 });
    // Footnote as it runs meanwhile.
    web.mount('/slack/', (request, response) => {
      readText(request).then((body) => {
        const proof = proofOf(
          { headers: request.headers, body: Buffer.from(body) },
          { signingSecret: SIGNING, now: new Date() },
        );
        const { challenge } = JSON.parse(body) as { challenge: string };
        const { status, text } = proof.kind === 'signed' ? replies(challenge) : refused;
        response.writeHead(status).end(text);
      });
    });
    const { SLACK_API_URL } = env;
    env = {
      ...{ SLACK_API_URL: SLACK_API_URL ?? '', SLACK_SIGNING_SECRET: SIGNING },
      SLACK_PUBLIC_URL: web.url,
    };
  });
  afterEach(() => web.close());
  const refused = { status: 401, text: '' };
  const doctor = (more: Record<string, string>) =>
    runFootnote(['doctor'], { dataDir, env: { ...env, ...more } });
  const one = { SLACK_BOT_TOKEN: 'xoxb-secret' };

  it('finds all well where the address answers', async () => {
    const { code, stdout } = await doctor(one);
    expect(stdout).toContain('bot UBOT of the workspace Lab');
    expect(stdout).toContain(`${web.url}/slack/events is reached, checks signatures`);
    expect(stdout).toContain('slack/manifest.http.json lists');
    expect([code, stdout.includes('WRONG')]).toEqual([0, false]);
  });

  it.each([
    ['runs with another secret', () => refused, 'another SLACK_SIGNING_SECRET'],
    ['is something else', () => ({ status: 200, text: '<html>' }), 'it is not Footnote'],
  ])('says so where what answers %s', async (_name, answer, hint) => {
    replies = answer;
    const { code, stdout } = await doctor(one);
    expect(stdout).toContain(hint);
    expect(code).toBe(1);
  });

  it('says so where nothing answers', async () => {
    const { code, stdout } = await doctor({ ...one, SLACK_PUBLIC_URL: 'http://127.0.0.1:9' });
    expect(stdout).toContain('WRONG  http://127.0.0.1:9/slack/events cannot be reached');
    expect(code).toBe(1);
  });

  const many = {
    SLACK_CLIENT_ID: '1.2',
    SLACK_CLIENT_SECRET: 'client-secret-0123456789',
    SLACK_STATE_SECRET: 'state-secret-0123456789',
    SLACK_ENCRYPTION_KEYS: 'a1'.repeat(32),
  };

  it('tries the client and each installation of many', async () => {
    const file = join(dataDir, 'state', 'footnote.sqlite');
    const { installations: store, close } = await openStore({ file });
    const cipher = createCipher(['a1'.repeat(32)]);
    const record = { name: 'Lab', isOrganisation: false, botUserId: 'UBOT', token: 'xoxb-1' };
    const put = (key: string, scopes: readonly string[], sealer = cipher) =>
      store.put({
        ...{ platform: 'slack', key, installedAt: new Date().toISOString() },
        sealed: sealer.seal(JSON.stringify({ ...record, scopes }), key),
      });
    await put('T1', Object.keys(SCOPES));
    await put('T2', ['chat:write']);
    await put('T3', [], createCipher(['b2'.repeat(32)]));
    await close();
    const { code, stdout, stderr } = await doctor(many);
    expect(stdout).toContain('ok  SLACK_CLIENT_ID and SLACK_CLIENT_SECRET are good');
    expect(stdout).toContain(`${web.url}/slack/oauth_redirect must be among the redirect URLs`);
    expect(stdout).toContain('ok  The installation in Lab (T1) works.');
    expect(stdout).toContain('WRONG  The installation in Lab (T2) was not given app_mentions:read');
    expect(stdout).toContain('WRONG  The installation T3 was encrypted with a key');
    expect(`${stdout}${stderr}`).not.toMatch(/xoxb-1|secret-0/);
    expect(code).toBe(1);
  });

  it('says that Slack does not know the client, and that nobody installed the app', async () => {
    codeIs = 'invalid_client_id';
    const { code, stdout } = await doctor(many);
    expect(stdout).toContain('Slack does not know SLACK_CLIENT_ID with SLACK_CLIENT_SECRET');
    expect(stdout).toContain('No workspace has installed the app yet.');
    expect(code).toBe(1);
  });
});
