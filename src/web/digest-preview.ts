import type { Context, Hono } from 'hono';
import type { Failure } from './failure.ts';
import { renderDigestPreview } from './pages/digest.ts';
import type { WebParts } from './parts.ts';

const LONGEST = 2_000;

/** The page that shows what a digest would say on any day; asking for it sends nothing. */
export function addDigestPreview(
  app: Hono,
  parts: Pick<WebParts, 'previewDigest' | 'status'>,
  explain: (c: Context, error: unknown) => Failure,
): void {
  app.get('/digest/preview', async (c) => {
    const sentence = (c.req.query('topics') ?? '').slice(0, LONGEST);
    const day = c.req.query('date') ?? '';
    const asked = { sentence, day };
    const status = await parts.status();
    if (sentence.trim() === '') return c.html(renderDigestPreview({ asked, status }));
    try {
      const { signal } = c.req.raw;
      const request = { sentence, signal, ...(day !== '' && { day }) };
      const previewed = await parts.previewDigest(request);
      return c.html(renderDigestPreview({ asked, status, previewed }));
    } catch (error) {
      const { status: code, message } = explain(c, error);
      return c.html(renderDigestPreview({ asked, status, problem: message }), code);
    }
  });
}
