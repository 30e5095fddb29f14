import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SCOPES } from '../../src/slack/needs.ts';
import { makeDataDir, runFootnote } from './run-footnote.ts';

let dataDir: string;
let drop: () => Promise<void>;
let server: Server;
let scopes: readonly string[];
let env: Record<string, string>;

beforeEach(async () => {
  ({ dataDir, drop } = await makeDataDir());
  scopes = Object.keys(SCOPES);
  // A Slack that tells, as the real one, in a header what the token may do.
  server = createServer((_, response) => {
    const headers = { 'Content-Type': 'application/json', 'X-OAuth-Scopes': scopes.join(',') };
    const body = { ok: true, team_id: 'T1', team: 'Lab', user_id: 'UBOT', url: 'ws://x' };
    response.writeHead(200, headers).end(JSON.stringify(body));
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
