import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { QuestionQueue } from '../../src/bot/question-queue.ts';
import { makeMessage } from '../bot/make-message.ts';
import { at, isoAt, MINUTE, makeAcceptRequest } from './make-accept-request.ts';

/** What a QuestionQueue holds to when it takes messages in; `open` gives an empty one. */
export function testAcceptance(
  name: string,
  open: () => Promise<{ queue: QuestionQueue; close(): Promise<void> }>,
): void {
  describe(`${name}, taking messages in,`, () => {
    let opened: Awaited<ReturnType<typeof open>>;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(() => opened.close());

    const accept = (...request: Parameters<typeof makeAcceptRequest>) =>
      opened.queue.accept(makeAcceptRequest(...request));

    it('claims a message once, for a day', async () => {
      const message = makeMessage();
      expect(await accept('first', message)).toEqual({ kind: 'accepted' });
      const day = 24 * 60 * MINUTE;
      const later = { now: at(day - 1) };
      expect(await accept('second', message, later)).toEqual({ kind: 'duplicate' });
      expect(await accept('third', message, { now: at(day) })).toEqual({ kind: 'accepted' });
    });

    it.each([{ platform: 'discord' }, { workspaceId: 'T9' }, { channelId: 'C9' }] as const)(
      'tells messages apart that differ by %j alone',
      async (other) => {
        const message = makeMessage();
        await accept('first', message);
        expect(await accept('second', { ...message, ...other })).toEqual({ kind: 'accepted' });
      },
    );

    it('accepts one of many copies that come at once', async () => {
      const message = makeMessage();
      const copies = Array.from({ length: 20 }, (_, n) => accept(`copy-${n}`, message));
      const kinds = (await Promise.all(copies)).map(({ kind }) => kind);
      expect(kinds.filter((kind) => kind === 'accepted')).toHaveLength(1);
    });

    it('refuses a person over the quota and says when there is room again', async () => {
      const quotas = { perPersonAnHour: 2, perWorkspaceADay: 100 };
      await accept('a', makeMessage(), { quotas, now: at(0) });
      await accept('b', makeMessage(), { quotas, now: at(10 * MINUTE) });
      const refused = await accept('c', makeMessage(), { quotas, now: at(20 * MINUTE) });
      const over = { kind: 'over-quota', whose: 'person', againAt: isoAt(60 * MINUTE) };
      expect(refused).toEqual({ ...over, wasTold: false });
      const again = await accept('d', makeMessage(), { quotas, now: at(20 * MINUTE + 1) });
      expect(again).toEqual({ ...over, wasTold: true });
      const other = makeMessage({ author: { id: 'U2' } });
      expect(await accept('e', other, { quotas, now: at(20 * MINUTE) })).toMatchObject({
        kind: 'accepted',
      });
      const fresh = await accept('f', makeMessage(), { quotas, now: at(60 * MINUTE) });
      expect(fresh).toEqual({ kind: 'accepted' });
    });

    it('refuses a workspace over the quota, and no other', async () => {
      const quotas = { perPersonAnHour: 100, perWorkspaceADay: 3 };
      for (const id of ['U1', 'U2', 'U3']) {
        await accept(id, makeMessage({ author: { id } }), { quotas });
      }
      const author = { id: 'U4' };
      expect(await accept('x', makeMessage({ author }), { quotas })).toMatchObject({
        kind: 'over-quota',
        whose: 'workspace',
        againAt: isoAt(24 * 60 * MINUTE),
      });
      const elsewhere = makeMessage({ author, workspaceId: 'T2' });
      expect(await accept('y', elsewhere, { quotas })).toEqual({ kind: 'accepted' });
    });
  });
}
