import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Turn } from '../../src/answer/conversation.ts';
import { createWebApp } from '../../src/web/app.ts';
import { boundAsking } from '../../src/web/bounded-asking.ts';
import type { WebQuestion } from '../../src/web/parts.ts';
import { FakeWebParts } from './fake-web-parts.ts';
import { makeTurn } from './turns.ts';

/** Answers when told to, and notes how many questions were under way at once. */
function slowAsk() {
  const gate = Promise.withResolvers<void>();
  const seen: string[] = [];
  const at = { once: 0, most: 0 };
  const ask = async ({ question }: WebQuestion): Promise<Turn> => {
    seen.push(question);
    at.once += 1;
    at.most = Math.max(at.most, at.once);
    await gate.promise;
    at.once -= 1;
    return makeTurn({ question });
  };
  return { ask, seen, at, open: () => gate.resolve() };
}

const questions = (count: number) => Array.from({ length: count }, (_, i) => `question ${i}`);

describe('boundAsking', () => {
  it('works on few questions at once and on the others in turn', async () => {
    const { ask, seen, at, open } = slowAsk();
    const bounded = boundAsking(ask, { atOnce: 2, waiting: 8 });
    const answers = questions(10).map((question) => bounded({ question }));
    await sleep(20);
    expect(seen).toEqual(questions(2));
    open();
    expect((await Promise.all(answers)).map(({ question }) => question)).toEqual(questions(10));
    expect([seen, at.most]).toEqual([questions(10), 2]);
  });

  it('refuses what comes when enough wait, and takes more when they are done', async () => {
    const { ask, open } = slowAsk();
    const bounded = boundAsking(ask, { atOnce: 1, waiting: 1 });
    const taken = questions(2).map((question) => bounded({ question }));
    await expect(bounded({ question: 'late' })).rejects.toMatchObject({
      code: 'busy',
      message: expect.stringMatching(/Too many.*Ask again/),
      facts: { retryAfter: 5 },
    });
    open();
    await Promise.all(taken);
    expect((await bounded({ question: 'later' })).question).toBe('later');
  });

  it('does not ask for a reader who left while waiting', async () => {
    const { ask, seen, open } = slowAsk();
    const bounded = boundAsking(ask, { atOnce: 1, waiting: 5 });
    const reader = new AbortController();
    const first = bounded({ question: 'first' });
    const left = bounded({ question: 'left', signal: reader.signal });
    reader.abort();
    open();
    await expect(left).rejects.toMatchObject({ name: 'AbortError' });
    await first;
    expect(seen).toEqual(['first']);
  });

  it('lets other work go first between questions', async () => {
    const order: string[] = [];
    const ask = async ({ question }: WebQuestion) => {
      order.push(question);
      return makeTurn({ question });
    };
    const bounded = boundAsking(ask, { atOnce: 1, waiting: 9 });
    const answers = questions(3).map((question) => bounded({ question }));
    setImmediate(() => order.push('other'));
    await Promise.all(answers);
    expect(order.indexOf('other')).toBeLessThan(2);
  });

  it('passes an error on and goes on with the next', async () => {
    const bounded = boundAsking(
      async ({ question }) => {
        if (question === 'bad') throw new Error('broken');
        return makeTurn({ question });
      },
      { atOnce: 1, waiting: 5 },
    );
    const bad = bounded({ question: 'bad' });
    const good = bounded({ question: 'good' });
    await expect(bad).rejects.toThrow('broken');
    expect((await good).question).toBe('good');
  });
});

// 200 at once kept the health check waiting for two seconds.
it('a crowd gets answers or 503 with Retry-After, and the health check stays quick', async () => {
  const { ask, open } = slowAsk();
  const parts = new FakeWebParts();
  parts.ask = ask;
  const app = createWebApp(parts);
  const post = () =>
    app.request('/api/ask', { method: 'POST', body: JSON.stringify({ question: 'why?' }) });
  const crowd = Array.from({ length: 260 }, post);
  const started = performance.now();
  expect(await (await app.request('/healthz')).text()).toBe('ok');
  expect(performance.now() - started).toBeLessThan(1_000);
  const quick = await Promise.race(crowd);
  expect([quick.status, quick.headers.get('retry-after')]).toEqual([503, '5']);
  expect(await quick.json()).toEqual({
    error: { message: expect.stringContaining('Too many questions') },
  });
  open();
  const statuses = (await Promise.all(crowd)).map(({ status }) => status);
  expect(statuses.filter((status) => status === 200)).toHaveLength(204);
  expect(statuses.filter((status) => status === 503)).toHaveLength(56);
});
