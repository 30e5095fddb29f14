import { inspect } from 'node:util';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { ModelError } from '../../src/llm/model-error.ts';
import type { ChatReply } from '../fakes/chat-replies.ts';
import { FakeChatServer } from '../fakes/chat-server.ts';
import { hear, KEY, openChat } from './open-chat.ts';

const server = await FakeChatServer.start();
const { baseUrl } = server;

// The first request loads the client, which takes its time.
server.script({ kind: 'empty' });
await hear(openChat({ baseUrl }));

beforeEach(() => {
  server.requests.length = 0;
});

afterAll(async () => {
  await server.close();
  expect(server.broken).toEqual([]);
});

interface Fault {
  readonly name: string;
  readonly reply: ChatReply;
  readonly failure: string;
  readonly says: RegExp;
  readonly times?: number;
  /** What came before. */
  readonly text?: string;
}

const status = (code: number, retryAfter?: string): ChatReply => ({
  kind: 'status',
  status: code,
  ...(retryAfter !== undefined && { retryAfter }),
});

const FAULTS: readonly Fault[] = [
  { name: '401', reply: status(401), failure: 'no-key', says: /\(401: .*Set OPENAI_API_KEY/ },
  { name: '403', reply: status(403), failure: 'no-key', says: /\(403: .*Set OPENAI_API_KEY/ },
  { name: '404', reply: status(404), failure: 'unknown-model', says: /CHAT_MODEL.*ends in \/v1/ },
  { name: 'a spent quota', reply: { kind: 'quota' }, failure: 'over-budget', says: /Add credit/ },
  { name: '402', reply: status(402), failure: 'over-budget', says: /Add credit/ },
  { name: '429', reply: status(429), failure: 'rate-limited', says: /Wait a few/, times: 3 },
  { name: '429 for long', reply: status(429, '21'), failure: 'rate-limited', says: /Wait a few/ },
  { name: '400', reply: status(400), failure: 'refused', says: /\(400: .*Shorten it/ },
  { name: 'a long prompt', reply: { kind: 'too-long' }, failure: 'refused', says: /too long/ },
  { name: '408', reply: status(408), failure: 'timeout', says: /Check that it runs/, times: 3 },
  { name: '409', reply: status(409), failure: 'down', says: /\(409/, times: 3 },
  { name: '500', reply: status(500), failure: 'down', says: /\(500: .*Try again/, times: 3 },
  { name: '503', reply: status(503), failure: 'down', says: /\(503: .*Try again/, times: 3 },
  { name: 'no JSON', reply: { kind: 'not-json' }, failure: 'malformed', says: /OPENAI_BASE_URL/ },
  { name: 'a web page', reply: { kind: 'web-page' }, failure: 'malformed', says: /ends in \/v1/ },
  {
    name: 'invalid JSON in the middle',
    reply: { kind: 'garbled', text: 'Heat is' },
    failure: 'malformed',
    says: /malformed server-sent event/,
    text: 'Heat is',
  },
  {
    name: 'an error in the stream',
    reply: { kind: 'error-event', code: 'server_error' },
    failure: 'down',
    says: /It failed for/,
    times: 3,
  },
  {
    name: 'a socket closed in the middle',
    reply: { kind: 'cut', text: 'Heat is energy' },
    failure: 'down',
    says: /terminated/,
    text: 'Heat is energy',
  },
  {
    name: 'a stream that ends in the middle',
    reply: { kind: 'cut', text: 'Heat is energy', cleanly: true },
    failure: 'down',
    says: /ended before the reply did/,
    text: 'Heat is energy',
  },
  {
    name: 'a socket closed before the first word',
    reply: { kind: 'cut', text: '' },
    failure: 'down',
    says: /terminated/,
    times: 3,
  },
  {
    name: 'a content filter',
    reply: { kind: 'filtered', text: 'Heat' },
    failure: 'refused',
    says: /content filter ended/,
    text: 'Heat',
  },
  {
    name: 'a slow first word',
    reply: { kind: 'text', text: 'Heat', firstTokenMs: 250 },
    failure: 'timeout',
    says: /nothing came for 0.15 seconds/,
    times: 3,
  },
  {
    name: 'no answer at all',
    reply: { kind: 'hang' },
    failure: 'timeout',
    says: /nothing came for 0.15 seconds/,
    times: 3,
  },
  {
    name: 'silence in the middle',
    reply: { kind: 'stall', text: 'Heat is' },
    failure: 'timeout',
    says: /nothing came/,
    text: 'Heat is',
  },
];

describe('a chat server in trouble', () => {
  it.each(FAULTS)('with $name: $failure', async (fault) => {
    const { reply, failure, says, times = 1, text = '' } = fault;
    server.replyWith(() => reply);
    const heard = await hear(
      openChat({ baseUrl }, { stallMs: failure === 'timeout' ? 150 : 1_000 }),
    );
    expect(heard.error).toBeInstanceOf(ModelError);
    expect(heard.error).toMatchObject({ failure, code: 'model' });
    expect(String(heard.error)).toContain(`openai:tiny at ${server.host}`);
    expect(String(heard.error)).toMatch(says);
    expect(heard.text).toBe(text);
    expect(server.requests).toHaveLength(times);
    expectNoKey(heard.error);
  });

  it('that is not there is asked once', async () => {
    const gone = await FakeChatServer.start();
    const { baseUrl: nowhere, host } = gone;
    await gone.close();
    const { error } = await hear(openChat({ baseUrl: nowhere }, { firstPauseMs: 5_000 }));
    expect(error).toMatchObject({ failure: 'down', facts: { host, model: 'openai:tiny' } });
    expect(String(error)).toMatch(/ECONNREFUSED.*OPENAI_BASE_URL/);
  });

  it('with credentials in its address keeps them to itself', async () => {
    const secret = baseUrl.replace('//', '//me:hunter2@');
    const { error } = await hear(openChat({ baseUrl: secret }));
    expect(error).toBeInstanceOf(ModelError);
    expect(inspect(error, { depth: 9 })).not.toContain('hunter2');
  });
});

/** Neither the key nor its beginning, wherever an error may carry it. */
function expectNoKey(error: unknown): void {
  const places = [inspect(error, { depth: 9, showHidden: true }), JSON.stringify(error)];
  for (let at = error; at instanceof Error; at = at.cause) {
    places.push(at.message, at.stack ?? '', JSON.stringify(Object.entries(at)));
  }
  for (const place of places) expect(place).not.toContain(KEY.slice(0, 12));
}
