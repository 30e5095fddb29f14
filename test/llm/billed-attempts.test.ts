import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { FakeChatServer } from '../fakes/chat-server.ts';
import { MemoryLedger } from '../fakes/memory-ledger.ts';
import { ASKED, failureOf, hear, openChat } from './open-chat.ts';

const server = await FakeChatServer.start();
const { baseUrl } = server;
const HEAT = 'Heat is energy that moves.';
const CHOICE = { baseUrl, price: { prompt: 1_000, completion: 10_000 } };
// At most 16 tokens of prompt and 50 of reply.
const MOST_USD = 0.516;
const PROMPT_USD = 0.016;
const COUNT = { prompt_tokens: 6, completion_tokens: 30 };
const COUNTED_USD = 0.306;

let ledger = new MemoryLedger();
const spent = () => ledger.spentOn('2026-05-04');

// The first request loads the client, which takes its time.
server.script({ kind: 'empty' });
await hear(openChat({ baseUrl }));

beforeEach(() => {
  ledger = new MemoryLedger();
  server.requests.length = 0;
});

afterAll(async () => {
  await server.close();
  expect(server.broken).toEqual([]);
});

// Each of these was booked with $0 once, so that a cap of $0.06 let twelve such calls pass.
describe.each([
  ['under a budget', 100],
  ['without a budget', undefined],
])('what a provider bills is booked %s', (_, dailyBudgetUsd) => {
  const open = (limits = {}, choice = {}) =>
    openChat(
      { ...CHOICE, ...choice, ...(dailyBudgetUsd !== undefined && { dailyBudgetUsd }) },
      { retries: 0, stallMs: 150, ...limits },
      { ledger },
    );

  it('for a failure after the server has counted', async () => {
    server.script({ kind: 'counted', text: '', usage: COUNT, ending: 'cut' });
    expect(await failureOf(hear(open()))).toBe('down');
    expect(await spent()).toBeCloseTo(COUNTED_USD, 9);
  });

  it('for a count before a silence', async () => {
    server.script({ kind: 'counted', text: HEAT, usage: COUNT, ending: 'silence' });
    await hear(open(), { signal: AbortSignal.timeout(200) });
    expect(await spent()).toBeCloseTo(COUNTED_USD, 9);
  });

  it('for each attempt that was sent, and the reader hears the sum', async () => {
    const text = { kind: 'text', text: HEAT } as const;
    server.script({ kind: 'hang' }, { kind: 'status', status: 500 }, text);
    const { used } = await hear(open({ retries: 2 }));
    expect(ledger.expenses.map(({ usd }) => usd)).toEqual([PROMPT_USD, PROMPT_USD, 0.076]);
    expect(used[0]?.usd).toBeCloseTo(PROMPT_USD * 2 + 0.076, 9);
  });

  it('for thoughts until the time is over', async () => {
    server.script({ kind: 'brooding' });
    expect(await failureOf(hear(open({}, { timeoutMs: 1_000 })))).toBe('timeout');
    expect(await spent()).toBeCloseTo(MOST_USD, 9);
  });

  it('for thoughts that nobody sees', async () => {
    server.script({ kind: 'hang' });
    await hear(open({}, { model: 'openai:o4-mini' }));
    expect(ledger.expenses[0]?.completionTokens).toBe(2_048);
  });

  it('for a reader who leaves before the first text', async () => {
    server.script({ kind: 'hang' });
    const request = { signal: AbortSignal.timeout(50) };
    expect((await hear(open({ stallMs: 1_000 }), request)).error).toBeDefined();
    expect(await spent()).toBe(PROMPT_USD);
  });

  it('but not for a request that nobody took', async () => {
    const gone = await FakeChatServer.start();
    const url = gone.baseUrl;
    await gone.close();
    expect(await failureOf(hear(open({}, { baseUrl: url })))).toBe('down');
    expect(ledger.expenses).toEqual([]);
  });
});

describe('a budget', () => {
  it('ends the retries that it does not hold', async () => {
    server.replyWith(() => ({ kind: 'status', status: 500 }));
    const choice = { ...CHOICE, dailyBudgetUsd: MOST_USD + PROMPT_USD / 2 };
    const model = openChat(choice, { retries: 2 }, { ledger });
    expect(await failureOf(hear(model))).toBe('over-budget');
    expect(server.requests).toHaveLength(1);
  });

  it('that stops the trial of a resting model leaves it resting', async () => {
    server.script({ kind: 'status', status: 500 }, { kind: 'status', status: 500 });
    const choice = { ...CHOICE, dailyBudgetUsd: MOST_USD + PROMPT_USD * 1.5 };
    const limits = { retries: 0, failuresToRest: 2, restMs: 60 };
    const model = openChat(choice, limits, { ledger });
    const failures = [await failureOf(hear(model)), await failureOf(hear(model))];
    await sleep(80);
    for (let n = 0; n < 2; n += 1) failures.push(await failureOf(hear(model)));
    expect(failures).toEqual(['down', 'down', 'over-budget', 'resting']);
  });

  it('holds whatever the server does', async () => {
    const [limit, price] = [0.06, { prompt: 10, completion: 0 }];
    const model = openChat(
      { ...CHOICE, price, dailyBudgetUsd: limit },
      { stallMs: 40 },
      { ledger },
    );
    server.replyWith(() => ({ kind: 'hang' }));
    const messages = [{ role: 'user', text: 'heat '.repeat(2_400) }] as const;
    for (let n = 0; n < 4; n += 1) await hear(model, { messages });
    // 3,000 tokens as English is counted.
    expect(server.requests.length * 0.03).toBeLessThanOrEqual(limit);
    expect(server.requests).toHaveLength(1);
  });
});

describe('a count that is none', () => {
  const countOf = (prompt_tokens: unknown, completion_tokens: unknown) => ({
    prompt_tokens,
    completion_tokens,
    total_tokens: 1,
  });

  it.each([
    ['missing numbers', {}],
    ['half a count', { prompt_tokens: 6 }],
    ['negative numbers', countOf(-6, -1e9)],
    ['strings', countOf('6', '12')],
    ['nulls', countOf(null, null)],
    ['fractions', countOf(6.5, 1.5)],
    ['unsafe numbers', countOf(1e308, 1e308)],
  ])('as %s is replaced by an estimate, and the budget goes on', async (_, usage) => {
    const model = openChat({ ...CHOICE, dailyBudgetUsd: 0.6 }, {}, { ledger });
    server.script({ kind: 'counted', text: HEAT, usage, ending: 'end' });
    const { text, used, error } = await hear(model);
    expect([text, error]).toEqual([HEAT, undefined]);
    expect(used).toEqual([{ promptTokens: 16, completionTokens: 7, usd: 0.086 }]);
    expect(await spent()).toBe(0.086);
    expect(await failureOf(hear(model))).toBe('over-budget');
  });

  it.each([
    ['a count', countOf(9e15, 9e15), HEAT],
    ['a reply', undefined, 'x'.repeat(390)],
  ])('%s beyond the most that was asked for costs the most', async (_, usage, text) => {
    const model = openChat({ ...CHOICE, dailyBudgetUsd: 0.6 }, {}, { ledger });
    server.script({ kind: 'counted', text, usage, ending: 'end' });
    const { used } = await hear(model, { ...ASKED });
    expect(used).toEqual([{ promptTokens: 16, completionTokens: 50, usd: MOST_USD }]);
  });
});
