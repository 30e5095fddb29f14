import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';

/** The largest body taken, in bytes: a question is far smaller. */
export const BODY_LIMIT = 64 * 1024;

/** The names a browser may use for a server that listens on loopback only. */
export const LOOPBACK_NAMES: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

type Refuse = (c: Context, status: 403 | 413, message: string) => Response | Promise<Response>;

/**
 * Refuses what a page of another site makes a browser post here. `Sec-Fetch-Site` decides where
 * the browser sends it (HTTPS and loopback), else `Origin`; programs send neither and may post.
 */
export function sameSiteOnly(refuse: Refuse): MiddlewareHandler {
  return async (c, next) => {
    if (c.req.method === 'GET' || c.req.method === 'HEAD' || isFromHere(c)) return next();
    return refuse(
      c,
      403,
      'This question came from another site, so it was not asked. Ask it here.',
    );
  };
}

/** Refuses a body over 64 KB before anything reads it. */
export function smallBodyOnly(refuse: Refuse): MiddlewareHandler {
  const message = 'That is more than 64 KB, which is too long for a question. Shorten it.';
  return bodyLimit({ maxSize: BODY_LIMIT, onError: (c) => refuse(c, 413, message) });
}

/** Whether a Host header (with or without a port) names one of the hosts. */
export function isHostAmong(hosts: readonly string[], header: string | null): boolean {
  const name = (header ?? '').toLowerCase().replace(/:\d*$/, '');
  return hosts.includes(name);
}

function isFromHere(c: Context): boolean {
  const site = c.req.header('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const origin = c.req.header('origin');
  if (origin === undefined) return true;
  // Only the host is compared: behind a proxy that ends TLS the schemes differ.
  return URL.parse(origin)?.host === (c.req.header('host') ?? new URL(c.req.url).host);
}
