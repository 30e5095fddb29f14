import { afterEach, beforeEach, expect, it } from 'vitest';
import { openSourceRig, type SourceRig } from './source-rig.ts';

let rig: SourceRig;
beforeEach(async () => {
  rig = await openSourceRig();
});
afterEach(() => rig.close());

const get = () =>
  rig.hubSite.get(`${rig.hub.url}/api/daily_papers?date=2026-11-20`, {
    accept: 'application/json',
  });

it.each([401, 403])('a token that is refused with %i is told at once', async (status) => {
  rig.hub.script({ status, body: '{"error":"Invalid credentials"}' });
  await expect(get()).rejects.toMatchObject({
    code: 'config',
    message: expect.stringContaining('does not take the token in HF_TOKEN'),
  });
  expect(rig.hub.requests).toHaveLength(1);
});

// The window, which every reply tells, was once waited for: minutes for a hiccup.
it('a failure with most of the limit left is tried again soon', async () => {
  rig.hub.script({ status: 500, headers: { ratelimit: '"api";r=499;t=299' } });
  expect(await get()).toMatchObject({ kind: 'text', text: '[]' });
  expect(rig.waits.map((ms) => Math.round(ms / 1_000))).toEqual([10]);
});
