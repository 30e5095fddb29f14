import { Hono } from 'hono';
import type { SlackChoice } from '../../src/config/slack.ts';
import { openSlack } from '../../src/slack/open-room.ts';
import { openStore, type Store } from '../../src/store/open-store.ts';
import { listen, type WebServer } from '../../src/web/server.ts';
import { FakeAnswerer } from '../bot/fake-answerer.ts';
import { openBot } from '../bot/open-bot.ts';
import { CLIENT, type HttpSlack } from './http-slack.ts';
import { SECRET, signedRequest } from './signed-request.ts';

export const KEY = 'a1'.repeat(32);

/** The bot as `npm start` has it, installed by OAuth in workspaces of a Slack on loopback. */
export async function openInstalled(
  slack: Pick<HttpSlack, 'apiUrl'>,
  options: {
    readonly store?: Store;
    readonly encryptionKeys?: readonly string[];
    readonly server?: WebServer;
  } = {},
) {
  const store = options.store ?? (await openStore({ file: ':memory:' }));
  const server = options.server ?? (await listen({ app: new Hono(), host: '127.0.0.1', port: 0 }));
  const logged: { readonly event: string; readonly level: string; readonly fields: object }[] = [];
  const at =
    (level: string) =>
    (event: string, fields: object = {}) =>
      void logged.push({ event, level, fields });
  const log = Object.assign(at('info'), { debug: at('debug'), warn: at('warn') });
  const choice: SlackChoice = {
    kind: 'oauth',
    ...CLIENT,
    signingSecret: SECRET,
    stateSecret: 'state-secret-0123456789',
    encryptionKeys: options.encryptionKeys ?? [KEY],
    publicUrl: server.url,
    apiUrl: slack.apiUrl,
  };
  const room = await openSlack(choice, {
    installations: store.installations,
    mount: server.mount,
    log,
  });
  const answerer = new FakeAnswerer();
  const opened = await openBot({
    store,
    answerer,
    parts: { doors: { slack: room.door }, log },
    settings: { deliverMs: 5_000 },
  });
  const connection = await room.connect(opened.bot);
  return {
    choice,
    url: server.url,
    name: room.name,
    store,
    answerer,
    logged,
    send: (body: Parameters<typeof signedRequest>[0]['body']) =>
      fetch(`${server.url}/slack/events`, signedRequest({ body })),
    async close() {
      await connection.close();
      await opened.close();
      await server.close();
      if (options.store === undefined) await store.close();
    },
  };
}

/** Begins to install in a browser: where Slack is to be asked, and what the browser keeps. */
export async function beginInstall(url: string) {
  const response = await fetch(`${url}/slack/install`, { redirect: 'manual' });
  const asked = new URL(response.headers.get('location') ?? '');
  const [cookie = ''] = (response.headers.get('set-cookie') ?? '').split(';');
  return { asked, cookie, state: asked.searchParams.get('state') ?? '', response };
}

/** Comes back from Slack. */
export function comeBack(
  url: string,
  {
    code,
    state,
    cookie,
  }: { readonly code: string; readonly state: string; readonly cookie: string },
): Promise<Response> {
  const query = new URLSearchParams({ code, state });
  return fetch(`${url}/slack/oauth_redirect?${query}`, { headers: { cookie } });
}

/** All of it, as a person does it. */
export async function install(url: string, code: string): Promise<Response> {
  return comeBack(url, { ...(await beginInstall(url)), code });
}
