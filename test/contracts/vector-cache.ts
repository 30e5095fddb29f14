import { describe, expect, it, onTestFinished } from 'vitest';
import type { VectorCache } from '../../src/llm/vector-cache.ts';

const KEYS = ['aa', 'bb', 'cc'].map((digits) => digits.repeat(32));
const bytes = (...values: readonly number[]) => Uint8Array.from(values);
const plain = (found: ReadonlyMap<string, Uint8Array>) =>
  Object.fromEntries([...found].map(([key, value]) => [key.slice(0, 2), [...value]]));

/** What the port of the cache holds to; `open` gives one more connection to the same cache. */
export function testVectorCache(name: string, makeCache: () => Promise<() => VectorCache>): void {
  const opened = async () => {
    const open = await makeCache();
    return () => {
      const cache = open();
      onTestFinished(() => cache.close());
      return cache;
    };
  };
  const [one = '', two = '', three = ''] = KEYS;

  describe(name, () => {
    it('finds nothing while empty, and nothing for no keys', async () => {
      const cache = (await opened())();
      expect(plain(await cache.find(KEYS))).toEqual({});
      await cache.add(async () => new Map());
      expect(plain(await cache.find([]))).toEqual({});
    });

    it('gives back what was added, to every connection, and the last of each key', async () => {
      const open = await opened();
      const [cache, other] = [open(), open()];
      await cache.add(async () => new Map([[one, bytes(1, 2)]]));
      await other.add(
        async () =>
          new Map([
            [one, bytes(3)],
            [two, bytes()],
          ]),
      );
      expect(plain(await cache.find([one, two, three]))).toEqual({ aa: [3], bb: [] });
    });

    it('keeps nothing of what failed, and goes on', async () => {
      const cache = (await opened())();
      const failing = cache.add(async () => {
        throw new Error('no room');
      });
      await expect(failing).rejects.toThrow('no room');
      await cache.add(async () => new Map([[two, bytes(2)]]));
      expect(plain(await cache.find(KEYS))).toEqual({ bb: [2] });
    });

    it('lets one add at a time, so that the next sees what it made', async () => {
      const open = await opened();
      const caches = [open(), open(), open()];
      const seen: number[] = [];
      const add = (cache: VectorCache) =>
        cache.add(async () => {
          const there = [...(await cache.find([one])).values()][0]?.[0] ?? 0;
          seen.push(there);
          await new Promise((resolve) => setTimeout(resolve, 5));
          return new Map([[one, bytes(there + 1)]]);
        });
      await Promise.all([...caches, ...caches].map(add));
      expect(seen).toEqual([0, 1, 2, 3, 4, 5]);
    });

    it('lets others read what is there while one adds', async () => {
      const open = await opened();
      const [cache, other] = [open(), open()];
      await cache.add(async () => new Map([[one, bytes(1)]]));
      await cache.add(async () => {
        expect(plain(await other.find([one, two]))).toEqual({ aa: [1] });
        return new Map([[two, bytes(2)]]);
      });
      expect(plain(await other.find([one, two]))).toEqual({ aa: [1], bb: [2] });
    });
  });
}
