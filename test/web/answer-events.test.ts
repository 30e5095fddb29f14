import { once } from 'node:events';
import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { FootnoteError } from '../../src/errors.ts';
import { streamAnswer } from '../../src/web/answer-events.ts';
import { createWebApp } from '../../src/web/app.ts';
import type { WebParts } from '../../src/web/parts.ts';
import { listen } from '../../src/web/server.ts';
import { makeClaim } from '../answer/made-up-beside.ts';
import { FakeWebParts } from './fake-web-parts.ts';
import { allEvents, readEvents } from './read-events.ts';
import { eventsOf, StreamingParts } from './streaming-parts.ts';
import { makeTurn } from './turns.ts';

const turn = { ...makeTurn({ question: 'why?' }), ...makeClaim() };
const asking = (question: string, body: object = {}) => ({
  method: 'POST',
  body: JSON.stringify({ question, ...body }),
  headers: { 'Content-Type': 'application/json', Accept: 'text/event-stream' },
});
const post = (parts: WebParts, question: string, body: object = {}) =>
  createWebApp(parts).request('/api/ask', asking(question, body));

function streaming(): StreamingParts {
  const parts = new StreamingParts().tell(...eventsOf(turn));
  parts.reply('why?', turn);
  return parts;
}

describe('POST /api/ask for events', () => {
  it('sends each sentence with its sources, then the whole answer', async () => {
    const parts = streaming();
    for (let steps = 0; steps < 5; steps += 1) parts.next();
    const reply = await post(parts, 'why?');
    expect(reply.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(reply.headers.get('cache-control')).toBe('no-store');
    const [first, second] = turn.answer.citations;
    expect(await allEvents(reply)).toEqual([
      { event: 'status', data: { status: 'searching' } },
      { event: 'status', data: { status: 'writing', intent: 'claim' } },
      { event: 'sentence', data: { ...turn.answer.sentences[0], sources: [first] } },
      { event: 'sentence', data: { ...turn.answer.sentences[1], sources: [second] } },
      { event: 'answer', data: { conversation: 'conversation-1', ...turn.answer } },
    ]);
  });

  it('sends a sentence before the next is known', async () => {
    const parts = streaming();
    for (let steps = 0; steps < 3; steps += 1) parts.next();
    const events = readEvents(await post(parts, 'why?'));
    for (const event of ['status', 'status', 'sentence']) {
      expect((await events.next()).value).toMatchObject({ event });
    }
    parts.next();
    expect((await events.next()).value).toMatchObject({ event: 'sentence' });
    await events.return(undefined);
  });

  it('sends an answer that is made at once alone', async () => {
    const parts = new FakeWebParts().reply('why?', turn);
    expect((await allEvents(await post(parts, 'why?'))).map(({ event }) => event)).toEqual([
      'answer',
    ]);
  });

  it('refuses with a status of its own what fails before it begins', async () => {
    const facts = { retryAfter: 3 };
    const parts = new FakeWebParts()
      .reply('', new FootnoteError('input', 'The question is empty.'))
      .reply('busy?', new FootnoteError('busy', 'Too many questions.', { facts }));
    const empty = await post(parts, '');
    expect([empty.status, await empty.json()]).toEqual([
      400,
      { error: { message: 'The question is empty.' } },
    ]);
    const busy = await post(parts, 'busy?');
    expect([busy.status, busy.headers.get('retry-after')]).toEqual([503, '3']);
    expect((await post(parts, 'why?', { conversation: 'conversation-of-nobody' })).status).toBe(
      404,
    );
  });

  it('tells a later failure in a sentence with a reference, and keeps the error to the log', async () => {
    const parts = new StreamingParts().tell({ kind: 'status', status: 'searching' });
    parts.reply('why?', new TypeError('sk-123 is undefined'));
    parts.next();
    parts.next();
    const events = await allEvents(await post(parts, 'why?'));
    const reference = parts.logged[0]?.fields.reference;
    expect(reference).toMatch(/^[0-9a-f]{8}$/);
    expect(events.at(-1)).toEqual({
      event: 'error',
      data: { message: expect.stringContaining(`reference ${reference}`), reference },
    });
    expect(JSON.stringify(events)).not.toContain('sk-123');
  });

  it('aborts the question of a reader who leaves, and logs no failure', async () => {
    const parts = streaming();
    const server = await listen({ app: createWebApp(parts), host: '127.0.0.1', port: 0 });
    const left = new AbortController();
    parts.next();
    const reply = await fetch(`${server.url}/api/ask`, { ...asking('why?'), signal: left.signal });
    const events = readEvents(reply);
    await events.next();
    const signal = parts.asked[0]?.signal;
    if (signal === undefined) throw new Error('It was asked without a signal.');
    const aborted = once(signal, 'abort');
    left.abort();
    await aborted;
    await server.close();
    expect(parts.logged).toEqual([]);
  });
});

it('sends a comment now and then while nothing else is to be sent', async () => {
  const { promise, resolve } = Promise.withResolvers<typeof turn>();
  const app = new Hono().post('/', (c) =>
    streamAnswer(c, {
      question: { question: 'why?' },
      ask: () => promise,
      explain: () => ({ status: 500, message: 'No.' }),
      heartbeatMs: 5,
    }),
  );
  const events = readEvents(await app.request('/', { method: 'POST' }));
  for (let beats = 0; beats < 2; beats += 1) {
    expect((await events.next()).value).toEqual({ event: 'comment', data: 'waiting' });
  }
  resolve(turn);
  let last = await events.next();
  while (last.value?.event === 'comment') last = await events.next();
  expect(last.value).toMatchObject({ event: 'answer' });
});
