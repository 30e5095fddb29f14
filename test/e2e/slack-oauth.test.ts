import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEmulator, type Emulator } from 'emulate';
import { Hono } from 'hono';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { diagnose } from '../../src/slack/diagnose.ts';
import { createSlackApi, type SlackApi } from '../../src/slack/slack-api.ts';
import { openStore, type Store } from '../../src/store/open-store.ts';
import { listen, type WebServer } from '../../src/web/server.ts';
import { until } from '../bot/open-bot.ts';
import { CLIENT } from '../slack/http-slack.ts';
import { beginInstall, comeBack, openInstalled } from '../slack/installed-rig.ts';
import { mention, slashForm, wrappedIn } from '../slack/signed-request.ts';

// `emulate` is nobody's work of ours: it plays Slack's side of OAuth and holds us to our scopes.
const BOT = { bot_id: 'B00FOOTNOTE', bot_user_id: 'U00FOOTNOTE', bot_name: 'footnote' };
/** Of a person who looks at what there is, and invites the bot. */
const ADA = 'xoxp-ada';

let folder: string;
let slack: Emulator;
let server: WebServer;
let store: Store;
let here: Awaited<ReturnType<typeof openInstalled>>;
let ada: SlackApi;
let place: { readonly team: string; readonly channel: string; readonly user: string };

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'footnote-oauth-'));
  store = await openStore({ file: join(folder, 'state.db') });
  server = await listen({ app: new Hono(), host: '127.0.0.1', port: 0 });
  const app = {
    client_id: CLIENT.clientId,
    client_secret: CLIENT.clientSecret,
    name: 'Footnote',
    redirect_uris: [`${server.url}/slack/oauth_redirect`],
    ...BOT,
  };
  const scopes = [
    'channels:read',
    'channels:manage',
    'channels:history',
    'users:read',
    'im:history',
  ];
  slack = await createEmulator({
    service: 'slack',
    port: 0,
    seed: {
      slack: {
        team: { name: 'Lab', domain: 'lab' },
        users: [{ name: 'ada', is_admin: true }],
        channels: [{ name: 'papers' }],
        oauth_apps: [app],
        tokens: [{ token: ADA, user: 'ada', scopes: [...scopes, 'reactions:read', 'chat:write'] }],
        strict_scopes: true,
      },
    },
  });
  const apiUrl = `${slack.url}/api/`;
  here = await openInstalled({ apiUrl }, { store, server });
  ada = createSlackApi({ token: ADA, apiUrl });
  const { team_id: team, user_id: user } = (await ada.call('auth.test', {})) as Who;
  const { channels } = (await ada.call('conversations.list', {})) as Channels;
  const channel = channels.find(({ name }) => name === 'papers')?.id ?? '';
  place = { team, channel, user };
});
afterEach(async () => {
  await here.close();
  await store.close();
  await slack.close();
  rmSync(folder, { recursive: true });
});

interface Who {
  readonly team_id: string;
  readonly user_id: string;
}
interface Channels {
  readonly channels: readonly { readonly id: string; readonly name: string }[];
}
interface Messages {
  readonly messages: readonly { readonly text: string; readonly user?: string }[];
}

/** Opens the page of Slack that lists what the app asks for, and allows it as Ada. */
async function allow(asked: URL): Promise<string> {
  const page = await (await fetch(asked)).text();
  const form = page.match(/<form[\s\S]*?<\/form>/g)?.find((each) => each.includes('>ada<')) ?? '';
  const fields = [...form.matchAll(/name="(\w+)" value="([^"]*)"/g)].map(
    ([, name, value]): [string, string] => [name ?? '', (value ?? '').replace(/&amp;/g, '&')],
  );
  const response = await fetch(`${slack.url}/oauth/v2/authorize/callback`, {
    method: 'POST',
    body: new URLSearchParams(fields),
    redirect: 'manual',
  });
  return new URL(response.headers.get('location') ?? '').searchParams.get('code') ?? '';
}

async function install(without: readonly string[] = []): Promise<void> {
  const begun = await beginInstall(here.url);
  const scopes = begun.asked.searchParams.get('scope')?.split(',') ?? [];
  const held = scopes.filter((scope) => !without.includes(scope));
  begun.asked.searchParams.set('scope', held.join(','));
  const response = await comeBack(here.url, { ...begun, code: await allow(begun.asked) });
  expect([response.status, await response.text()]).toEqual([
    200,
    expect.stringContaining('is installed'),
  ]);
  await ada.call('conversations.invite', { channel: place.channel, users: BOT.bot_user_id });
}

const send = (event: object) => here.send(wrappedIn(place.team, event));
const ask = (text: string, more: object = {}) =>
  send(mention(text, { channel: place.channel, user: place.user, ...more }));

async function shown(): Promise<Messages['messages']> {
  const args = { channel: place.channel };
  const { messages } = (await ada.call('conversations.history', args)) as Messages;
  return messages.filter(({ user }) => user === BOT.bot_user_id);
}

describe('an installation by OAuth, against emulate', () => {
  it('is stored encrypted, and what is asked there is answered with its token', async () => {
    await install();
    const { ts } = (await said('What is LoRA?')) as { ts: string };
    expect((await ask('What is LoRA?', { ts })).status).toBe(200);
    await until(async () => (await repliesTo(ts)).length > 0, 'an answer');
    expect(JSON.stringify(here.logged)).not.toContain('missing_scope');
    expect(readFileSync(join(folder, 'state.db'), 'latin1')).not.toContain('xoxb-');
  });

  it('comes back to the browser that began it, and to no other', async () => {
    const [mine, others] = [await beginInstall(here.url), await beginInstall(here.url)];
    const code = await allow(mine.asked);
    const { status } = await comeBack(here.url, { code, state: mine.state, cookie: others.cookie });
    expect(status).toBe(400);
    expect(await store.installations.list('slack')).toEqual([]);
  });

  it('needs no more scopes than those of the manifest', async () => {
    await install();
    const { user, channel, team } = place;
    const { ts } = (await said('What is LoRA?')) as { ts: string };
    await ask('What is LoRA?', { ts });
    await ask('export', { ts: `${Number(ts) + 1}`, thread_ts: ts });
    await send({ type: 'app_home_opened', user, channel: 'D1', tab: 'home' });
    await send({ type: 'member_joined_channel', user: BOT.bot_user_id, channel });
    const who = { team_id: team, user_id: user, channel_id: channel };
    await here.send(slashForm('/papers', 'settings', who));
    await until(async () => (await repliesTo(ts)).length > 0, 'an answer');
    await until(
      async () => (await shown()).some(({ text }) => text.startsWith('Hello')),
      'a hello',
    );
    expect(JSON.stringify(here.logged)).not.toContain('missing_scope');
  });

  it('is held to its scopes: without one for reactions there is an answer and no sign of it', async () => {
    await install(['reactions:write']);
    const { ts } = (await said('What is LoRA?')) as { ts: string };
    await ask('What is LoRA?', { ts });
    await until(async () => (await repliesTo(ts)).length > 0, 'an answer');
    expect(JSON.stringify(here.logged)).toContain('missing_scope');
  });

  it('that lacks a scope is told of, with what to do', async () => {
    await install(['chat:write']);
    await ask('What is LoRA?');
    const lost = () => here.logged.find(({ event }) => event === 'bot.not-delivered');
    await until(() => lost() !== undefined);
    expect(JSON.stringify(lost())).toContain('missing_scope');
    const findings = await diagnose(here.choice, async () => ({
      store: store.installations,
      close: async () => {},
    }));
    expect(findings.filter(({ isGood }) => !isGood).map(({ text }) => text)).toEqual([
      `The installation in Lab (${place.team}) was not given chat:write: install the app there again.`,
    ]);
  });
});

const said = (text: string) =>
  createSlackApi({ token: ADA, apiUrl: `${slack.url}/api/` }).call('chat.postMessage', {
    channel: place.channel,
    text,
  });

async function repliesTo(ts: string): Promise<Messages['messages']> {
  const args = { channel: place.channel, ts };
  const { messages } = (await ada.call('conversations.replies', args)) as Messages;
  return messages.filter(({ user }) => user === BOT.bot_user_id);
}
