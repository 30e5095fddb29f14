import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSlackApi, type SlackApi, SlackApiError } from '../../src/slack/slack-api.ts';

const TOKEN = 'xoxb-very-secret';
type Answer = (response: ServerResponse, request: IncomingMessage) => void;

let server: Server;
let requests: IncomingMessage[];
let answer: Answer;
let api: SlackApi;
let url: string;

beforeEach(async () => {
  requests = [];
  server = createServer((request, response) => {
    requests.push(request);
    answer(response, request);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  api = createSlackApi({ token: TOKEN, apiUrl: `${url}/api/`, timeoutMs: 300 });
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const json = (body: object, status = 200, headers = {}): Answer => {
  return (response) => {
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  };
};

async function failure(): Promise<SlackApiError> {
  const error = await api.call('chat.postMessage', { channel: 'C1' }).catch((each) => each);
  expect(error).toBeInstanceOf(SlackApiError);
  return error as SlackApiError;
}

describe('a call to Slack', () => {
  it('gives what Slack answered', async () => {
    answer = json({ ok: true, ts: '1.2' });
    expect(await api.call('chat.postMessage', { channel: 'C1' })).toMatchObject({ ts: '1.2' });
  });

  it.each<[string, Answer]>([
    ['not_in_channel', json({ ok: false, error: 'not_in_channel' })],
    ['http_503', json({}, 503)],
    ['unreachable', (response) => response.destroy()],
    ['unreachable', () => {}],
  ])('fails once, with its reason: %s', async (reason, how) => {
    answer = how;
    const error = await failure();
    expect(error.reason).toBe(reason);
    // Tried again by itself, a post could stand twice.
    expect(requests).toHaveLength(1);
  });

  it('tells how long Slack wants it to wait', async () => {
    answer = json({}, 429, { 'Retry-After': '7' });
    expect(await failure()).toMatchObject({ reason: 'ratelimited', retryAfter: 7 });
  });

  it('keeps its token out of its errors', async () => {
    answer = (response, request) =>
      json({ ok: false, error: `bad ${request.headers.authorization}` })(response, request);
    const error = await failure();
    expect(JSON.stringify({ ...error, cause: error.cause })).not.toContain('Authorization');
    answer = (response) => response.destroy();
    const broken = await failure();
    expect(`${broken.stack} ${JSON.stringify(broken)} ${broken.cause}`).not.toContain(TOKEN);
  });
});

describe('a response', () => {
  it('goes to the address that Slack gave, without the token', async () => {
    answer = json({ ok: true });
    await api.respond(`${url}/commands/1`, { text: 'x' });
    expect(requests[0]?.headers.authorization).toBeUndefined();
  });

  it('goes to no other host', async () => {
    await expect(api.respond('https://evil.example/1', {})).rejects.toThrow('foreign_address');
    const real = createSlackApi({ token: TOKEN });
    await expect(real.respond('https://hooks.slack.com.evil.example/', {})).rejects.toThrow(
      'foreign_address',
    );
  });

  it('tells when its address is used up', async () => {
    answer = json({ ok: false }, 404);
    await expect(api.respond(`${url}/commands/1`, {})).rejects.toMatchObject({
      reason: 'http_404',
    });
  });
});
