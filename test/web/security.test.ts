import { describe, expect, it } from 'vitest';
import { createWebApp } from '../../src/web/app.ts';
import { FakeWebParts } from './fake-web-parts.ts';
import { makeTurn } from './turns.ts';

const POLICY =
  "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const parts = () => new FakeWebParts().keep(makeTurn()).reply('why?', makeTurn());
const post = (headers: Record<string, string>, path = '/ask') =>
  createWebApp(parts()).request(path, {
    method: 'POST',
    body: new URLSearchParams({ question: 'why?' }),
    headers,
  });

describe('headers', () => {
  it.each([
    ['/', 200],
    ['/c/conversation-1', 200],
    ['/a/answer-1', 200],
    ['/static/app.css', 200],
    ['/static/app.js', 200],
    ['/static/asking.js', 200],
    ['/static/icon.svg', 200],
    ['/healthz', 200],
    ['/readyz', 200],
    ['/ask', 303],
    ['/nowhere', 404],
    ['/static/nowhere', 404],
    ['/c/unknown-conversation', 404],
  ])('stand on %s (%i)', async (path, status) => {
    const reply = await createWebApp(parts()).request(path);
    expect(reply.status).toBe(status);
    expectGuarded(reply);
  });

  it('stand on refusals and failures too', async () => {
    const broken = new FakeWebParts();
    broken.current = new Error('broken');
    expectGuarded(await post({ 'Sec-Fetch-Site': 'cross-site' }));
    expectGuarded(await post({}));
    expectGuarded(await createWebApp(broken).request('/'));
  });

  it('stand on a file that has not changed', async () => {
    const app = createWebApp(parts());
    const tag = (await app.request('/static/app.css')).headers.get('etag') ?? '';
    const reply = await app.request('/static/app.css', { headers: { 'If-None-Match': tag } });
    expect(reply.status).toBe(304);
    expectGuarded(reply);
  });

  it('need no inline style or script on any page', async () => {
    const app = createWebApp(parts());
    for (const path of ['/', '/c/conversation-1', '/a/answer-1', '/nowhere']) {
      const page = await (await app.request(path)).text();
      expect(page).not.toMatch(/\sstyle=|<style|\son\w+=|<script(?! src="\/static\/app\.js")/);
    }
  });
});

describe('a post from elsewhere', () => {
  it.each([
    { 'Sec-Fetch-Site': 'cross-site' },
    { 'Sec-Fetch-Site': 'same-site' },
    { 'Sec-Fetch-Site': 'cross-site', Origin: 'http://localhost' },
    { Origin: 'https://evil.example' },
    { Origin: 'http://localhost:8080' },
    { Origin: 'null' },
  ])('is refused with %o', async (headers) => {
    for (const path of ['/ask', '/api/ask']) {
      const reply = await post(headers, path);
      expect(reply.status).toBe(403);
      expect(await reply.text()).toContain('came from another site');
    }
  });

  it.each([
    {},
    { 'Sec-Fetch-Site': 'same-origin' },
    { 'Sec-Fetch-Site': 'none' },
    { Origin: 'http://localhost' },
    { Origin: 'https://papers.example', Host: 'papers.example' },
  ])('is told from our own with %o', async (headers) => {
    expect((await post(headers)).status).toBe(303);
  });
});

describe('the body limit', () => {
  const body = (size: number) => `question=${'x'.repeat(size)}`;
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };

  it('refuses more than 64 KB with a clear message', async () => {
    const reply = await createWebApp(parts()).request('/ask', {
      method: 'POST',
      headers,
      body: body(65_536),
    });
    expect(reply.status).toBe(413);
    expect(await reply.text()).toContain('more than 64 KB');
  });

  it('refuses a larger body whose header says it is small', async () => {
    const stream = new Blob([body(70_000)]).stream();
    const request = new Request('http://localhost/ask', {
      method: 'POST',
      headers,
      body: stream,
      duplex: 'half',
    });
    expect((await createWebApp(parts()).request(request)).status).toBe(413);
  });

  it('answers a program in JSON', async () => {
    const reply = await createWebApp(parts()).request('/api/ask', {
      method: 'POST',
      body: body(65_536),
    });
    expect(await reply.json()).toEqual({ error: { message: expect.stringContaining('64 KB') } });
  });
});

function expectGuarded(reply: Response): void {
  expect(reply.headers.get('content-security-policy')).toBe(POLICY);
  expect(reply.headers.get('x-content-type-options')).toBe('nosniff');
  expect(reply.headers.get('referrer-policy')).toBe('same-origin');
}
