import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AnswerCache } from '../../src/answer/answer-cache.ts';
import { atMinute, makeKeptAnswer } from '../store/make-kept-answer.ts';

/** What every AnswerCache holds to; `open` gives an empty one. */
export function testAnswerCache(
  name: string,
  open: () => Promise<{ answers: AnswerCache; close(): Promise<void> }>,
): void {
  describe(`${name} as an AnswerCache`, () => {
    let opened: Awaited<ReturnType<typeof open>>;
    let cache: AnswerCache;
    beforeEach(async () => {
      opened = await open();
      cache = opened.answers;
    });
    afterEach(() => opened.close());

    const keysOf = async (group: string) =>
      (await cache.questions(group)).map((question) => question.key);

    it('gives back an answer exactly as it was put', async () => {
      const kept = makeKeptAnswer();
      await cache.put(kept);
      expect(await cache.get('key')).toStrictEqual(kept);
      const { answered: _, ...question } = kept;
      expect(await cache.questions('group')).toStrictEqual([question]);
    });

    it('keeps a question without a vector, and a vector cut from a longer one', async () => {
      const cut = Float32Array.of(9, 0.6, 0.8).subarray(1);
      await cache.put(makeKeptAnswer({ key: 'a', vector: new Float32Array() }));
      await cache.put(makeKeptAnswer({ key: 'b', vector: cut }));
      expect((await cache.get('a'))?.vector).toEqual(new Float32Array());
      expect((await cache.get('b'))?.vector).toEqual(Float32Array.of(0.6, 0.8));
    });

    it('knows nothing of keys and groups that were never put', async () => {
      await cache.put(makeKeptAnswer());
      expect(await cache.get('KEY')).toBeUndefined();
      expect(await cache.questions('elsewhere')).toEqual([]);
    });

    it('replaces what stood under the key, also in another group', async () => {
      await cache.put(makeKeptAnswer({ group: 'before' }));
      const later = makeKeptAnswer({ question: 'Why?', given: '', answeredAt: atMinute(99_999) });
      await cache.put(later);
      expect(await cache.get('key')).toStrictEqual(later);
      expect([await keysOf('before'), await keysOf('group')]).toEqual([[], ['key']]);
    });

    it('lists the questions of one group, the latest first', async () => {
      const minutes = [3, 1, 4, 5, 2];
      for (const minute of minutes) {
        await cache.put(makeKeptAnswer({ key: `${minute}`, answeredAt: atMinute(minute) }));
      }
      await cache.put(makeKeptAnswer({ key: 'other', group: 'elsewhere' }));
      expect(await keysOf('group')).toEqual(['5', '4', '3', '2', '1']);
    });

    it('keeps every one of many that are put at once', async () => {
      const keys = Array.from({ length: 25 }, (_, n) => `key-${n}`);
      await Promise.all(keys.map((key) => cache.put(makeKeptAnswer({ key }))));
      expect((await keysOf('group')).toSorted()).toEqual(keys.toSorted());
    });
  });
}

/** That it does not grow for ever; 5,000 answers take a moment to put. */
export function testAnswerLimits(
  name: string,
  open: () => Promise<{ answers: AnswerCache; close(): Promise<void> }>,
): void {
  it(`${name} lists 1,000 questions at most and keeps 5,000 answers, the latest`, async () => {
    const { answers: cache, close } = await open();
    // The last ones first: age counts, not the order of putting.
    for (let minute = 5_002; minute > 0; minute -= 1) {
      const answeredAt = atMinute(minute);
      await cache.put(makeKeptAnswer({ key: `${minute}`, group: `${minute % 2}`, answeredAt }));
    }
    const keys = (await cache.questions('0')).map(({ key }) => key);
    expect([keys.length, keys[0], keys.at(-1)]).toEqual([1_000, '5002', '3004']);
    expect([await cache.get('1'), await cache.get('2')]).toEqual([undefined, undefined]);
    expect([(await cache.get('3'))?.key, (await cache.get('4'))?.key]).toEqual(['3', '4']);
    await close();
  }, 60_000);
}
