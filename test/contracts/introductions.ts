import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../src/store/open-store.ts';

type Parts = Pick<Store, 'introductions' | 'close'>;

/** What every Introductions holds to; `open` gives an empty store. */
export function testIntroductions(name: string, open: () => Promise<Parts>): void {
  describe(`${name} as Introductions`, () => {
    let store: Parts;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());

    it('gives each channel to one caller alone', async () => {
      const place = { platform: 'slack', workspaceId: 'T1', channelId: 'C1' } as const;
      const { introductions } = store;
      const claims = await Promise.all([1, 2, 3].map(() => introductions.claim(place)));
      expect(claims.toSorted()).toEqual([false, false, true]);
      expect(await introductions.claim({ ...place, channelId: 'C2' })).toBe(true);
      expect(await introductions.claim({ ...place, workspaceId: 'T2' })).toBe(true);
      expect(await introductions.claim(place)).toBe(false);
    });
  });
}
