import type { MiddlewareHandler } from 'hono';

/** The headers of every reply: nothing runs, loads or frames that is not ours. */
export const SECURITY_HEADERS = {
  'Content-Security-Policy': [
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'X-Content-Type-Options': 'nosniff',
  // Other sites learn as little as with `no-referrer`. That one, though, makes browsers post our
  // own form with `Origin: null`, which over plain HTTP looks just like another site's post.
  'Referrer-Policy': 'same-origin',
  // Links to conversations are for those who were given them.
  'X-Robots-Tag': 'noindex',
} as const;

/** Puts the security headers on every reply, error pages and 304s included. */
export function securityHeaders(): MiddlewareHandler {
  return async (c, next) => {
    await next();
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) c.header(name, value);
  };
}
