import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DeliveryStore, TakenDelivery } from '../../src/digest/delivery.ts';
import type { SeenPapers } from '../../src/digest/seen-papers.ts';
import { makeDigest, makeDue, makeKept, makeShown, PLACE } from '../digest/made-up-digests.ts';
import { makeTurn } from '../store/make-turn.ts';

const NOW = '2026-11-20T09:00:00.000Z';
const LATER = '2026-11-20T09:06:00.000Z';

/** What every DeliveryStore holds to; `open` gives an empty one. */
export function testDeliveryStore(
  name: string,
  open: () => Promise<{
    digestStores: { deliveries: DeliveryStore; seen: SeenPapers };
    close(): Promise<void>;
  }>,
): void {
  describe(`${name} as a DeliveryStore`, () => {
    let opened: Awaited<ReturnType<typeof open>>;
    let store: DeliveryStore;
    beforeEach(async () => {
      opened = await open();
      store = opened.digestStores.deliveries;
    });
    afterEach(() => opened.close());

    const take = (worker = 'w1', now = NOW, until = LATER) =>
      store.take({ platforms: ['slack'], worker, now, until });
    const taken = async (worker = 'w1', now = NOW): Promise<TakenDelivery> => {
      const got = await take(worker, now, new Date(Date.parse(now) + 360_000).toISOString());
      if (got === undefined) throw new Error('There is nothing to take.');
      return got;
    };

    it('opens each period of a subscription once, whoever asks', async () => {
      const asked = await Promise.all([1, 2, 3].map(() => store.open(makeDue())));
      expect(asked.toSorted()).toEqual(['known', 'known', 'opened']);
      expect(await store.open(makeDue({ subscriptionId: 's2', key: 'k2' }))).toBe('opened');
    });

    it('opens none while an earlier one is open, nor one that is earlier than the last', async () => {
      await store.open(makeDue());
      const next = makeDue({ key: 'k2', period: '2026-11-23' });
      expect(await store.open(next)).toBe('waits');
      const { lease } = await taken();
      await store.finish(lease, { kind: 'silent' }, NOW);
      expect(await store.open(makeDue({ key: 'k0', period: '2026-11-19' }))).toBe('known');
      expect(await store.open(next)).toBe('opened');
    });

    it('lets periods far ahead, of a clock that was wrong, stand in nobody’s way', async () => {
      await store.open(makeDue({ key: 'k9', period: '2027-11-20' }));
      await store.finish((await taken()).lease, { kind: 'silent' }, NOW);
      expect(await store.open(makeDue())).toBe('opened');
    });

    it('gives a delivery to one worker at a time, and to the next when its lease is over', async () => {
      await store.open(makeDue());
      const [one, other] = await Promise.all([take('w1'), take('w2')]);
      expect([one, other].filter((got) => got !== undefined)).toHaveLength(1);
      expect(await take('w3', '2026-11-20T09:05:59.000Z')).toBeUndefined();
      const again = await taken('w3', LATER);
      expect(again).toMatchObject({ subscriptionId: 's1', period: '2026-11-20', place: PLACE });
      expect(again.digest).toBeUndefined();
    });

    it('lets nobody do anything whose lease was taken over', async () => {
      await store.open(makeDue());
      const { lease } = await taken('w1');
      await taken('w2', LATER);
      expect(await store.keep(lease, makeKept(['A']))).toBe('lost');
      expect(await store.begin(lease)).toBeUndefined();
      expect(await store.finish(lease, { kind: 'silent' }, LATER)).toBe(false);
      await store.release(lease, NOW);
      expect(await take('w3', LATER)).toBeUndefined();
    });

    it('keeps a digest for who takes it next, and counts attempts', async () => {
      await store.open(makeDue());
      const first = await taken();
      expect(await store.keep(first.lease, makeKept(['A']))).toBe('kept');
      expect(await store.keep(first.lease, makeKept(['B']))).toBe('lost');
      expect(await store.begin(first.lease)).toBe(0);
      await store.release(first.lease, LATER);
      expect(await take('w2', '2026-11-20T09:05:00.000Z')).toBeUndefined();
      const second = await taken('w2', LATER);
      expect(second).toMatchObject({ digest: makeDigest(['A']), attempts: 1, isGone: false });
      expect(await store.begin(second.lease)).toBe(1);
    });

    it('refuses a digest with a paper that the channel has been shown meanwhile', async () => {
      await store.open(makeDue());
      await store.open(makeDue({ key: 'k2', subscriptionId: 's2' }));
      const [one, other] = [await taken('w1'), await taken('w2')];
      expect(await store.keep(one.lease, makeKept(['A', 'B']))).toBe('kept');
      expect(await store.keep(other.lease, makeKept(['C', 'B']))).toBe('seen');
      expect(await store.keep(other.lease, makeKept(['C']))).toBe('kept');
      const ids = ['A', 'B', 'C', 'D'].map((title) => makeShown(title).paperId);
      expect(await opened.digestStores.seen.known(PLACE, ids)).toEqual(new Set(ids.slice(0, 3)));
    });

    it('finds what a message is about, once it was posted', async () => {
      await store.open(makeDue());
      const { lease } = await taken();
      await store.keep(lease, makeKept(['A']));
      const { paperId } = makeShown('A');
      const messages = [{ messageId: 'm1' }, { messageId: 'm2', paperId }];
      expect(await store.finish(lease, { kind: 'posted', messages }, NOW)).toBe(true);
      const of = { key: 'k1', subscriptionId: 's1', digest: makeDigest(['A']) };
      expect(await store.messageOf(PLACE, 'm1')).toEqual(of);
      expect(await store.messageOf(PLACE, 'm2')).toEqual({ ...of, paperId });
      expect(await store.messageOf({ ...PLACE, channelId: 'C2' }, 'm1')).toBeUndefined();
      expect(await store.posted(PLACE, '2026-11-14', '2026-11-20')).toEqual([makeDigest(['A'])]);
      expect(await store.posted(PLACE, '2026-11-21', '2026-11-27')).toEqual([]);
    });

    it('lets what was never posted be shown another time', async () => {
      await store.open(makeDue());
      const { lease } = await taken();
      await store.keep(lease, makeKept(['A']));
      await store.finish(lease, { kind: 'given-up' }, NOW);
      const { paperId } = makeShown('A');
      expect(await opened.digestStores.seen.known(PLACE, [paperId])).toEqual(new Set());
      expect(await store.earlier('s1')).toEqual({});
    });

    it('tells what came before in a subscription', async () => {
      const { answer } = makeTurn({ answerId: 'a1' });
      const days = ['2026-11-18', '2026-11-19', '2026-11-20'];
      for (const [i, period] of days.entries()) {
        await store.open(makeDue({ key: `k${i}`, period }));
        const { lease } = await taken();
        await store.keep(lease, makeKept([period], { cutoff: i, ...(i === 1 && { answer }) }));
        await store.finish(
          lease,
          i === 2 ? { kind: 'silent' } : { kind: 'posted', messages: [] },
          NOW,
        );
      }
      expect(await store.earlier('s1')).toEqual({ cutoff: 2, last: 'papers', answer });
      expect(await store.earlier('s2')).toEqual({});
    });

    it('keeps a delivery whose channel is gone open until it is ended', async () => {
      await store.open(makeDue());
      const { lease } = await taken();
      expect(await store.markGone(lease)).toBe(true);
      await store.release(lease, NOW);
      const again = await taken('w2', LATER);
      expect(again).toMatchObject({ isGone: true, attempts: 0 });
      await store.finish(again.lease, { kind: 'gone' }, LATER);
      expect(await take('w3', '2026-11-21T09:00:00.000Z')).toBeUndefined();
    });
  });
}
