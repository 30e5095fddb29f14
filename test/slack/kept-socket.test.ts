import { describe, expect, it } from 'vitest';
import { keepSocket, type SocketAttempt } from '../../src/slack/kept-socket.ts';
import { SlackApiError } from '../../src/slack/slack-api.ts';
import { until } from '../bot/open-bot.ts';

const OPEN = 'apps.connections.open';

/** Attempts that meet these ends in turn: a reason of Slack, never an end, or a connection. */
function createAttempts(ways: readonly ('opens' | 'hangs' | SlackApiError)[]) {
  const opened: { end: () => void; closed: boolean }[] = [];
  const warned: unknown[] = [];
  const attempt = (): SocketAttempt => {
    const way = ways[opened.length] ?? 'opens';
    const ended = Promise.withResolvers<void>();
    const made = { end: () => ended.resolve(), closed: false };
    opened.push(made);
    return {
      async open() {
        if (way === 'hangs') await new Promise(() => {});
        if (way instanceof SlackApiError) throw way;
      },
      ended: ended.promise,
      close() {
        made.closed = true;
        ended.resolve();
      },
    };
  };
  const log = { warn: (_: string, fields: unknown) => void warned.push(fields) };
  const socket = keepSocket({ attempt, log, retryMs: 5, patienceMs: 50 });
  return { socket, opened, warned };
}

const refused = (reason: string, retryAfter?: number) =>
  new SlackApiError({ method: OPEN, reason, ...(retryAfter !== undefined && { retryAfter }) });

describe('a kept socket', () => {
  it('is opened again whenever it ends, and no more when it was stopped', async () => {
    const { socket, opened } = createAttempts([]);
    await socket.start();
    opened[0]?.end();
    await until(() => opened.length === 2);
    opened[1]?.end();
    await until(() => opened.length === 3);
    socket.stop();
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(opened).toHaveLength(3);
    expect(opened[2]?.closed).toBe(true);
  });

  it('that ends again and again right after it was opened is opened ever later', async () => {
    const { socket, opened } = createAttempts([]);
    await socket.start();
    const ending = setInterval(() => opened.at(-1)?.end(), 1);
    await new Promise((resolve) => setTimeout(resolve, 300));
    clearInterval(ending);
    socket.stop();
    // Five milliseconds, doubled each time, are over 300 after six more.
    expect(opened.length).toBeLessThan(12);
  });

  it('is tried again after failures, also where Slack never answers', async () => {
    const ways = ['opens', refused('http_500'), 'hangs', refused('ratelimited', 0.01)] as const;
    const { socket, opened, warned } = createAttempts(ways);
    await socket.start();
    opened[0]?.end();
    await until(() => opened.length === 5);
    expect(warned).toEqual([
      { reason: 'http_500', failures: 0 },
      { reason: 'unreachable', failures: 1 },
      { reason: 'ratelimited', failures: 2 },
    ]);
    expect(opened[2]?.closed).toBe(true);
    socket.stop();
  });

  it.each(['invalid_auth', 'account_inactive', 'token_revoked'])(
    'is lost for good where Slack says %s',
    async (reason) => {
      const { socket, opened } = createAttempts(['opens', refused(reason)]);
      await socket.start();
      opened[0]?.end();
      expect((await socket.lost).reason).toBe(reason);
      expect(opened).toHaveLength(2);
    },
  );

  it('that Slack refuses at the start says so', async () => {
    const { socket } = createAttempts([refused('invalid_auth')]);
    await expect(socket.start()).rejects.toThrow('invalid_auth');
  });
});
