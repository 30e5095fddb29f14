import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { openChatModel } from '../../src/llm/open-chat-model.ts';
import { FakeChatServer } from '../fakes/chat-server.ts';
import { MemoryLedger } from '../fakes/memory-ledger.ts';
import { ASKED, failureOf, hear, openChat } from './open-chat.ts';

const server = await FakeChatServer.start();
const { baseUrl } = server;
const HEAT = { kind: 'text', text: 'Heat is energy that moves.' } as const;
// 7 tokens of reply cost 0.07; the most that a reply can cost is 0.50.
const price = { prompt: 0, completion: 10_000 };
const AT = '2026-05-04T12:00:00.000Z';
const BOOKED = { at: AT, model: 'openai:tiny', task: 'answer', promptTokens: 6 };
// The server counts 6; without its count the most that the prompt can take is booked.
const GUESSED = { ...BOOKED, promptTokens: 16 };

let ledger = new MemoryLedger();
beforeEach(() => {
  ledger = new MemoryLedger();
  server.requests.length = 0;
  server.replyWith(() => HEAT);
});

afterAll(async () => {
  await server.close();
  expect(server.broken).toEqual([]);
});

const open = (dailyBudgetUsd?: number, model = 'openai:tiny') =>
  openChat(
    { baseUrl, price, model, ...(dailyBudgetUsd !== undefined && { dailyBudgetUsd }) },
    { retries: 0, stallMs: 150 },
    { ledger },
  );

describe('the accounts', () => {
  it('hold every call with its day, task, tokens and dollars', async () => {
    await hear(open());
    await hear(open(undefined, 'openai:other'), { task: 'repair' });
    const expense = { ...BOOKED, completionTokens: 7, usd: 0.07 };
    expect(ledger.expenses).toEqual([
      expense,
      { ...expense, model: 'openai:other', task: 'repair' },
    ]);
  });

  it.each([
    ['was cut', { kind: 'cut', text: 'Heat is' }, undefined],
    ['fell silent', { kind: 'stall', text: 'Heat is' }, undefined],
    ['was aborted', { kind: 'stall', text: 'Heat is' }, 60],
  ] as const)('hold the estimate of a reply that %s', async (_, reply, abortMs) => {
    const model = open();
    await hear(model); // loads the client
    server.script(reply);
    const request = abortMs === undefined ? {} : { signal: AbortSignal.timeout(abortMs) };
    expect((await hear(model, request)).error).toBeDefined();
    expect(ledger.expenses[1]).toEqual({ ...GUESSED, completionTokens: 2, usd: 0.02 });
  });

  it('hold the estimate of a reply whose reader left', async () => {
    for await (const _ of open().stream(ASKED)) break;
    expect(ledger.expenses).toEqual([{ ...GUESSED, completionTokens: 1, usd: 0.01 }]);
  });

  it.each([401, 404, 429])('hold nothing of a request that met a %d', async (status) => {
    server.script({ kind: 'status', status }, { kind: 'status', status });
    await hear(open());
    await hear(open(1));
    expect(ledger.expenses).toEqual([]);
  });
});

describe('a daily budget', () => {
  it('is kept by all models of one ledger', async () => {
    const [one, other] = [open(0.6), open(0.6, 'openai:other')];
    expect((await hear(one)).error).toBeUndefined();
    expect((await hear(other)).error).toBeUndefined();
    const { error } = await hear(one);
    expect(error).toMatchObject({ failure: 'over-budget' });
    expect(String(error)).toMatch(
      /\$0\.1400 of today's \$0\.6000.*may cost \$0\.5000. Raise DAILY_BUDGET_USD/,
    );
    expect(await failureOf(hear(other))).toBe('over-budget');
    expect(server.requests).toHaveLength(2);
  });

  it('starts anew with the next day of UTC', async () => {
    let now = new Date('2026-05-04T23:59:00Z');
    const choice = { baseUrl, price, dailyBudgetUsd: 0.5 };
    const model = openChat(choice, {}, { ledger, now: () => now });
    expect((await hear(model)).error).toBeUndefined();
    expect(await failureOf(hear(model))).toBe('over-budget');
    now = new Date('2026-05-05T00:00:00Z');
    expect((await hear(model)).error).toBeUndefined();
  });

  it('counts the most that running calls may cost', async () => {
    const model = open(1.2);
    const calls = [1, 2, 3, 4].map(() => failureOf(hear(model)));
    const failures = await Promise.all(calls);
    expect(failures.filter((failure) => failure === 'over-budget')).toHaveLength(2);
    expect(await failureOf(hear(model))).toBeUndefined();
  });

  it('counts the longest prompt', async () => {
    const choice = { baseUrl, price: { prompt: 1_000, completion: 0 }, dailyBudgetUsd: 1 };
    const model = openChat(choice, {}, { ledger });
    const messages = [{ role: 'user', text: '熱'.repeat(1_000) }] as const;
    expect(await failureOf(hear(model, { messages }))).toBe('over-budget');
  });

  it('gives back what a failed call kept', async () => {
    const model = open(0.6);
    server.script(...[1, 2, 3].map(() => ({ kind: 'status', status: 500 }) as const));
    for (let i = 0; i < 3; i++) expect(await failureOf(hear(model))).toBe('down');
    expect((await hear(model)).error).toBeUndefined();
  });

  it('lets no call pass while the accounts cannot be kept', async () => {
    ledger.failing = 'reserving';
    const { error } = await hear(open(100));
    expect(error).toMatchObject({ failure: 'over-budget' });
    expect(String(error)).toMatch(/cannot be read or written.*Check the state store/);
    expect(server.requests).toEqual([]);
    expect((await hear(open())).error).toBeUndefined();
  });

  it('counts the most of what the accounts failed to correct, and the reader loses nothing', async () => {
    ledger.failing = 'settling';
    const model = open(0.6);
    const { text, used, error } = await hear(model);
    expect([text, used.length, error]).toEqual([HEAT.text, 1, undefined]);
    expect(ledger.expenses).toEqual([{ ...GUESSED, completionTokens: 50, usd: 0.5 }]);
    expect(await failureOf(hear(model))).toBe('over-budget');
  });

  it('holds up no call that costs nothing', async () => {
    const model = openChat({ baseUrl, dailyBudgetUsd: 0 }, {}, { ledger });
    expect((await hear(model)).error).toBeUndefined();
  });

  it('needs a known price', () => {
    const choice = { model: 'openai:gpt-99', timeoutMs: 1, concurrency: 1 } as const;
    const rest = { secondLook: true, verify: 'rules' } as const;
    const parts = { ledger, now: () => new Date() };
    const openUnknown = (dailyBudgetUsd?: number) =>
      openChatModel(
        { ...choice, ...rest, ...(dailyBudgetUsd !== undefined && { dailyBudgetUsd }) },
        parts,
      );
    expect(() => openUnknown(5)).toThrow(
      expect.objectContaining({
        code: 'config',
        message: expect.stringMatching(/gpt-99 is not known. Set MODEL_PRICE_USD/),
      }),
    );
    expect(openUnknown().name).toBe('openai:gpt-99');
  });
});
