import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SCOPES } from '../../src/slack/needs.ts';
import { openStore } from '../../src/store/open-store.ts';
import { until } from '../bot/open-bot.ts';
import { type HttpSlack, startHttpSlack } from './http-slack.ts';
import { beginInstall, comeBack, install, KEY, openInstalled } from './installed-rig.ts';
import { mention, slashForm, wrappedIn } from './signed-request.ts';

type Opened = Awaited<ReturnType<typeof openInstalled>>;

let slack: HttpSlack;
let here: Opened;
beforeEach(async () => {
  slack = await startHttpSlack();
  here = await openInstalled(slack);
});
afterEach(async () => {
  await here.close();
  slack.close();
  expect(slack.problems).toEqual([]);
});

const shownIn = (team: string) => slack.team(team).shown.map(({ text }) => text);
const answeredIn = (team: string) => until(() => shownIn(team).length > 0, `an answer in ${team}`);
const ask = (team: string, text: string, organisation?: string) =>
  here.send(wrappedIn(team, mention(text), organisation));

describe('installing', () => {
  it('asks Slack for our scopes and keeps the way back in this browser', async () => {
    const { asked, response } = await beginInstall(here.url);
    expect(response.status).toBe(302);
    expect(asked.origin).toBe(new URL(slack.apiUrl).origin);
    const scopes = asked.searchParams.get('scope')?.split(',') ?? [];
    expect(scopes).toEqual(expect.arrayContaining(Object.keys(SCOPES)));
    expect(asked.searchParams.get('redirect_uri')).toBe(`${here.url}/slack/oauth_redirect`);
    expect(response.headers.get('set-cookie')).toMatch(/Secure; HttpOnly/);
  });

  it('lets the bot answer in each workspace with its own token', async () => {
    for (const id of ['T1', 'T2']) {
      const response = await install(here.url, slack.allow({ id }));
      expect([response.status, await response.text()]).toEqual([
        200,
        expect.stringContaining('is installed'),
      ]);
    }
    expect((await ask('T2', 'What is LoRA?')).status).toBe(200);
    await answeredIn('T2');
    expect(shownIn('T1')).toEqual([]);
  });

  it.each([
    ['another browser', (begun: Begun) => ({ ...begun, cookie: '' })],
    ['another state', (begun: Begun) => ({ ...begun, cookie: `${begun.cookie}x` })],
    ['a made-up state', () => ({ state: 'x', cookie: 'slack-app-oauth-state=x' })],
  ])('is refused to %s, with where to begin again', async (_name, change) => {
    const code = slack.allow({ id: 'T1' });
    const response = await comeBack(here.url, { ...change(await beginInstall(here.url)), code });
    expect([response.status, await response.text()]).toEqual([
      400,
      expect.stringContaining(`${here.url}/slack/install`),
    ]);
    expect(await here.store.installations.list('slack')).toEqual([]);
  });

  it('that Slack refuses says so without the reason, which is logged', async () => {
    const response = await install(here.url, 'no-code');
    expect([response.status, await response.text()]).toEqual([
      500,
      expect.stringContaining('was not installed'),
    ]);
    const why = JSON.stringify(here.logged);
    expect(why).toContain('invalid_code');
    expect(why).not.toContain('client-secret');
  });

  it('that a person declines is no error', async () => {
    const { cookie } = await beginInstall(here.url);
    const denied = `${here.url}/slack/oauth_redirect?error=access_denied`;
    const response = await fetch(denied, { headers: { cookie } });
    expect([response.status, await response.text()]).toEqual([
      200,
      expect.stringContaining('was not installed'),
    ]);
  });
});

type Begun = Awaited<ReturnType<typeof beginInstall>>;

describe('an organisation that installed the app', () => {
  it('is answered in all its workspaces, each named in the calls', async () => {
    await install(here.url, slack.allow({ id: 'E1', isOrganisation: true }));
    await ask('T7', 'What is LoRA?', 'E1');
    await ask('T8', 'What is LoRA?', 'E1');
    await Promise.all([answeredIn('T7'), answeredIn('T8')]);
    const rows = await here.store.installations.list('slack');
    expect(rows.map(({ key }) => key)).toEqual(['E1']);
    expect(await here.store.installations.get({ platform: 'slack', key: 'T8' })).toEqual(rows[0]);
  });
});

describe('what people call in a workspace of an organisation', () => {
  const inOrganisation = { team_id: 'T7', enterprise_id: 'E1', is_enterprise_install: 'true' };

  it('is done there: a command, a button, a shortcut', async () => {
    await install(here.url, slack.allow({ id: 'E1', isOrganisation: true }));
    const ask = slashForm('/ask', 'What is LoRA?', inOrganisation);
    expect(await (await here.send(ask)).json()).toMatchObject({
      text: expect.stringContaining('Searching'),
    });
    await until(() => here.answerer.answered.length === 1);
    const payload = {
      ...{ user: { id: 'U1', team_id: 'T7' }, team: null, enterprise: { id: 'E1' } },
      ...{ is_enterprise_install: true, trigger_id: 'trigger-of-a-button' },
    };
    const press = { type: 'block_actions', actions: [{ action_id: 'evidence', value: 'x' }] };
    await here.send([['payload', JSON.stringify({ ...payload, ...press })]]);
    const call = { type: 'shortcut', callback_id: 'ask_papers', trigger_id: 'another-trigger' };
    await here.send([['payload', JSON.stringify({ ...payload, ...call })]]);
    const opened = () => slack.team('T7').called('views.open');
    await until(() => opened().length === 2, 'two modals');
    expect(opened().map(({ team_id }) => team_id)).toEqual(['T7', 'T7']);
  });
});

describe('a workspace where the app is not installed', () => {
  it('is not answered, and Slack need not send it again', async () => {
    expect((await ask('T9', 'What is LoRA?')).status).toBe(200);
    expect(here.answerer.asked).toEqual([]);
  });

  it('is told so when somebody calls a command', async () => {
    const response = await here.send(slashForm('/ask', 'What is LoRA?', { team_id: 'T9' }));
    expect(await response.json()).toMatchObject({
      response_type: 'ephemeral',
      text: expect.stringContaining('not installed'),
    });
  });
});

describe('uninstalling', () => {
  const uninstall = () => {
    slack.revoke('T1');
    return here.send(wrappedIn('T1', { type: 'app_uninstalled' }));
  };

  it('in the middle of an answer ends it without a failure; installed again, it answers', async () => {
    await install(here.url, slack.allow({ id: 'T1' }));
    const release = here.answerer.hold('What is LoRA?');
    await ask('T1', 'What is LoRA?');
    await until(() => here.answerer.asked.length === 1);
    expect((await uninstall()).status).toBe(200);
    release();
    await until(() => here.logged.some(({ event }) => event === 'bot.not-delivered'));
    const loud = here.logged.filter(
      ({ event, level }) => level === 'info' && /not|fail/.test(event),
    );
    expect(loud).toEqual([]);
    expect(shownIn('T1')).toEqual([]);
    expect(await here.store.installations.list('slack')).toEqual([]);
    await new Promise((resolve) => setTimeout(resolve, 1_000 - (Date.now() % 1_000)));
    await install(here.url, slack.allow({ id: 'T1' }));
    await ask('T1', 'What is QLoRA?');
    await answeredIn('T1');
    expect(shownIn('T1')).toHaveLength(1);
  });

  it('keeps what the workspace has set', async () => {
    await install(here.url, slack.allow({ id: 'T1' }));
    const place = { platform: 'slack', workspaceId: 'T1', channelId: 'C1' } as const;
    await here.store.settings.change(place, { answerMode: 'everything' });
    await uninstall();
    expect(await here.store.settings.get(place)).toEqual({ answerMode: 'everything' });
  });

  it('that Slack tells of after the app was installed again takes nothing away', async () => {
    await install(here.url, slack.allow({ id: 'T1' }));
    const late = wrappedIn('T1', { type: 'app_uninstalled' });
    await here.send({ ...late, event_time: Math.floor(Date.now() / 1_000) - 5 });
    expect(await here.store.installations.list('slack')).toHaveLength(1);
  });

  it('is what a revoked token means, unless Slack speaks of one that was renewed', async () => {
    await install(here.url, slack.allow({ id: 'T1' }));
    const revoked = (bot: readonly string[]) =>
      here.send(wrappedIn('T1', { type: 'tokens_revoked', tokens: { bot, oauth: ['U1'] } }));
    const count = async () => (await here.store.installations.list('slack')).length;
    await revoked([]);
    await revoked(['UBOTT1']);
    expect(await count()).toBe(1);
    slack.revoke('T1');
    await revoked(['UBOTT1']);
    expect(await count()).toBe(0);
  });
});

describe('what is stored', () => {
  it('holds no token that can be read', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'footnote-installed-'));
    const file = join(folder, 'state.db');
    const store = await openStore({ file });
    const there = await openInstalled(slack, { store });
    await install(there.url, slack.allow({ id: 'T1', lasts: 43_200 }));
    await there.close();
    await store.close();
    const bytes = readFileSync(file, 'latin1');
    rmSync(folder, { recursive: true });
    expect(bytes).toContain('installations');
    for (const token of slack.tokens.keys()) expect(bytes).not.toContain(token);
    expect(bytes).not.toContain('xoxe-');
  });

  it('goes over to a new key that stands first; without the old one nothing is lost', async () => {
    await install(here.url, slack.allow({ id: 'T1' }));
    const next = 'b2'.repeat(32);
    const { store } = here;
    const before = await store.installations.list('slack');
    await expect(openInstalled(slack, { store, encryptionKeys: [next] })).rejects.toMatchObject({
      code: 'config',
      message: expect.stringContaining('Put the old key behind the new one'),
    });
    expect(await store.installations.list('slack')).toEqual(before);
    await (await openInstalled(slack, { store, encryptionKeys: [next, KEY] })).close();
    const after = await openInstalled(slack, { store, encryptionKeys: [next] });
    expect(after.name).toContain('in 1 workspace;');
    await after.close();
  });

  it('of one workspace that no key opens keeps no other from being answered', async () => {
    await install(here.url, slack.allow({ id: 'T1' }));
    await install(here.url, slack.allow({ id: 'T2' }));
    const { store } = here;
    const [row] = await store.installations.list('slack');
    const other = { platform: 'slack', key: 'T2' } as const;
    // Bound to its own row: it opens no other.
    await store.installations.put({ ...other, sealed: row?.sealed ?? '', installedAt: '2026' });
    const there = await openInstalled(slack, { store });
    expect(JSON.stringify(there.logged)).toContain('T2 was changed');
    expect((await there.send(wrappedIn('T2', mention('What is LoRA?')))).status).toBe(503);
    expect((await there.send(wrappedIn('T1', mention('What is LoRA?')))).status).toBe(200);
    await answeredIn('T1');
    await there.close();
  });
});
