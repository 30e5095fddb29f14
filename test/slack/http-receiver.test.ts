import { request as httpRequest } from 'node:http';
import { Hono } from 'hono';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChatConnection } from '../../src/bot/chat-room.ts';
import type { LogFields } from '../../src/log.ts';
import { createHttpReceiver } from '../../src/slack/http-receiver.ts';
import { createReplays } from '../../src/slack/http-replays.ts';
import { connectSlack } from '../../src/slack/slack-app.ts';
import { listen, type WebServer } from '../../src/web/server.ts';
import { until } from '../bot/open-bot.ts';
import { makeRoom } from './fake-bot.ts';
import { mention, SECRET, signedRequest, slashForm, wrapped } from './signed-request.ts';

let room: ReturnType<typeof makeRoom>;
let server: WebServer;
let connection: ChatConnection;
let logged: string[];
let hints: string[];

beforeEach(async () => {
  room = makeRoom();
  logged = [];
  hints = [];
  server = await listen({ app: new Hono(), host: '127.0.0.1', port: 0 });
  connection = await connect();
});
afterEach(async () => {
  await connection.close();
  await server.close();
});

function connect(more: { readonly answerWithinMs?: number } = {}): Promise<ChatConnection> {
  const write = (event: string, { hint }: LogFields = {}) => {
    logged.push(event);
    if (typeof hint === 'string') hints.push(hint);
  };
  const log = Object.assign(write, { debug: write, warn: write });
  const { api, parts } = room;
  const { mount } = server;
  const now = () => new Date();
  const receiver = createHttpReceiver({ signingSecret: SECRET, now, log, mount, ...more });
  const workspaces = {
    find: async () => ({ api, self: parts.self }),
    uninstalled: async () => {},
    revoked: async () => {},
  };
  const streamsIn = () => ({ isOff: false });
  return connectSlack(receiver, { ...parts, log, workspaces, streamsIn });
}

const post = (request: RequestInit) => fetch(`${server.url}/slack/events`, request);
const status = async (request: RequestInit) => (await post(request)).status;

describe('a signed request', () => {
  it('is taken in', async () => {
    expect(await status(signedRequest({ body: wrapped(mention('What is LoRA?')) }))).toBe(200);
    expect(room.bot.received).toMatchObject([{ text: 'What is LoRA?', workspaceId: 'T1' }]);
  });

  it('is taken in under the public name of a proxy, which no page is shown under', async () => {
    const { headers, ...request } = signedRequest({ body: wrapped(mention('Hi')) });
    const named = { ...request, headers: { ...headers, host: 'bot.org' } };
    expect(await statusOf(`${server.url}/slack/events`, named)).toBe(200);
    expect(await statusOf(server.url, named)).toBe(403);
  });

  it('proves the address', async () => {
    const body = { type: 'url_verification', challenge: 'abc' };
    expect(await (await post(signedRequest({ body }))).json()).toEqual({ challenge: 'abc' });
  });

  it('of a command is answered at once', async () => {
    const response = await post(signedRequest({ body: slashForm('/ask', 'What is LoRA?') }));
    expect(await response.json()).toMatchObject({ text: 'Searching the abstracts…' });
    expect(room.bot.received).toHaveLength(1);
  });

  it('of a form is read with a charset, too', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };
    expect(await status(signedRequest({ body: slashForm('/ask', 'What?'), headers }))).toBe(200);
  });

  it('that is not taken in soon enough is left to a retry', async () => {
    await connection.close();
    connection = await connect({ answerWithinMs: 100 });
    const gate = Promise.withResolvers<void>();
    const { bot } = room;
    const receive = bot.receive.bind(bot);
    bot.receive = async (message) => {
      await gate.promise;
      return receive(message);
    };
    const body = wrapped(mention('What is LoRA?'));
    expect(await status(signedRequest({ body }))).toBe(503);
    gate.resolve();
    await until(() => bot.received.length === 1);
    await connection.close();
    connection = await connect();
    expect(await status(signedRequest({ body, skew: -1 }))).toBe(200);
    expect(logged).toContain('slack.request-too-slow');
  });

  it('that says that events were held back is acknowledged', async () => {
    const body = { type: 'app_rate_limited', team_id: 'T1', minute_rate_limited: 1 };
    expect(await status(signedRequest({ body }))).toBe(200);
  });
});

/** `fetch` sets the Host by itself. */
function statusOf(url: string, { body, headers }: { body: string; headers: object }) {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(url, { method: 'POST', headers: { ...headers } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.once('error', reject).end(body);
  });
}

describe('a request that does not prove where it comes from', () => {
  const body = wrapped(mention('What is LoRA?'));
  const { 'x-slack-signature': _, ...unsigned } = signedRequest({ body }).headers;
  const halves = signedRequest({ body: `${JSON.stringify(body)} ` });
  const challenge = JSON.stringify({ type: 'url_verification', challenge: 'abc' });

  it.each<[string, RequestInit]>([
    ['signed with another secret', signedRequest({ body, secret: 'x'.repeat(20) })],
    ['unsigned', { method: 'POST', body: JSON.stringify(body), headers: unsigned }],
    ['changed after it was signed', { ...halves, body: JSON.stringify(body) }],
    ['of six minutes ago', signedRequest({ body, skew: -360 })],
    ['of six minutes ahead', signedRequest({ body, skew: 360 })],
    ['an unsigned challenge', { method: 'POST', body: challenge }],
  ])('is refused: %s', async (_name, request) => {
    const response = await post(request);
    expect([response.status, await response.text()]).toEqual([401, '']);
    expect(room.bot.received).toEqual([]);
  });

  it('is refused when its body is too large, before it is read', async () => {
    const body = JSON.stringify({ text: 'x'.repeat(1_100_000) });
    expect(await status(signedRequest({ body }))).toBe(413);
    let pieces = 0;
    const long = new ReadableStream({
      pull: (stream) => (++pieces > 100 ? stream.close() : stream.enqueue(new Uint8Array(65_536))),
    });
    const request = { ...signedRequest({ body: '{}' }), body: long, duplex: 'half' as const };
    // The connection is closed on it: whether the answer is still read is a matter of luck.
    expect(await status(request).catch(() => 413)).toBe(413);
    expect(room.bot.received).toEqual([]);
  });

  it('fills the log with one line a minute, which says what to look at', async () => {
    const wrong = signedRequest({ body, secret: 'x'.repeat(20) });
    for (let i = 0; i < 5; i += 1) await post(wrong);
    expect(logged.filter((event) => event === 'slack.requests-refused')).toHaveLength(1);
    expect(hints).toEqual([expect.stringContaining('SLACK_SIGNING_SECRET')]);
  });

  it('may ask whether TLS works, and nothing with it', async () => {
    const smuggled = [['ssl_check', '1'], ...slashForm('/ask', 'What?')] as [string, string][];
    const { headers, ...rest } = signedRequest({ body: smuggled, secret: 'x'.repeat(20) });
    expect(await status({ ...rest, headers })).toBe(200);
    expect(room.bot.received).toEqual([]);
  });
});

describe('a copy of a request', () => {
  it('is answered and does nothing', async () => {
    room.bot.resultFor('search', { kind: 'refused', text: 'Nothing.' });
    const request = signedRequest({ body: slashForm('/papers', 'search LoRA') });
    expect([await status(request), await status(request)]).toEqual([200, 200]);
    await until(() => room.api.responses.length > 0);
    expect(room.bot.requests).toHaveLength(1);
  });

  it('is taken in where the first was not', async () => {
    const request = signedRequest({ body: wrapped(mention('What is LoRA?')) });
    const { receive } = room.bot;
    room.bot.receive = () => Promise.reject(new Error('The disk is full.'));
    expect(await status(request)).toBe(503);
    expect(logged).toContain('slack.not-taken-in');
    room.bot.receive = receive;
    expect(await status(request)).toBe(200);
    expect(room.bot.received).toHaveLength(1);
  });

  it('waits for what becomes of the first', async () => {
    const gate = Promise.withResolvers<void>();
    const { bot } = room;
    const receive = bot.receive.bind(bot);
    bot.receive = async (message) => {
      await gate.promise;
      return receive(message);
    };
    const request = signedRequest({ body: wrapped(mention('What is LoRA?')) });
    const both = Promise.all([status(request), status(request)]);
    gate.resolve();
    expect(await both).toEqual([200, 200]);
    expect(bot.received).toHaveLength(1);
  });

  it('that is signed anew is a retry, and is handed on: it may be the first that arrives', async () => {
    const body = wrapped(mention('What is LoRA?'));
    const retry = { 'x-slack-retry-num': '1', 'x-slack-retry-reason': 'http_timeout' };
    await post(signedRequest({ body }));
    expect(await status(signedRequest({ body, skew: -1, headers: retry }))).toBe(200);
    // The bot itself answers a message once.
    expect(room.bot.received.map(({ messageId }) => messageId)).toHaveLength(2);
    expect(new Set(room.bot.received.map(({ messageId }) => messageId)).size).toBe(1);
  });

  it('is known among so many and no longer than it could pass for new', async () => {
    const clock = { now: 0 };
    const replays = createReplays(() => new Date(clock.now), 3);
    const taken = Promise.resolve(true);
    for (const signature of ['a', 'b', 'c', 'd']) replays.remember(signature, 10, taken);
    expect(['a', 'b', 'd'].map((each) => replays.earlier(each) !== undefined)).toEqual([
      false,
      true,
      true,
    ]);
    clock.now = 11;
    replays.remember('e', 20, taken);
    expect(replays.earlier('d')).toBeUndefined();
    expect(replays.earlier('e')).toBe(taken);
  });
});

describe('other addresses below /slack/', () => {
  it.each(['/slack/install', '/slack/oauth_redirect', '/slack/events', '/slack/else'])(
    'are not there without a client ID: %s',
    async (path) => expect((await fetch(`${server.url}${path}`)).status).toBe(404),
  );

  it('are not there any more once Slack is closed', async () => {
    await connection.close();
    expect(await status(signedRequest({ body: wrapped(mention('Hi')) }))).toBe(404);
  });
});
