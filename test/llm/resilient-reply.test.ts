import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { FakeChatServer } from '../fakes/chat-server.ts';
import { failureOf, hear, openChat } from './open-chat.ts';

const server = await FakeChatServer.start();
const { baseUrl } = server;
const HEAT = { kind: 'text', text: 'Heat moves.' } as const;
const BROKEN = { kind: 'status', status: 500 } as const;

// The first request loads the client, which takes its time.
server.script({ kind: 'empty' });
await hear(openChat({ baseUrl }));

beforeEach(() => {
  server.requests.length = 0;
  server.busiest = 0;
  server.replyWith(() => HEAT);
});

afterAll(async () => {
  await server.close();
  expect(server.broken).toEqual([]);
});

describe('retries', () => {
  it.each([
    ['500', BROKEN],
    ['429', { kind: 'status', status: 429 }],
    ['a broken connection', { kind: 'cut', text: '' }],
    ['silence', { kind: 'hang' }],
  ] as const)('follow %s, twice at most', async (_, reply) => {
    const model = openChat({ baseUrl }, { stallMs: reply.kind === 'hang' ? 150 : 1_000 });
    server.script(reply, reply);
    expect((await hear(model)).text).toBe('Heat moves.');
    expect(server.requests).toHaveLength(3);
  });

  it('wait as long as the server asks', async () => {
    server.script({ kind: 'status', status: 429, retryAfter: '0.2' });
    const at = performance.now();
    expect((await hear(openChat({ baseUrl }))).text).toBe('Heat moves.');
    expect(performance.now() - at).toBeGreaterThanOrEqual(199);
  });

  it('read a time to wait from a date by the given clock', async () => {
    const retryAfter = 'Mon, 04 May 2026 12:00:01 GMT';
    server.script({ kind: 'status', status: 503, retryAfter });
    const now = () => new Date('2026-05-04T12:00:00.900Z');
    const at = performance.now();
    await hear(openChat({ baseUrl }, {}, { now }));
    expect(performance.now() - at).toBeGreaterThanOrEqual(99);
    expect(server.requests).toHaveLength(2);
  });

  it('are left out when the wait is longer than the call may take', async () => {
    server.script({ kind: 'status', status: 429, retryAfter: '3' });
    const at = performance.now();
    expect(await failureOf(hear(openChat({ baseUrl })))).toBe('rate-limited');
    expect(performance.now() - at).toBeLessThan(1_500);
    expect(server.requests).toHaveLength(1);
  });

  it('spread their pauses and let them grow', async () => {
    const pauses: number[] = [];
    for (const random of [0, 1]) {
      server.script(BROKEN, BROKEN);
      const limits = { firstPauseMs: 40, longestPauseMs: 150 };
      const model = openChat({ baseUrl }, limits, { random: () => random });
      const at = performance.now();
      await hear(model);
      pauses.push(performance.now() - at);
    }
    // Twice 40 ms against 120 and 150.
    expect(pauses[0]).toBeGreaterThanOrEqual(79);
    expect(pauses[1]).toBeGreaterThanOrEqual(269);
  });

  it('end with the signal', async () => {
    server.script(BROKEN);
    const model = openChat({ baseUrl }, { firstPauseMs: 300, longestPauseMs: 300 });
    const at = performance.now();
    const { error } = await hear(model, { signal: AbortSignal.timeout(50) });
    expect(error).toMatchObject({ name: 'TimeoutError' });
    expect(performance.now() - at).toBeLessThan(250);
    await sleep(300);
    expect(server.requests).toHaveLength(1);
  });
});

describe('time limits', () => {
  it('end a stream that never ends', async () => {
    server.script({ kind: 'endless', tokensPerSecond: 50 });
    const before = server.closedEarly;
    const heard = await hear(openChat({ baseUrl, timeoutMs: 200 }));
    expect(heard.error).toMatchObject({ failure: 'timeout' });
    expect(String(heard.error)).toMatch(/time for the whole reply.*MODEL_TIMEOUT_SECONDS/);
    expect(heard.text).toMatch(/^and and and/);
    await expect.poll(() => server.closedEarly).toBe(before + 1);
  });

  it('count from the last chunk, with or without text', async () => {
    server.script({ kind: 'text', text: 'Heat moves on and on.', tokensPerSecond: 10 });
    expect((await hear(openChat({ baseUrl }, { stallMs: 250 }))).error).toBeUndefined();
  });
});

describe('turns', () => {
  it('are as many as set; more calls wait, and beyond the queue none', async () => {
    server.replyWith(() => ({ ...HEAT, firstTokenMs: 100 }));
    const model = openChat({ baseUrl, concurrency: 2 }, { queue: 2 });
    const failures = await Promise.all([1, 2, 3, 4, 5, 6].map(() => failureOf(hear(model))));
    expect(failures).toEqual([undefined, undefined, undefined, undefined, 'busy', 'busy']);
    expect(server.requests).toHaveLength(4);
    expect(server.busiest).toBe(2);
  });

  it('that do not come in time are not the fault of the server', async () => {
    const model = openChat({ baseUrl, concurrency: 1, timeoutMs: 150 }, { retries: 0 });
    server.script({ kind: 'endless', tokensPerSecond: 50 });
    const calls = [failureOf(hear(model)), failureOf(hear(model))];
    expect(await Promise.all(calls)).toEqual(['timeout', 'busy']);
    expect(server.requests).toHaveLength(1);
  });

  it('are given up by who aborts while waiting', async () => {
    const model = openChat({ baseUrl, concurrency: 1 });
    server.replyWith(() => ({ ...HEAT, firstTokenMs: 200 }));
    const first = hear(model);
    const at = performance.now();
    const { error } = await hear(model, { signal: AbortSignal.timeout(30) });
    expect(error).toMatchObject({ name: 'TimeoutError' });
    expect(performance.now() - at).toBeLessThan(150);
    expect((await first).text).toBe('Heat moves.');
    expect((await hear(model)).text).toBe('Heat moves.');
    expect(server.requests).toHaveLength(2);
  });
});

describe('the circuit breaker', () => {
  const openBreaking = () => openChat({ baseUrl }, { failuresToRest: 5, restMs: 150, retries: 0 });

  async function failFive(model: ReturnType<typeof openBreaking>): Promise<void> {
    server.script(BROKEN, { kind: 'not-json' }, { kind: 'status', status: 429 }, BROKEN, BROKEN);
    const failures: unknown[] = [];
    for (let i = 0; i < 5; i++) failures.push(await failureOf(hear(model)));
    expect(failures).toEqual(['down', 'malformed', 'rate-limited', 'down', 'down']);
  }

  it('lets the model rest after five failures in a row, then tries it once', async () => {
    const model = openBreaking();
    await failFive(model);
    const { error } = await hear(model);
    expect(error).toMatchObject({ failure: 'resting' });
    expect(String(error)).toMatch(/left alone.*tried again by itself/);
    expect(server.requests).toHaveLength(5);
    await sleep(160);
    server.script({ ...HEAT, firstTokenMs: 60 });
    const trial = hear(model);
    expect(await failureOf(hear(model))).toBe('resting');
    expect((await trial).text).toBe('Heat moves.');
    expect((await hear(model)).text).toBe('Heat moves.');
  });

  it.each([
    ['fails', BROKEN, undefined],
    ['is aborted', { kind: 'hang' }, 50],
  ] as const)('goes on resting when the trial %s', async (_, reply, abortMs) => {
    const model = openBreaking();
    await failFive(model);
    await sleep(160);
    server.script(reply);
    const request = abortMs === undefined ? {} : { signal: AbortSignal.timeout(abortMs) };
    expect((await hear(model, request)).error).toBeDefined();
    expect(await failureOf(hear(model))).toBe('resting');
    expect(server.requests).toHaveLength(6);
  });

  it('does not count refusals, keys, aborts, nor failures that a success parts', async () => {
    const model = openBreaking();
    for (let i = 0; i < 6; i++) {
      server.script({ kind: 'status', status: 401 }, { kind: 'too-long' }, { kind: 'hang' });
      expect(await failureOf(hear(model))).toBe('no-key');
      expect(await failureOf(hear(model))).toBe('refused');
      const { error } = await hear(model, { signal: AbortSignal.timeout(20) });
      expect(error).toMatchObject({ name: 'TimeoutError' });
    }
    for (let i = 0; i < 2; i++) {
      server.script(BROKEN, BROKEN, BROKEN, BROKEN, HEAT);
      for (let j = 0; j < 4; j++) expect(await failureOf(hear(model))).toBe('down');
      expect((await hear(model)).text).toBe('Heat moves.');
    }
  });

  it('counts a call with its retries once', async () => {
    const model = openChat({ baseUrl }, { failuresToRest: 2, restMs: 5_000 });
    server.replyWith(() => BROKEN);
    const failures: unknown[] = [];
    for (let i = 0; i < 3; i++) failures.push(await failureOf(hear(model)));
    expect(failures).toEqual(['down', 'down', 'resting']);
    expect(server.requests).toHaveLength(6);
  });
});
