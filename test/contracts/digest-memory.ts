import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Arrivals, SeenPapers } from '../../src/digest/seen-papers.ts';
import type { DigestFeedback, DigestVote } from '../../src/digest/taste.ts';
import type { PaperId } from '../../src/papers/paper.ts';
import { paperId } from '../../src/papers/paper-id.ts';
import { PLACE } from '../digest/made-up-digests.ts';

interface Opened {
  readonly digestStores: {
    readonly arrivals: Arrivals;
    readonly seen: SeenPapers;
    readonly feedback: DigestFeedback;
  };
  close(): Promise<void>;
}

const idOf = (n: number): PaperId => paperId({ title: `paper ${n}` });
const OTHER = { ...PLACE, channelId: 'C2' };

/** What every store of arrivals, seen papers and likes holds to; `open` gives an empty one. */
export function testDigestMemory(name: string, open: () => Promise<Opened>): void {
  describe(name, () => {
    let opened: Opened;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(() => opened.close());

    it('as Arrivals numbers papers in the order in which they come, each once', async () => {
      const { arrivals } = opened.digestStores;
      expect(await arrivals.last()).toBe(0);
      const at = (day: number) => `2026-11-${day}T08:00:00.000Z`;
      await arrivals.note([1, 2].map((n) => ({ paperId: idOf(n), at: at(20) })));
      const first = await arrivals.last();
      await arrivals.note([2, 3, 4].map((n) => ({ paperId: idOf(n), at: at(21) })));
      const last = await arrivals.last();
      expect(await arrivals.after(first, last, 9)).toEqual([idOf(4), idOf(3)]);
      expect(await arrivals.after(first, last, 1)).toEqual([idOf(4)]);
      expect(await arrivals.after(0, first, 9)).toEqual([idOf(2), idOf(1)]);
      expect(await arrivals.after(last, last, 9)).toEqual([]);
      expect(await arrivals.between(at(20), at(21), 9)).toEqual([idOf(4), idOf(3)]);
      expect(await arrivals.between(at(19), at(20), 9)).toEqual([idOf(2), idOf(1)]);
    });

    it('as Arrivals takes more papers than one statement holds', async () => {
      const { arrivals } = opened.digestStores;
      const many = Array.from({ length: 1_200 }, (_, n) => idOf(n));
      await arrivals.note(many.map((id) => ({ paperId: id, at: '2026-11-20T08:00:00.000Z' })));
      expect(new Set(await arrivals.after(0, await arrivals.last(), 5_000))).toEqual(new Set(many));
    });

    it('as SeenPapers knows the papers that were linked in a channel', async () => {
      const { seen } = opened.digestStores;
      await seen.noteLinks(PLACE, [idOf(1)], '2026-11-20T08:00:00.000Z');
      await seen.noteLinks(PLACE, [idOf(1), idOf(2)], '2026-11-20T08:00:01.000Z');
      await seen.noteLinks(PLACE, [], '2026-11-20T08:00:02.000Z');
      const ids = [1, 2, 3].map(idOf);
      expect(await seen.known(PLACE, ids)).toEqual(new Set(ids.slice(0, 2)));
      expect(await seen.known(OTHER, ids)).toEqual(new Set());
      expect(await seen.shown(PLACE, 9)).toEqual([]);
      expect(await seen.abstractOf('unknown')).toBeUndefined();
    });

    it('as DigestFeedback counts the last vote of each person, in its channel alone', async () => {
      const { feedback } = opened.digestStores;
      const vote: DigestVote = {
        place: PLACE,
        paperId: idOf(1),
        authorId: 'U1',
        vote: 'more',
        at: '2026-11-20T08:00:00.000Z',
      };
      await feedback.vote(vote);
      await feedback.vote({ ...vote, authorId: 'U2', vote: 'less' });
      await feedback.vote({ ...vote, authorId: 'U2', at: '2026-11-20T07:00:00.000Z' });
      await feedback.vote({ ...vote, paperId: idOf(2), at: '2026-11-20T09:00:00.000Z' });
      await feedback.vote({ ...vote, place: OTHER });
      await feedback.vote({ ...vote, paperId: idOf(3) });
      await feedback.vote({ ...vote, paperId: idOf(3), vote: 'none' });
      expect(await feedback.votes(PLACE, 9)).toEqual([
        { paperId: idOf(2), more: 1, less: 0 },
        { paperId: idOf(1), more: 1, less: 1 },
      ]);
      expect(await feedback.votes(PLACE, 1)).toHaveLength(1);
    });

    it('as DigestFeedback mutes topics, and lets them in again', async () => {
      const { feedback } = opened.digestStores;
      await feedback.mute(PLACE, 'agents', '2026-11-20T08:00:00.000Z');
      await feedback.mute(PLACE, 'agents', '2026-11-20T08:00:01.000Z');
      await feedback.mute(PLACE, 'routing', '2026-11-20T08:00:02.000Z');
      expect(await feedback.muted(PLACE)).toEqual(['agents', 'routing']);
      expect(await feedback.muted(OTHER)).toEqual([]);
      expect(await feedback.unmute(PLACE, 'agents')).toBe(true);
      expect(await feedback.unmute(PLACE, 'agents')).toBe(false);
      expect(await feedback.muted(PLACE)).toEqual(['routing']);
    });
  });
}
