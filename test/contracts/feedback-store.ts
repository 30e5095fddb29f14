import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FeedbackStore, Vote } from '../../src/bot/feedback.ts';

const VOTE: Vote = {
  answerId: 'a',
  platform: 'slack',
  authorId: 'U1',
  vote: 'up',
  at: '2026-03-01T12:00:00.000Z',
};

/** What every FeedbackStore holds to; `open` gives an empty one. */
export function testFeedbackStore(
  name: string,
  open: () => Promise<{ feedback: FeedbackStore; close(): Promise<void> }>,
): void {
  describe(`${name} as a FeedbackStore`, () => {
    let opened: Awaited<ReturnType<typeof open>>;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(() => opened.close());

    it('counts the last vote of each person for each answer', async () => {
      const { feedback } = opened;
      await feedback.put(VOTE);
      await feedback.put({ ...VOTE, authorId: 'U2' });
      await feedback.put({ ...VOTE, platform: 'discord' });
      await feedback.put({ ...VOTE, answerId: 'b' });
      await feedback.put({ ...VOTE, vote: 'down', at: '2026-03-01T12:00:01.000Z' });
      expect(await feedback.count('a')).toEqual({ up: 2, down: 1 });
      expect(await feedback.count('b')).toEqual({ up: 1, down: 0 });
      expect(await feedback.count('c')).toEqual({ up: 0, down: 0 });
    });

    it('does not let a vote that comes late replace one given after it', async () => {
      const { feedback } = opened;
      await feedback.put({ ...VOTE, vote: 'down', at: '2026-03-01T12:00:01.000Z' });
      await feedback.put(VOTE);
      expect(await feedback.count('a')).toEqual({ up: 0, down: 1 });
    });
  });
}
