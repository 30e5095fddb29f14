import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Composer } from '../../src/digest/compose-digest.ts';
import { makeWish, PLACE } from './made-up-digests.ts';
import { DAY, HOUR, MINUTE, openSchedulerRig, type SchedulerRig } from './scheduler-rig.ts';

let rig: SchedulerRig;
beforeEach(async () => {
  rig = await openSchedulerRig();
});
afterEach(() => rig.close());

describe('the scheduler', () => {
  it('posts a digest when its time has come, and once', async () => {
    await rig.subscribe();
    await rig.paperArrives();
    const one = rig.process();
    await one.tick();
    expect(rig.door.posted).toEqual([]);
    rig.pass(HOUR);
    await one.tick();
    rig.pass(5 * HOUR);
    await one.tick();
    expect(rig.periods()).toEqual(['2026-11-20']);
    expect(rig.door.posted[0]?.digest).toMatchObject({ kind: 'papers', items: [{ n: 1 }] });
    expect(rig.door.posted[0]?.key).toMatch(/^[0-9A-Za-z]{22}$/);
  });

  it('posts once however many processes tick at once', async () => {
    await rig.subscribe();
    await rig.subscribe({ id: 's2', place: { ...PLACE, channelId: 'C2' } });
    await rig.paperArrives();
    rig.pass(HOUR);
    const all = ['w1', 'w2', 'w3'].map((worker) => rig.process(worker));
    await Promise.all(all.map((one) => one.tick()));
    await Promise.all(all.map((one) => one.tick()));
    expect(rig.door.posted).toHaveLength(2);
    expect(rig.door.calls).toEqual(['post', 'post']);
  });

  it('never shows a channel a paper twice, in whichever of its digests', async () => {
    await rig.subscribe();
    await rig.subscribe({ id: 's2' });
    for (let day = 0; day < 3; day++) {
      await rig.paperArrives();
      await rig.paperArrives();
      rig.pass(day === 0 ? HOUR : DAY);
      await Promise.all([rig.process('w1').tick(), rig.process('w2').tick()]);
    }
    const shown = rig.door.posted.flatMap(({ digest }) =>
      digest.kind === 'papers' ? digest.items.map(({ paperId }) => paperId) : [],
    );
    expect(new Set(shown).size).toBe(6);
    expect(shown).toHaveLength(6);
  });

  it('catches up a week away with one digest, not seven', async () => {
    await rig.subscribe();
    await rig.paperArrives();
    rig.pass(HOUR);
    await rig.process().tick();
    for (let day = 0; day < 7; day++) {
      rig.pass(DAY);
      await rig.paperArrives();
    }
    await rig.process('w2').tick();
    expect(rig.periods()).toEqual(['2026-11-20', '2026-11-27']);
    const { digest } = rig.door.posted[1] ?? {};
    expect(digest?.kind === 'papers' && digest.counts.papers).toBe(7);
  });

  it('begins nothing anew when the clock goes back, and goes on when it goes ahead', async () => {
    await rig.subscribe();
    const one = rig.process();
    for (const days of [0, 1, -1, -1, 2, 400, -399]) {
      rig.pass(days * DAY + (days === 0 ? HOUR : 0));
      await rig.paperArrives();
      await one.tick();
    }
    expect(rig.periods()).toEqual(['2026-11-20', '2026-11-21', '2027-12-26', '2026-11-22']);
  });

  it('posts nothing of what is paused, and nothing late of what is resumed', async () => {
    await rig.subscribe({ state: 'paused' });
    await rig.paperArrives();
    rig.pass(2 * HOUR);
    const one = rig.process();
    await one.tick();
    const activeFrom = rig.clock.now.toISOString();
    await rig.stores.subscriptions.change('s1', { state: 'active', activeFrom });
    await one.tick();
    expect(rig.door.posted).toEqual([]);
    rig.pass(DAY);
    await one.tick();
    expect(rig.periods()).toEqual(['2026-11-21']);
  });

  it('says of empty days once, until there was something again', async () => {
    await rig.subscribe();
    const one = rig.process();
    const kinds = async (...arrivals: readonly boolean[]) => {
      for (const [i, isArriving] of arrivals.entries()) {
        if (isArriving) await rig.paperArrives();
        rig.pass(i === 0 && rig.door.posted.length === 0 ? HOUR : DAY);
        await one.tick();
      }
      return rig.door.posted.map(({ digest }) => digest.kind);
    };
    expect(await kinds(true, false, false, false, true, false)).toEqual([
      'papers',
      'empty',
      'papers',
      'empty',
    ]);
    expect(rig.door.posted[1]?.digest.headline).toContain('No new paper came in');
  });

  it('stays silent on empty days where that is set', async () => {
    await rig.subscribe({ wish: makeWish({ onEmpty: 'silent' }) });
    await rig.paperArrives();
    rig.pass(HOUR);
    const one = rig.process();
    await one.tick();
    rig.pass(DAY);
    await one.tick();
    expect(rig.periods()).toEqual(['2026-11-20']);
  });

  it('puts off a digest that cannot be made yet, and makes it later', async () => {
    await rig.subscribe();
    await rig.paperArrives();
    let failures = 2;
    const composer: Composer = {
      compose: (request) =>
        failures-- > 0 ? Promise.reject(new Error('not yet')) : rig.composer.compose(request),
    };
    rig.pass(HOUR);
    const one = rig.process('w1', composer);
    for (let n = 0; n < 3; n++) {
      await one.tick();
      rig.pass(MINUTE);
    }
    expect(rig.periods()).toEqual(['2026-11-20']);
  });
});
