import { describe, expect, it } from 'vitest';
import { FootnoteError } from '../../src/errors.ts';
import { createWebApp } from '../../src/web/app.ts';
import { FakeWebParts } from './fake-web-parts.ts';
import { makeTurn } from './turns.ts';

const post = (parts: FakeWebParts, fields: Record<string, string>) =>
  createWebApp(parts).request('/ask', { method: 'POST', body: new URLSearchParams(fields) });
const postJson = (parts: FakeWebParts, body: string) =>
  createWebApp(parts).request('/api/ask', {
    method: 'POST',
    body,
    headers: { 'Content-Type': 'application/json' },
  });
const reading = new FootnoteError('busy', 'Still reading the papers, 249 so far.', {
  facts: { retryAfter: 3 },
});
const empty = new FootnoteError('input', 'The question is empty. Write one.');

describe('POST /ask', () => {
  it('leads to the answer in its conversation', async () => {
    const parts = new FakeWebParts().reply('why?', makeTurn());
    const reply = await post(parts, { question: 'why?' });
    expect(reply.status).toBe(303);
    expect(reply.headers.get('location')).toBe('/c/conversation-1#answer-1');
    expect(parts.asked[0]).not.toHaveProperty('conversationId');
    expect(parts.asked[0]?.signal).toBeInstanceOf(AbortSignal);
  });

  it('asks a follow-up in its conversation', async () => {
    const parts = new FakeWebParts().keep(makeTurn()).reply('and?', makeTurn());
    await post(parts, { question: 'and?', conversation: 'conversation-1' });
    expect(parts.asked[0]?.conversationId).toBe('conversation-1');
  });

  it('shows the message for an empty question and keeps what was typed', async () => {
    const reply = await post(new FakeWebParts().reply('  <b>\n', empty), { question: '  <b>\n' });
    const page = await reply.text();
    expect(reply.status).toBe(400);
    expect(page).toContain('The question is empty. Write one.');
    expect(page).toMatch(/aria-describedby="problem"[^>]*> {2}&lt;b&gt;\r?\n<\/textarea>/);
  });

  it('keeps a newline that the question began with', async () => {
    const page = await (
      await post(new FakeWebParts().reply('\nx', empty), { question: '\nx' })
    ).text();
    expect(page).toContain('>\n\nx</textarea>');
  });

  it('shows a refused follow-up under the turns before it', async () => {
    const parts = new FakeWebParts().keep(makeTurn({ question: 'first?' })).reply('', empty);
    const reply = await post(parts, { question: '', conversation: 'conversation-1' });
    const page = await reply.text();
    expect(page).toContain('first?');
    expect(page).toContain(empty.message);
    expect(page).toContain('name="conversation" value="conversation-1"');
  });

  // One that a client had made up was taken, and could be read by all who guessed it.
  it.each(['never-made-here', 'short', 'a'.repeat(65), '../../etc/passwd', 'abc"def<ghi>'])(
    'refuses %s as a conversation before anything is asked',
    async (conversation) => {
      const parts = new FakeWebParts();
      const reply = await post(parts, { question: 'why?', conversation });
      expect(reply.status).toBe(404);
      expect(await reply.text()).toContain('This conversation is not known here.');
      const body = JSON.stringify({ question: 'why?', conversation });
      const told = await postJson(parts, body);
      expect(told.status).toBe(404);
      expect(await told.json()).toEqual({
        error: { message: expect.stringContaining('is not known here') },
      });
      expect(parts.asked).toEqual([]);
    },
  );

  it('says that it is busy with the message of the error', async () => {
    const busy = new FootnoteError('busy', 'Too many questions at once. Try again in a minute.');
    const reply = await post(new FakeWebParts().reply('why?', busy), { question: 'why?' });
    expect(reply.status).toBe(503);
    expect(await reply.text()).toContain(busy.message);
  });

  // In the first second of a server the answer was that no abstract mentions anything.
  it('keeps a question that came too early, on a page that asks it again', async () => {
    const parts = new FakeWebParts().keep(makeTurn()).reply('why <b>?', reading);
    const reply = await post(parts, { question: 'why <b>?', conversation: 'conversation-1' });
    const page = await reply.text();
    expect([reply.status, reply.headers.get('retry-after')]).toEqual([503, '3']);
    expect(page).toContain(reading.message);
    expect(page).toContain('data-again="3"');
    expect(page).toContain('name="question" value="why &lt;b&gt;?"');
    expect(page).toContain('name="conversation" value="conversation-1"');
  });

  it('hides any other error behind a reference that is logged', async () => {
    const error = new FootnoteError('model', 'key sk-123 was refused', { cause: new Error('x') });
    const parts = new FakeWebParts().reply('why?', error);
    const reply = await post(parts, { question: 'why?' });
    const page = await reply.text();
    const reference = page.match(/reference ([0-9a-f]{8})/)?.[1];
    expect(reply.status).toBe(500);
    expect(page).not.toContain('sk-123');
    expect(page).not.toMatch(/at .*\.ts/);
    expect(page).toContain('why?</textarea>');
    expect(parts.logged).toEqual([
      { event: 'web.failed', fields: { reference, route: 'POST /ask', err: error } },
    ]);
  });

  it('leads back to the box when opened by hand', async () => {
    const reply = await createWebApp(new FakeWebParts()).request('/ask');
    expect(reply.headers.get('location')).toBe('/');
  });

  it('takes a form without a question as an empty one', async () => {
    const reply = await post(new FakeWebParts().reply('', empty), {});
    expect(reply.status).toBe(400);
  });

  it('says so when the form cannot be read', async () => {
    const reply = await createWebApp(new FakeWebParts()).request('/ask', {
      method: 'POST',
      body: 'nonsense',
      headers: { 'Content-Type': 'multipart/form-data; boundary=x' },
    });
    expect(reply.status).toBe(400);
    expect(await reply.text()).toContain('The form could not be read.');
  });
});

describe('POST /api/ask', () => {
  it('tells a program when to come back with a question that came too early', async () => {
    const parts = new FakeWebParts().reply('why?', reading);
    const reply = await postJson(parts, '{"question":"why?"}');
    expect([reply.status, reply.headers.get('retry-after')]).toEqual([503, '3']);
    expect(await reply.json()).toEqual({ error: { message: reading.message } });
  });

  it('gives the answer as JSON with its conversation', async () => {
    const turn = makeTurn();
    const reply = await postJson(new FakeWebParts().reply('why?', turn), '{"question":"why?"}');
    expect(await reply.json()).toEqual({ conversation: 'conversation-1', ...turn.answer });
  });

  it.each(['', '{', '[]', '{"question":1}', '{"conversation":"conversation-1"}'])(
    'says what to send instead of %s',
    async (body) => {
      const reply = await postJson(new FakeWebParts(), body);
      expect(reply.status).toBe(400);
      expect(await reply.json()).toEqual({
        error: { message: expect.stringContaining('Send JSON such as') },
      });
    },
  );

  it('hides an error of ours behind a reference', async () => {
    const parts = new FakeWebParts().reply('why?', new TypeError('x is undefined'));
    const reply = await postJson(parts, '{"question":"why?"}');
    expect(reply.status).toBe(500);
    expect(await reply.text()).not.toContain('undefined');
    expect(parts.logged[0]?.fields.reference).toMatch(/^[0-9a-f]{8}$/);
  });
});

it('does not log a reader who left as a failure', async () => {
  const parts = new FakeWebParts().reply('why?', new DOMException('left', 'AbortError'));
  const reply = await createWebApp(parts).request('/ask', {
    method: 'POST',
    body: new URLSearchParams({ question: 'why?' }),
    signal: AbortSignal.abort(),
  });
  expect(reply.status).toBe(499);
  expect(parts.logged).toEqual([]);
});
