import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Composer } from '../../src/digest/compose-digest.ts';
import { PostFailure } from '../../src/digest/digest-door.ts';
import { createDigestScheduler } from '../../src/digest/digest-scheduler.ts';
import { EVERY_DAY, type Subscription } from '../../src/digest/subscription.ts';
import { createLogger } from '../../src/log.ts';
import { makePaper } from '../retrieval/indexed-paper.ts';
import { type DigestRig, openDigestRig } from './digest-rig.ts';
import { FakeDigestDoor } from './fake-digest-door.ts';
import { makeSubscription, makeWish, PLACE } from './made-up-digests.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const schedule = { days: EVERY_DAY, time: '09:00', timeZone: 'UTC' };
const log = createLogger({ level: 'silent' });

let rig: DigestRig;
let door: FakeDigestDoor;
let papers = 0;

beforeEach(async () => {
  rig = await openDigestRig({ at: '2026-11-20T08:00:00.000Z' });
  door = new FakeDigestDoor();
});
afterEach(() => rig.close());

const process = (worker = 'w1', composer: Composer = rig.composer) =>
  createDigestScheduler({
    ...rig.stores,
    composer,
    doors: { slack: door },
    now: () => rig.clock.now,
    log,
    worker,
  });
const subscribe = (changes: Partial<Subscription> = {}) =>
  rig.stores.subscriptions.add(
    makeSubscription({ schedule, activeFrom: '2026-11-20T08:00:00.000Z', ...changes }),
  );
const pass = (ms: number) => {
  rig.clock.now = new Date(rig.clock.now.getTime() + ms);
};
const paperArrives = () => {
  papers += 1;
  const date = rig.clock.now.toISOString().slice(0, 10);
  const words = `We propose agents${papers} for agents. The agents of agents${papers} are agents.`;
  return rig.arrive(makePaper(`Agents ${papers} agents`, words, { date }));
};
const periods = () => door.posted.map(({ digest }) => digest.period);

describe('the scheduler', () => {
  it('posts a digest when its time has come, and once', async () => {
    await subscribe();
    await paperArrives();
    const one = process();
    await one.tick();
    expect(door.posted).toEqual([]);
    pass(HOUR);
    await one.tick();
    pass(5 * HOUR);
    await one.tick();
    expect(periods()).toEqual(['2026-11-20']);
    expect(door.posted[0]?.digest).toMatchObject({ kind: 'papers', items: [{ n: 1 }] });
    expect(door.posted[0]?.key).toMatch(/^[0-9A-Za-z]{22}$/);
  });

  it('posts once however many processes tick at once', async () => {
    await subscribe();
    await subscribe({ id: 's2', place: { ...PLACE, channelId: 'C2' } });
    await paperArrives();
    pass(HOUR);
    const all = ['w1', 'w2', 'w3'].map((worker) => process(worker));
    await Promise.all(all.map((one) => one.tick()));
    await Promise.all(all.map((one) => one.tick()));
    expect(door.posted).toHaveLength(2);
    expect(door.calls).toEqual(['post', 'post']);
  });

  it('never shows a channel a paper twice, in whichever of its digests', async () => {
    await subscribe();
    await subscribe({ id: 's2' });
    for (let day = 0; day < 3; day++) {
      await paperArrives();
      await paperArrives();
      pass(day === 0 ? HOUR : DAY);
      await Promise.all([process('w1').tick(), process('w2').tick()]);
    }
    const shown = door.posted.flatMap(({ digest }) =>
      digest.kind === 'papers' ? digest.items.map(({ paperId }) => paperId) : [],
    );
    expect(new Set(shown).size).toBe(6);
    expect(shown).toHaveLength(6);
  });

  it('catches up a week away with one digest, not seven', async () => {
    await subscribe();
    await paperArrives();
    pass(HOUR);
    await process().tick();
    for (let day = 0; day < 7; day++) {
      pass(DAY);
      await paperArrives();
    }
    await process('w2').tick();
    expect(periods()).toEqual(['2026-11-20', '2026-11-27']);
    const { digest } = door.posted[1] ?? {};
    expect(digest?.kind === 'papers' && digest.counts.papers).toBe(7);
  });

  it('begins nothing anew when the clock goes back, and goes on when it goes ahead', async () => {
    await subscribe();
    const one = process();
    for (const days of [0, 1, -1, -1, 2, 400, -399]) {
      pass(days * DAY + (days === 0 ? HOUR : 0));
      await paperArrives();
      await one.tick();
    }
    expect(periods()).toEqual(['2026-11-20', '2026-11-21', '2027-12-26', '2026-11-22']);
  });

  it('asks the platform for what may stand there before it posts again', async () => {
    await subscribe();
    await paperArrives();
    door.next('store-then-fail');
    pass(HOUR);
    await process().tick();
    pass(MINUTE);
    await process('w2').tick();
    expect(door.calls).toEqual(['post', 'find']);
    expect(door.posted).toHaveLength(1);
    expect(await rig.stores.deliveries.messageOf(PLACE, `${door.posted[0]?.key}-1`)).toMatchObject({
      digest: { period: '2026-11-20' },
      paperId: expect.any(String),
    });
  });

  it('takes over from a process that died after posting, when its lease is over', async () => {
    await subscribe();
    await paperArrives();
    pass(HOUR);
    door.next('store-then-hang');
    void process('w1').tick();
    await vi.waitUntil(() => door.posted.length === 1);
    await process('w2').tick();
    expect(door.calls).toEqual(['post']);
    pass(7 * MINUTE);
    await process('w2').tick();
    expect(door.calls).toEqual(['post', 'find']);
    pass(DAY);
    await process('w3').tick();
    expect(periods()).toEqual(['2026-11-20', '2026-11-21']);
  });

  it('waits as long as the platform says', async () => {
    await subscribe();
    await paperArrives();
    door.next(new PostFailure('later', 'Too many requests.', { retryAfterMs: HOUR }));
    pass(HOUR);
    const one = process();
    await one.tick();
    pass(HOUR - 1);
    await one.tick();
    expect(door.calls).toEqual(['post']);
    pass(1);
    await one.tick();
    expect(periods()).toEqual(['2026-11-20']);
  });

  it('ends what a deleted channel had, and tells its owner, once', async () => {
    await subscribe();
    await paperArrives();
    door.next(new PostFailure('gone', 'channel_not_found')).failTelling(new Error('away'));
    pass(HOUR);
    for (let n = 0; n < 4; n++) {
      await process().tick();
      pass(HOUR);
    }
    expect((await rig.stores.subscriptions.get('s1'))?.state).toBe('gone');
    expect(door.told).toEqual([
      { ownerId: 'U1', text: expect.stringContaining('up to 5 papers about “agents”') },
    ]);
    pass(DAY);
    await process().tick();
    expect(door.posted).toEqual([]);
  });

  it('gives up what the platform will never take, and may show its papers another day', async () => {
    await subscribe();
    await paperArrives();
    door.next(new PostFailure('refused', 'invalid_blocks'));
    pass(HOUR);
    await process().tick();
    pass(DAY);
    await process().tick();
    expect(periods()).toEqual(['2026-11-21']);
    expect(door.posted[0]?.digest).toMatchObject({ kind: 'papers', counts: { shown: 1 } });
  });

  it('posts nothing of what is paused, and nothing late of what is resumed', async () => {
    await subscribe({ state: 'paused' });
    await paperArrives();
    pass(2 * HOUR);
    const one = process();
    await one.tick();
    const activeFrom = rig.clock.now.toISOString();
    await rig.stores.subscriptions.change('s1', { state: 'active', activeFrom });
    await one.tick();
    expect(door.posted).toEqual([]);
    pass(DAY);
    await one.tick();
    expect(periods()).toEqual(['2026-11-21']);
  });

  it('says of empty days once, until there was something again', async () => {
    await subscribe();
    const one = process();
    const kinds = async (...arrivals: readonly boolean[]) => {
      for (const [i, isArriving] of arrivals.entries()) {
        if (isArriving) await paperArrives();
        pass(i === 0 && door.posted.length === 0 ? HOUR : DAY);
        await one.tick();
      }
      return door.posted.map(({ digest }) => digest.kind);
    };
    expect(await kinds(true, false, false, false, true, false)).toEqual([
      'papers',
      'empty',
      'papers',
      'empty',
    ]);
    expect(door.posted[1]?.digest.headline).toContain('No new paper came in');
  });

  it('stays silent on empty days where that is set', async () => {
    await subscribe({ wish: makeWish({ onEmpty: 'silent' }) });
    await paperArrives();
    pass(HOUR);
    const one = process();
    await one.tick();
    pass(DAY);
    await one.tick();
    expect(periods()).toEqual(['2026-11-20']);
  });

  it('puts off a digest that cannot be made yet, and makes it later', async () => {
    await subscribe();
    await paperArrives();
    let failures = 2;
    const composer: Composer = {
      compose: (request) =>
        failures-- > 0 ? Promise.reject(new Error('not yet')) : rig.composer.compose(request),
    };
    pass(HOUR);
    const one = process('w1', composer);
    for (let n = 0; n < 3; n++) {
      await one.tick();
      pass(MINUTE);
    }
    expect(periods()).toEqual(['2026-11-20']);
  });
});
