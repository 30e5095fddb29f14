import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FaultDiscord } from '../fakes/fault-discord/fault-discord.ts';
import { makeDataDir, runFootnote } from './run-footnote.ts';

let discord: FaultDiscord;
let dataDir: string;
let drop: () => Promise<void>;

beforeAll(async () => {
  discord = await FaultDiscord.start();
  ({ dataDir, drop } = await makeDataDir());
});
afterAll(async () => {
  await discord.close();
  await drop();
});

const access = () => ({ DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl });

describe('register and doctor, for Discord', () => {
  it('set up the commands, find them there, and show no token', async () => {
    const before = await runFootnote(['doctor'], { dataDir, env: access() });
    expect(before.stdout).toContain('Discord: WRONG  The commands are not registered');
    expect(before.code).toBe(1);
    const set = await runFootnote(['register'], { dataDir, env: access() });
    expect(set).toMatchObject({ code: 0, stderr: '' });
    expect(set.stdout).toBe(
      'Registered for all servers: ask, papers, Ask the papers about this.\n',
    );
    const again = await runFootnote(['register'], { dataDir, env: access() });
    expect(again.stdout).toMatch(/^Nothing to do for all servers/);
    const after = await runFootnote(['doctor'], { dataDir, env: access() });
    expect(after.stdout).not.toContain('WRONG');
    expect(after.code).toBe(0);
    const all = [before, set, again, after].map(({ stdout, stderr }) => stdout + stderr).join('');
    expect(all).not.toContain(discord.token);
  });

  it('say what to do without a token, and with one that is not good', async () => {
    const none = await runFootnote(['register'], { dataDir });
    expect(none.stderr).toContain('DISCORD_TOKEN is not set');
    expect(none.code).toBe(1);
    const env = { ...access(), DISCORD_TOKEN: 'not.the.token' };
    const wrong = await runFootnote(['register'], { dataDir, env });
    expect(wrong.stderr).toContain('Discord does not accept DISCORD_TOKEN');
    expect(wrong.stderr).not.toContain('not.the.token');
    expect(wrong.code).toBe(1);
  });

  it('say so where the address leads to a page that is no Discord', async () => {
    const server = createServer((_, response) => {
      response.writeHead(200, { 'Content-Type': 'text/html' }).end('<p>Hello</p>');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo; // it listens on a port
    const env = { ...access(), DISCORD_API_URL: `http://127.0.0.1:${port}/api` };
    for (const command of ['register', 'doctor']) {
      const { code, stdout, stderr } = await runFootnote([command], { dataDir, env });
      expect(`${stdout}${stderr}`).toContain('If DISCORD_API_URL is set, check that');
      expect(`${stdout}${stderr}`).not.toMatch(/ZodError|inside Footnote/);
      expect(code).toBe(1);
    }
    server.close();
  });

  it('takes no names', async () => {
    const { code, stderr } = await runFootnote(['register', 'now'], { dataDir });
    expect(code).toBe(2);
    expect(stderr).toContain('npm run register');
  });
});
