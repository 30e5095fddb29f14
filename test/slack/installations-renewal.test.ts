import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type OpenedInstallations, openInstallations } from '../../src/slack/installations-open.ts';
import { openStore, type Store } from '../../src/store/open-store.ts';
import { until } from '../bot/open-bot.ts';
import { CLIENT, type HttpSlack, startHttpSlack } from './http-slack.ts';

const HOUR_MS = 3_600_000;
const KEYS = ['a1'.repeat(32)];
const LASTS = 43_200;

let slack: HttpSlack;
let folder: string;
let stores: Store[];
let processes: OpenedInstallations[];
let logged: string[];
const clock = { ahead: 0 };
const now = () => new Date(Date.now() + clock.ahead);
let ids = 0;

beforeEach(async () => {
  slack = await startHttpSlack();
  folder = mkdtempSync(join(tmpdir(), 'footnote-renewal-'));
  clock.ahead = 0;
  logged = [];
  const write = (event: string) => void logged.push(event);
  const log = Object.assign(write, { debug: write, warn: write });
  const file = join(folder, 'state.db');
  stores = [await openStore({ file }), await openStore({ file })];
  const options = { ...CLIENT, apiUrl: slack.apiUrl, encryptionKeys: KEYS, log, now };
  processes = await Promise.all(
    stores.map(({ installations: store }) =>
      openInstallations({ ...options, store, newId: () => `worker-${++ids}` }),
    ),
  );
});
afterEach(async () => {
  await Promise.all(processes.map(({ renewal }) => renewal.settled()));
  await Promise.all(stores.map((store) => store.close()));
  slack.close();
  rmSync(folder, { recursive: true });
  expect(slack.problems).toEqual([]);
});

/** Installs the app in T1 and gives the first process and its token. */
async function installed() {
  const [one] = processes;
  const code = slack.allow({ id: 'T1', lasts: LASTS });
  const granted = await fetch(`${slack.apiUrl}oauth.v2.access`, {
    method: 'POST',
    body: new URLSearchParams({
      client_id: CLIENT.clientId,
      client_secret: CLIENT.clientSecret,
      code,
    }),
  });
  const { access_token: token, refresh_token: refreshToken } = (await granted.json()) as Granted;
  const expiresAt = now().getTime() + LASTS * 1_000;
  await one?.installations.keep('T1', {
    ...{ name: 'Lab', isOrganisation: false, botUserId: 'UBOTT1', scopes: [] },
    ...{ token, refreshToken, expiresAt },
  });
  if (one === undefined) throw new Error('Nothing is open.');
  return { one, token };
}

interface Granted {
  readonly access_token: string;
  readonly refresh_token: string;
}

const apiOf = async (opened: OpenedInstallations | undefined) =>
  (await opened?.workspaces.find({ teamId: 'T1' }))?.api;

describe('a token that rotates', () => {
  it('is left alone while it is good for long', async () => {
    const { one, token } = await installed();
    clock.ahead = 9 * HOUR_MS;
    expect((await one.renewal.current('T1'))?.record.token).toBe(token);
    expect(slack.refreshes).toEqual([]);
  });

  it('is renewed in good time, and nobody waits for that', async () => {
    const { one, token } = await installed();
    clock.ahead = 11 * HOUR_MS;
    const release = slack.holdRefresh();
    expect((await one.renewal.current('T1'))?.record.token).toBe(token);
    release();
    await one.renewal.settled();
    expect((await one.renewal.current('T1'))?.record.token).not.toBe(token);
    expect(slack.refreshes).toHaveLength(1);
  });

  it('that ran out is renewed once, however many ask in however many processes', async () => {
    const { token } = await installed();
    for (const { installations } of processes) await installations.look('T1');
    clock.ahead = 13 * HOUR_MS;
    const asked = processes.flatMap(({ renewal }) =>
      Array.from({ length: 10 }, () => renewal.current('T1')),
    );
    const tokens = new Set((await Promise.all(asked)).map((each) => each?.record.token));
    expect(tokens.size).toBe(1);
    expect(tokens).not.toContain(token);
    expect(slack.refreshes).toHaveLength(1);
  });

  it('is not lost when another process changes the key while it is renewed', async () => {
    const { one } = await installed();
    clock.ahead = 13 * HOUR_MS;
    const release = slack.holdRefresh();
    const asked = one.renewal.current('T1');
    await until(() => slack.refreshes.length === 1);
    const [store] = stores;
    const options = { ...CLIENT, apiUrl: slack.apiUrl, now, newId: () => 'other' };
    const silent = Object.assign(() => {}, { debug() {}, warn() {} });
    if (store === undefined) throw new Error('Nothing is open.');
    const encryptionKeys = ['c3'.repeat(32), ...KEYS];
    const opening = { ...options, encryptionKeys, store: store.installations, log: silent };
    await openInstallations(opening);
    release();
    const token = (await asked)?.record.token;
    const { workspaces, renewal } = await openInstallations(opening);
    expect((await renewal.current('T1'))?.record.token).toBe(token);
    const there = await workspaces.find({ teamId: 'T1' });
    expect(await there?.api.call('auth.test', {})).toMatchObject({ team_id: 'T1' });
  });

  it('is kept although the store is busy at first', async () => {
    const { one, token } = await installed();
    const [store] = stores;
    if (store === undefined) throw new Error('Nothing is open.');
    const { reseal } = store.installations;
    let tries = 0;
    Object.assign(store.installations, {
      reseal: (...given: Parameters<typeof reseal>) =>
        ++tries < 3 ? Promise.reject(new Error('busy')) : reseal(...given),
    });
    clock.ahead = 13 * HOUR_MS;
    expect((await one.renewal.current('T1'))?.record.token).not.toBe(token);
    expect(await (await apiOf(processes[1]))?.call('auth.test', {})).toMatchObject({ ok: true });
  });

  it('goes on to be used while Slack gives no new one, and no more when it ran out', async () => {
    const { one, token } = await installed();
    slack.refreshes.length = 0;
    clock.ahead = 11 * HOUR_MS;
    const gone = { ...CLIENT, clientSecret: 'another-secret-0123456789' };
    const [store] = stores;
    if (store === undefined) throw new Error('Nothing is open.');
    const wrong = await openInstallations({
      ...gone,
      ...{ apiUrl: slack.apiUrl, encryptionKeys: KEYS, now, newId: () => `w${++ids}` },
      store: store.installations,
      log: Object.assign((event: string) => void logged.push(event), {
        debug() {},
        warn: (event: string) => void logged.push(event),
      }),
    });
    expect((await wrong.renewal.current('T1'))?.record.token).toBe(token);
    await wrong.renewal.settled();
    expect(logged).toContain('slack.token-not-renewed');
    clock.ahead = 13 * HOUR_MS;
    await expect(wrong.renewal.current('T1')).rejects.toThrow('invalid_client_id');
    // Nothing was lost: with the right secret it is renewed.
    expect((await one.renewal.current('T1'))?.record.token).not.toBe(token);
  });

  it('is refused for good where its refresh token is void', async () => {
    const { one } = await installed();
    const [row] = (await stores[0]?.installations.list('slack')) ?? [];
    clock.ahead = 13 * HOUR_MS;
    await one.renewal.current('T1');
    if (row !== undefined) await stores[0]?.installations.put(row);
    const [, other] = processes;
    await expect((await apiOf(other))?.call('auth.test', {})).rejects.toMatchObject({
      reason: 'invalid_auth',
    });
    expect(logged).toContain('slack.install-again');
  });
});

describe('a call with a token that another process has replaced', () => {
  it('is made again with the new one', async () => {
    const { token } = await installed();
    const [one, other] = processes;
    await other?.installations.look('T1');
    clock.ahead = 11 * HOUR_MS;
    await one?.renewal.current('T1');
    await one?.renewal.settled();
    clock.ahead = 0;
    const old = slack.tokens.get(token);
    if (old !== undefined) old.isRevoked = true;
    expect(await (await apiOf(other))?.call('auth.test', {})).toMatchObject({ team_id: 'T1' });
  });

  it('fails for good where the app was uninstalled there', async () => {
    await installed();
    const [one, other] = processes;
    const api = await apiOf(other);
    await one?.workspaces.uninstalled({ teamId: 'T1' }, new Date(Date.now() + 1_000));
    slack.revoke('T1');
    await expect(api?.call('auth.test', {})).rejects.toMatchObject({ reason: 'account_inactive' });
  });
});
