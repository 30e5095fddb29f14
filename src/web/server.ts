import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import { FootnoteError } from '../errors.ts';
import { isHostAmong, LOOPBACK_NAMES } from './guards.ts';
import { SECURITY_HEADERS } from './headers.ts';

/** How long `close` waits for answers under way before it cuts them off, in milliseconds. */
const CLOSE_WAIT_MS = 5_000;
const SWEEP_MS = 50;

/** Where the pages are served. */
export interface ListenOptions {
  readonly app: Hono;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Host names, besides loopback's own, that a proxy in front of a loopback server passes on. */
  readonly publicHosts?: readonly string[];
}

/** A running server. */
export interface WebServer {
  readonly url: string;
  /**
   * Hands all requests below a path such as `/chat/` to a listener that checks by itself who calls:
   * neither Host nor origin is looked at before. Returns what takes it away again.
   */
  mount(path: string, listener: RequestListener): () => void;
  /** Takes no more requests, lets those under way finish for a few seconds, then ends. */
  close(): Promise<void>;
}

/**
 * Serves the app. On loopback only requests for a known Host are answered, which stops DNS
 * rebinding. Throws a FootnoteError when the address cannot be taken.
 */
export async function listen(options: ListenOptions): Promise<WebServer> {
  const mounted = new Map<string, RequestListener>();
  const pages = getRequestListener(guardHost(options));
  const server = createServer((request, response) => {
    const listener = mountedFor(request.url ?? '', mounted);
    if (listener === undefined) return pages(request, response);
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
    return listener(request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(cannotListen(options, error)));
    server.listen(options.port, options.host, resolve);
  });
  // A server that listens on a port (never on a pipe) has an AddressInfo.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${urlHost(options.host)}:${port}`,
    mount(path, listener) {
      mounted.set(path, listener);
      return () => void mounted.delete(path);
    },
    close: () => closeServer(server),
  };
}

function mountedFor(url: string, mounted: ReadonlyMap<string, RequestListener>) {
  return [...mounted].find(([path]) => url.startsWith(path))?.[1];
}

type Fetch = Hono['fetch'];

/** The app behind its Host check; the app itself where the server is open to the network anyway. */
export function guardHost({ app, host, publicHosts }: Omit<ListenOptions, 'port'>): Fetch {
  if (!isLoopback(host)) return app.fetch;
  const given = (publicHosts ?? []).map((name) => name.toLowerCase());
  const hosts = [...new Set([...LOOPBACK_NAMES, urlHost(host), ...given])];
  return (request, env, context) =>
    isHostAmong(hosts, request.headers.get('host'))
      ? app.fetch(request, env, context)
      : refuseHost(hosts);
}

function refuseHost(hosts: readonly string[]): Response {
  const names = hosts.join(', ');
  return new Response(`This server answers only under these names: ${names}.\n`, {
    status: 403,
    headers: { ...SECURITY_HEADERS, 'Content-Type': 'text/plain; charset=utf-8' },
  });
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}

function urlHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}

function cannotListen({ host, port }: ListenOptions, error: NodeJS.ErrnoException): FootnoteError {
  const place = `Port ${port} on ${host}`;
  const message =
    error.code === 'EADDRINUSE'
      ? `${place} is taken by another program. Stop that program, or set PORT to another port.`
      : `${place} cannot be used (${error.code ?? error.message}). Set HOST or PORT to another.`;
  return new FootnoteError('config', message, { cause: error, facts: { host, port } });
}

function closeServer(http: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    // A connection kept alive after its last answer would hold the server open for seconds.
    const sweep = setInterval(() => http.closeIdleConnections(), SWEEP_MS);
    const cutOff = setTimeout(() => http.closeAllConnections(), CLOSE_WAIT_MS);
    http.close((error) => {
      clearInterval(sweep);
      clearTimeout(cutOff);
      if (error === undefined) resolve();
      else reject(error);
    });
  });
}
