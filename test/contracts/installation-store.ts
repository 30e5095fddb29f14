import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Installation, InstallationStore } from '../../src/bot/installations.ts';

const ROW: Installation = {
  platform: 'slack',
  key: 'W1',
  sealed: 'sealed-1',
  installedAt: '2026-03-01T12:00:00.000Z',
};
const LATER = '2026-03-01T12:00:01.000Z';
const ORGANISATION = { ...ROW, key: 'O1' };

/** What every InstallationStore holds to; `open` gives an empty one. */
export function testInstallationStore(
  name: string,
  open: () => Promise<{ installations: InstallationStore; close(): Promise<void> }>,
): void {
  describe(`${name} as an InstallationStore`, () => {
    let opened: Awaited<ReturnType<typeof open>>;
    let store: InstallationStore;
    beforeEach(async () => {
      opened = await open();
      store = opened.installations;
    });
    afterEach(() => opened.close());

    it('gives back what was put last, to its platform alone', async () => {
      await store.put(ROW);
      await store.put({ ...ROW, sealed: 'sealed-2', installedAt: LATER });
      await store.put(ORGANISATION);
      const now = { ...ROW, sealed: 'sealed-2', installedAt: LATER };
      expect(await store.get(ROW)).toEqual(now);
      expect(await store.get({ ...ROW, platform: 'discord' })).toBeUndefined();
      expect(await store.list('slack')).toEqual([ORGANISATION, now]);
      expect(await store.list('discord')).toEqual([]);
    });

    it('finds a workspace by its organisation, unless it has an installation of its own', async () => {
      const workspace = { platform: 'slack', key: 'W1' } as const;
      await store.put(ORGANISATION);
      await store.link(workspace, ORGANISATION);
      await store.link(workspace, ORGANISATION);
      expect(await store.get(workspace)).toEqual(ORGANISATION);
      await store.put(ROW);
      expect(await store.get(workspace)).toEqual(ROW);
    });

    it('deletes what was installed until then, with its links', async () => {
      await store.put(ORGANISATION);
      await store.link(ROW, ORGANISATION);
      expect(await store.delete(ORGANISATION, '2026-03-01T11:59:59.000Z')).toBe(false);
      expect(await store.get(ROW)).toEqual(ORGANISATION);
      expect(await store.delete(ORGANISATION, LATER)).toBe(true);
      expect(await store.delete(ORGANISATION, LATER)).toBe(false);
      await store.put(ORGANISATION);
      expect(await store.get(ROW)).toBeUndefined();
    });

    it('changes what is sealed only from what it was', async () => {
      await store.put(ROW);
      expect(await store.reseal(ROW, { from: 'sealed-1', to: 'sealed-2' })).toBe(true);
      expect(await store.reseal(ROW, { from: 'sealed-1', to: 'sealed-3' })).toBe(false);
      expect((await store.get(ROW))?.sealed).toBe('sealed-2');
    });

    it('lets one worker renew at a time, until it is done or its time is up', async () => {
      await store.put(ROW);
      const [now, until] = ['2026-03-01T12:00:00.000Z', '2026-03-01T12:00:40.000Z'];
      const claim = (worker: string, at = now) => store.claim(ROW, { worker, now: at, until });
      expect(await Promise.all(['a', 'b', 'c'].map((each) => claim(each)))).toEqual([
        true,
        false,
        false,
      ]);
      await store.release(ROW, 'b');
      expect(await claim('b')).toBe(false);
      await store.release(ROW, 'a');
      expect(await claim('b')).toBe(true);
      expect(await claim('c', '2026-03-01T12:00:41.000Z')).toBe(true);
      expect(await store.claim({ ...ROW, key: 'W2' }, { worker: 'a', now, until })).toBe(false);
    });
  });
}
