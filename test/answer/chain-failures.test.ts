import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { ChatReply } from '../fakes/chat-replies.ts';
import { FakeChatServer } from '../fakes/chat-server.ts';
import { MemoryLedger } from '../fakes/memory-ledger.ts';
import { openChat } from '../llm/open-chat.ts';
import { ChainLibrary } from './chain-library.ts';

const library = await ChainLibrary.open();
const { server } = library;
beforeEach(() => void library.taken());
afterAll(() => library.close());

const QUESTION = 'what does DiskGNN speed up, and by how much?';
const TRUE_ONE =
  '- DiskGNN speeds up the baselines by over 8x. [1] "DiskGNN can speed up the baselines by over 8x"\n';
const SAID = 'DiskGNN speeds up the baselines by over 8x.';

const FAILURES: readonly (readonly [name: string, why: string, reply: ChatReply])[] = [
  ['nothing at all', 'malformed', { kind: 'empty' }],
  ['remarks', 'malformed', { kind: 'text', text: '```\n\n```' }],
  ['no JSON', 'malformed', { kind: 'not-json' }],
  ['a web page', 'malformed', { kind: 'web-page' }],
  ['broken events', 'malformed', { kind: 'garbled', text: 'Disk' }],
  ['broken JSON', 'malformed', { kind: 'text', text: '{"text": "DiskGNN is fast", "paper"' }],
  ['a filtered reply', 'refused', { kind: 'filtered', text: 'Disk' }],
  ['a prompt too long', 'refused', { kind: 'too-long' }],
  ['a wrong key', 'no-key', { kind: 'status', status: 401 }],
  ['a wrong name', 'unknown-model', { kind: 'status', status: 404 }],
  ['a broken server', 'down', { kind: 'status', status: 500 }],
  ['too many requests', 'rate-limited', { kind: 'status', status: 429 }],
  ['a spent quota', 'over-budget', { kind: 'quota' }],
  ['an error among the events', 'down', { kind: 'error-event', code: 'server_error' }],
  ['a connection that breaks at once', 'down', { kind: 'cut', text: 'Disk' }],
  ['a reply that ends too soon', 'down', { kind: 'cut', text: 'Disk', cleanly: true }],
  ['silence', 'timeout', { kind: 'hang' }],
  ['silence after a word', 'timeout', { kind: 'stall', text: 'Disk' }],
  // A slow machine runs out of time first.
  ['words without an end', 'malformed|timeout', { kind: 'endless' }],
];

describe('a model that gives', () => {
  it.each(FAILURES)('%s leaves the papers to speak for themselves', async (_, why, reply) => {
    server.script(reply);
    library.warnings.length = 0;
    const { answer, events } = await library.chain({ limits: { stallMs: 200 } })(QUESTION);
    expect(answer).toMatchObject({ kind: 'answered', trace: { mode: 'extractive-fallback' } });
    expect(answer.trace.notes).toEqual([expect.stringMatching(`^the model failed: (?:${why})$`)]);
    expect(library.warnings).toEqual(['answer.model-failed']);
    const quotes = answer.citations.flatMap(({ evidence }) => evidence.map(({ quote }) => quote));
    expect(answer.sentences.map(({ text }) => text).toSorted()).toEqual(quotes.toSorted());
    expect(answer.text).toContain('over 8x');
    expect(events.filter(({ kind }) => kind === 'sentence')).toEqual([]);
    expect(library.taken().length).toBeLessThanOrEqual(1);
  });

  it.each([
    ['in a field of its own', { kind: 'refusal', text: 'I cannot help with that.' }, undefined],
    ['in a sentence', { kind: 'text', text: "I'm sorry, but I cannot help." }, 'again'],
  ] as const)('a refusal %s leaves the papers to speak for themselves', async (_, reply, again) => {
    server.script(reply, ...(again === undefined ? [] : [reply]));
    const { answer } = await library.chain()(QUESTION);
    expect(answer).toMatchObject({ kind: 'answered', trace: { mode: 'extractive-fallback' } });
    expect(answer.text).not.toMatch(/sorry|cannot help/);
  });

  it.each([
    ['breaks', 'down', { kind: 'cut' }],
    ['ends', 'down', { kind: 'cut', cleanly: true }],
    ['stalls', 'timeout', { kind: 'stall' }],
    ['is filtered', 'refused', { kind: 'filtered' }],
    ['is garbled', 'malformed', { kind: 'garbled' }],
  ] as const)('a reply that %s after a sentence keeps that sentence', async (_, why, reply) => {
    server.script({ ...reply, text: `${TRUE_ONE}- Its key technique is off` });
    const { answer, sentences } = await library.chain({ limits: { stallMs: 200 } })(QUESTION);
    expect(sentences).toEqual([SAID]);
    expect(answer.trace).toMatchObject({ mode: 'model', notes: [`reply cut short: ${why}`] });
  });

  it('nothing new is asked twice: what it proposed before the cut is not repaired', async () => {
    server.script({ kind: 'cut', text: TRUE_ONE.replace('8x', '9x') });
    const { answer } = await library.chain()(QUESTION);
    expect(answer.trace.mode).toBe('extractive-fallback');
    expect(library.taken()).toHaveLength(1);
  });
});

describe('without a model to ask', () => {
  it('for want of a key the papers speak for themselves', async () => {
    const model = openChat({ keyless: true });
    const { answer } = await library.asking({ ...library.parts(), model })(QUESTION);
    expect(answer.trace).toMatchObject({
      mode: 'extractive-fallback',
      notes: ['the model failed: no-key'],
    });
  });

  it('for want of a server too', async () => {
    const gone = { baseUrl: server.baseUrl.replace(/:\d+/, `:${await freePort()}`) };
    const { answer } = await library.chain({ chat: { baseUrl: gone.baseUrl } })(QUESTION);
    expect(answer.trace).toMatchObject({
      mode: 'extractive-fallback',
      notes: ['the model failed: down'],
    });
  });

  it('over the budget of the day too, and no request is made', async () => {
    const chat = { price: { prompt: 1, completion: 10 }, dailyBudgetUsd: 0.001 };
    const { answer } = await library.chain({ chat })(QUESTION);
    expect(answer.trace).toMatchObject({
      mode: 'extractive-fallback',
      usd: 0,
      notes: ['the model failed: over-budget'],
    });
    expect(library.taken()).toEqual([]);
  });

  it('while it rests after failures too', async () => {
    const ask = library.chain({ limits: { failuresToRest: 1, restMs: 60_000 } });
    server.script({ kind: 'status', status: 500 });
    await ask(QUESTION);
    expect((await ask(QUESTION)).answer.trace.notes).toEqual(['the model failed: resting']);
    expect(library.taken()).toHaveLength(1);
  });

  it('a paper that does not state what is asked is still refused', async () => {
    server.script({ kind: 'status', status: 500 });
    const { answer } = await library.chain()('what BLEU does DADAO reach on WMT14?');
    expect(answer).toMatchObject({
      kind: 'insufficient-evidence',
      trace: { mode: 'extractive-fallback' },
    });
  });
});

describe('a reader who leaves', () => {
  it('ends the request, and the answer rejects', async () => {
    server.script({ kind: 'text', text: TRUE_ONE.repeat(20), tokensPerSecond: 40 });
    const controller = new AbortController();
    const before = server.closedEarly;
    const asked = library.chain()(QUESTION, {
      signal: controller.signal,
      onEvent: ({ kind }) => kind === 'sentence' && controller.abort(new Error('gone')),
    });
    await expect(asked).rejects.toThrow('gone');
    await expect.poll(() => server.closedEarly).toBe(before + 1);
  });

  it('before the question asks nothing', async () => {
    library.taken();
    const signal = AbortSignal.abort(new Error('gone'));
    await expect(library.chain()(QUESTION, { signal })).rejects.toThrow('gone');
    expect(library.taken()).toEqual([]);
  });
});

describe('the accounts', () => {
  it('hold every call with its task', async () => {
    const ledger = new MemoryLedger();
    const price = { prompt: 1, completion: 10 };
    const model = openChat({ baseUrl: server.baseUrl, price }, {}, { ledger });
    server.script(
      { kind: 'text', text: TRUE_ONE.replace('8x', '9x') },
      { kind: 'text', text: TRUE_ONE },
    );
    const { answer } = await library.asking({ ...library.parts(), model })(QUESTION);
    expect(ledger.expenses.map(({ task }) => task)).toEqual(['answer', 'repair']);
    const spent = ledger.expenses.reduce((sum, { usd }) => sum + usd, 0);
    expect(answer.trace.usd).toBeCloseTo(spent, 9);
  });
});

/** A port that nobody listens on. */
async function freePort(): Promise<string> {
  const other = await FakeChatServer.start();
  const [, port = ''] = other.host.split(':');
  await other.close();
  return port;
}
