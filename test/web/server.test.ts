import { get } from 'node:http';
import { Hono } from 'hono';
import { afterEach, describe, expect, it } from 'vitest';
import { FootnoteError } from '../../src/errors.ts';
import { createWebApp } from '../../src/web/app.ts';
import { guardHost, listen, type WebServer } from '../../src/web/server.ts';
import { FakeWebParts } from './fake-web-parts.ts';

const open: WebServer[] = [];
const start = async (app = createWebApp(new FakeWebParts()), host = '127.0.0.1', port = 0) => {
  const server = await listen({ app, host, port });
  open.push(server);
  return server;
};
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

describe('listen', () => {
  it('takes a free port and says where it is', async () => {
    const { url } = await start();
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:[1-9]\d*$/);
    expect(await (await fetch(`${url}/healthz`)).text()).toBe('ok');
  });

  it('names the port that is taken and what to do', async () => {
    const port = Number(new URL((await start()).url).port);
    const error = await start(undefined, undefined, port).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(FootnoteError);
    expect(error).toMatchObject({
      code: 'config',
      message: `Port ${port} on 127.0.0.1 is taken by another program. Stop that program, or set PORT to another port.`,
    });
  });

  it('hands what is mounted below a path on, with the same headers, until that is taken away', async () => {
    const server = await start();
    const unmount = server.mount('/chat/', (request, response) => void response.end(request.url));
    const response = await fetch(`${server.url}/chat/x?y`);
    expect(await response.text()).toBe('/chat/x?y');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect((await fetch(`${server.url}/chat`)).status).toBe(404);
    unmount();
    expect((await fetch(`${server.url}/chat/x`)).status).toBe(404);
  });

  it('lets an answer under way finish when it closes', async () => {
    const gate = Promise.withResolvers<void>();
    const reached = Promise.withResolvers<void>();
    const app = new Hono().get('/', async (c) => {
      reached.resolve();
      await gate.promise;
      return c.text('done');
    });
    const server = await start(app);
    const reply = fetch(server.url);
    await reached.promise;
    const closed = server.close();
    open.length = 0;
    gate.resolve();
    expect(await (await reply).text()).toBe('done');
    await closed;
    await expect(fetch(server.url)).rejects.toThrow();
  });

  it('tells the asker when the reader has left', async () => {
    const left = Promise.withResolvers<void>();
    const reached = Promise.withResolvers<void>();
    const app = new Hono().get('/', async (c) => {
      c.req.raw.signal.addEventListener('abort', () => left.resolve());
      reached.resolve();
      await left.promise;
      return c.text('unread');
    });
    const reader = new AbortController();
    const reply = fetch((await start(app)).url, { signal: reader.signal }).catch(() => undefined);
    await reached.promise;
    reader.abort();
    await reply;
    await left.promise;
  });

  it('refuses an oversize body over the wire', async () => {
    const { url } = await start();
    const reply = await fetch(`${url}/ask`, { method: 'POST', body: 'x'.repeat(100_000) });
    expect(reply.status).toBe(413);
  });

  it('refuses a wrong Host over the wire', async () => {
    const { url } = await start();
    expect(await statusFor(url, 'evil.example')).toBe(403);
    expect(await statusFor(url, `localhost:${new URL(url).port}`)).toBe(200);
  });
});

describe('guardHost', () => {
  const ask = (host: string, header: string, publicHosts: string[] = []) => {
    const app = new Hono().get('/', (c) => c.text('in'));
    const request = new Request('http://localhost/', { headers: { Host: header } });
    return guardHost({ app, host, publicHosts })(request);
  };

  it.each(['localhost', 'LOCALHOST:80', '127.0.0.1:3000', '[::1]:3000', '[::1]'])(
    'lets %s in on loopback',
    async (header) => expect((await ask('127.0.0.1', header)).status).toBe(200),
  );

  it.each([
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example:80',
    '',
    'localhost@x',
  ])('refuses %j on loopback, guarded like any page', async (header) => {
    const reply = await ask('::1', header);
    expect(reply.status).toBe(403);
    expect(reply.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await reply.text()).toContain('answers only under these names: localhost');
  });

  it('lets in the names that a proxy passes on', async () => {
    expect((await ask('localhost', 'papers.example', ['Papers.example'])).status).toBe(200);
  });

  it('lets any name in where the network may come anyway', async () => {
    expect((await ask('0.0.0.0', 'papers.example')).status).toBe(200);
  });
});

function statusFor(url: string, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get(`${url}/healthz`, { headers: { Host: host } }, (reply) => {
      reply.resume();
      resolve(reply.statusCode);
    }).on('error', reject);
  });
}
