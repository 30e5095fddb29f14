import { afterAll, describe, expect, it } from 'vitest';
import { FakeChatServer } from '../fakes/chat-server.ts';
import { hear, openChat } from './open-chat.ts';

const server = await FakeChatServer.start();
const { baseUrl } = server;
const HEAT = 'Heat is energy that moves.';

afterAll(async () => {
  await server.close();
  expect(server.broken).toEqual([]);
});

// Only the time limit ended them: 390 MB were in memory by then.
describe('a response of 64 MB', () => {
  it.each(['one line', 'comments', 'gzip', 'one event'] as const)(
    'as %s is given up',
    async (of) => {
      server.script({ kind: 'flood', of });
      const { text, error } = await hear(openChat({ baseUrl, timeoutMs: 20_000 }));
      expect(text).toBe('');
      expect(error).toMatchObject({ failure: 'malformed' });
      expect(String(error)).toMatch(/more than 4194304 bytes came/);
      if (of !== 'gzip') await expect.poll(() => server.closedEarly).toBeGreaterThan(0);
      server.closedEarly = 0;
    },
  );
});

// The whole time limit was waited out, and a good reply was lost.
describe('a finished reply whose stream never ends', () => {
  it.each([
    ['with a count', { prompt_tokens: 6, completion_tokens: 9 }, 6, 9],
    ['without a count', undefined, 16, 7],
  ])('%s is whole two seconds later', async (_, usage, promptTokens, completionTokens) => {
    server.script({ kind: 'counted', text: HEAT, usage, ending: 'silence' });
    const at = performance.now();
    const heard = await hear(openChat({ baseUrl, timeoutMs: 10_000 }, { stallMs: 8_000 }));
    expect(heard).toEqual({ text: HEAT, used: [{ promptTokens, completionTokens, usd: 0 }] });
    expect(performance.now() - at).toBeLessThan(4_000);
    await expect.poll(() => server.closedEarly).toBeGreaterThan(0);
    server.closedEarly = 0;
  });
});
