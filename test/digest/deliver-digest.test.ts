import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PostFailure } from '../../src/digest/digest-door.ts';
import { PLACE } from './made-up-digests.ts';
import { DAY, HOUR, MINUTE, openSchedulerRig, type SchedulerRig } from './scheduler-rig.ts';

let rig: SchedulerRig;
beforeEach(async () => {
  rig = await openSchedulerRig();
});
afterEach(() => rig.close());

describe('a delivery', () => {
  it('asks the platform for what may stand there before it posts again', async () => {
    await rig.subscribe();
    await rig.paperArrives();
    rig.door.next('store-then-fail');
    rig.pass(HOUR);
    await rig.process().tick();
    rig.pass(MINUTE);
    await rig.process('w2').tick();
    expect(rig.door.calls).toEqual(['post', 'find']);
    expect(rig.door.posted).toHaveLength(1);
    expect(
      await rig.stores.deliveries.messageOf(PLACE, `${rig.door.posted[0]?.key}-1`),
    ).toMatchObject({
      digest: { period: '2026-11-20' },
      paperId: expect.any(String),
    });
  });

  it('takes over from a process that died after posting, when its lease is over', async () => {
    await rig.subscribe();
    await rig.paperArrives();
    rig.pass(HOUR);
    rig.door.next('store-then-hang');
    void rig.process('w1').tick();
    await vi.waitUntil(() => rig.door.posted.length === 1);
    await rig.process('w2').tick();
    expect(rig.door.calls).toEqual(['post']);
    rig.pass(7 * MINUTE);
    await rig.process('w2').tick();
    expect(rig.door.calls).toEqual(['post', 'find']);
    rig.pass(DAY);
    await rig.process('w3').tick();
    expect(rig.periods()).toEqual(['2026-11-20', '2026-11-21']);
  });

  it('waits as long as the platform says', async () => {
    await rig.subscribe();
    await rig.paperArrives();
    rig.door.next(new PostFailure('later', 'Too many requests.', { retryAfterMs: HOUR }));
    rig.pass(HOUR);
    const one = rig.process();
    await one.tick();
    rig.pass(HOUR - 1);
    await one.tick();
    expect(rig.door.calls).toEqual(['post']);
    rig.pass(1);
    await one.tick();
    expect(rig.periods()).toEqual(['2026-11-20']);
  });

  it('ends what a deleted channel had, and tells its owner, once', async () => {
    await rig.subscribe();
    await rig.paperArrives();
    rig.door.next(new PostFailure('gone', 'channel_not_found')).failTelling(new Error('away'));
    rig.pass(HOUR);
    for (let n = 0; n < 4; n++) {
      await rig.process().tick();
      rig.pass(HOUR);
    }
    expect((await rig.stores.subscriptions.get('s1'))?.state).toBe('gone');
    expect(rig.door.told).toEqual([
      { ownerId: 'U1', text: expect.stringContaining('up to 5 papers about “agents”') },
    ]);
    rig.pass(DAY);
    await rig.process().tick();
    expect(rig.door.posted).toEqual([]);
  });

  it('gives up what the platform will never take, and may show its papers another day', async () => {
    await rig.subscribe();
    await rig.paperArrives();
    rig.door.next(new PostFailure('refused', 'invalid_blocks'));
    rig.pass(HOUR);
    await rig.process().tick();
    rig.pass(DAY);
    await rig.process().tick();
    expect(rig.periods()).toEqual(['2026-11-21']);
    expect(rig.door.posted[0]?.digest).toMatchObject({ kind: 'papers', counts: { shown: 1 } });
  });
});
