import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SubscriptionStore } from '../../src/digest/subscription.ts';
import { makeSubscription, makeWish, PLACE } from '../digest/made-up-digests.ts';

/** What every SubscriptionStore holds to; `open` gives an empty one. */
export function testSubscriptionStore(
  name: string,
  open: () => Promise<{
    digestStores: { subscriptions: SubscriptionStore };
    close(): Promise<void>;
  }>,
): void {
  describe(`${name} as a SubscriptionStore`, () => {
    let opened: Awaited<ReturnType<typeof open>>;
    let store: SubscriptionStore;
    beforeEach(async () => {
      opened = await open();
      store = opened.digestStores.subscriptions;
    });
    afterEach(() => opened.close());

    it('gives back what was added, in the order of adding, to its place alone', async () => {
      const other = { ...PLACE, channelId: 'C2' };
      const watched = { kind: 'question', question: 'What routes?' } as const;
      const all = [
        makeSubscription({ wish: makeWish({ rollUp: 5, topics: ['a', 'ß “x”'] }) }),
        makeSubscription({ id: 's2', wish: watched }),
        makeSubscription({ id: 's3', place: other }),
      ];
      for (const one of all) expect(await store.add(one)).toBe(true);
      expect(await store.of(PLACE)).toEqual(all.slice(0, 2));
      expect(await store.of(other)).toEqual(all.slice(2));
      expect(await store.all()).toEqual(all);
      expect(await store.get('s2')).toEqual(all[1]);
      expect(await store.get('s9')).toBeUndefined();
    });

    it('does not take an id twice', async () => {
      await store.add(makeSubscription());
      expect(await store.add(makeSubscription({ ownerId: 'U2' }))).toBe(false);
      expect((await store.get('s1'))?.ownerId).toBe('U1');
    });

    it('changes what is named and leaves the rest', async () => {
      await store.add(makeSubscription());
      expect(await store.change('s1', { state: 'paused' })).toBe(true);
      expect(await store.get('s1')).toEqual(makeSubscription({ state: 'paused' }));
      expect(await store.change('s9', { state: 'paused' })).toBe(false);
    });

    it('tells the active ones of the platforms asked for', async () => {
      await store.add(makeSubscription());
      await store.add(makeSubscription({ id: 's2', state: 'paused' }));
      await store.add(makeSubscription({ id: 's3', place: { ...PLACE, platform: 'discord' } }));
      expect((await store.active(['slack'])).map(({ id }) => id)).toEqual(['s1']);
      expect((await store.active(['slack', 'discord'])).map(({ id }) => id)).toEqual(['s1', 's3']);
      expect(await store.active([])).toEqual([]);
    });

    it('removes one, once', async () => {
      await store.add(makeSubscription());
      expect(await store.remove('s1')).toBe(true);
      expect(await store.remove('s1')).toBe(false);
      expect(await store.of(PLACE)).toEqual([]);
    });
  });
}
