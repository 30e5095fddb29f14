import { describe, expect, it } from 'vitest';
import { FootnoteError } from '../../src/errors.ts';
import { createWebApp } from '../../src/web/app.ts';
import { makeDigest, makeItem } from '../digest/made-up-digests.ts';
import { FakeWebParts } from './fake-web-parts.ts';

const HOSTILE = '<script>alert(1)</script>"><img src=x onerror=y>';

async function get(parts: FakeWebParts, query = '') {
  const response = await createWebApp(parts).request(`/digest/preview${query}`);
  return { status: response.status, page: await response.text() };
}

describe('/digest/preview', () => {
  it('asks for topics and a day first', async () => {
    const parts = new FakeWebParts();
    const { status, page } = await get(parts);
    expect(status).toBe(200);
    expect(page).toContain('A digest, before it is sent.');
    expect(parts.previewed).toEqual([]);
  });

  it('shows the papers of a day, why each is there, and the picture with its words', async () => {
    const digest = makeDigest(['Alpha', 'Beta']);
    const picture = { png: new Uint8Array([1, 2, 3]), alt: 'Map of two papers.' };
    const parts = new FakeWebParts().preview({ digest, picture });
    const { page } = await get(parts, '?topics=agents%2C+at+most+2&date=2026-11-20');
    expect(parts.previewed[0]).toMatchObject({ sentence: 'agents, at most 2', day: '2026-11-20' });
    expect(page).toContain('<h4>Beta</h4>');
    expect(page).toContain('Here because it fits “agents” (+0.50).');
    expect(page).toContain('src="data:image/png;base64,AQID" alt="Map of two papers."');
    expect(page).toContain('value="agents, at most 2"');
  });

  it('says what is wrong and keeps what was typed', async () => {
    const problem = new FootnoteError('input', '“2026-02-30” is no day. Write it as 2026-11-20.');
    const { status, page } = await get(
      new FakeWebParts().preview(problem),
      '?topics=agents&date=2026-02-30',
    );
    expect(status).toBe(400);
    expect(page).toContain('is no day. Write it as 2026-11-20.');
    expect(page).toContain('value="agents"');
  });

  it('escapes what people type and what papers hold', async () => {
    const items = [makeItem(HOSTILE, { why: HOSTILE, organization: HOSTILE, url: 'javascript:x' })];
    const digest = makeDigest([], { items, headline: HOSTILE });
    const parts = new FakeWebParts().preview({ digest });
    const { page } = await get(parts, `?topics=${encodeURIComponent(HOSTILE)}`);
    expect(page).not.toMatch(/<script>alert|<img src=x|href="javascript/);
  });
});
