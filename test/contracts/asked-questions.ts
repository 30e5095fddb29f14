import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ConversationId } from '../../src/answer/conversation.ts';
import type { IncomingMessage } from '../../src/bot/message.ts';
import type { Store } from '../../src/store/open-store.ts';
import { makeMessage } from '../bot/make-message.ts';
import { makeTurn } from '../store/make-turn.ts';

const NOW = new Date('2026-03-01T12:00:00.000Z');
const QUOTAS = { perPersonAnHour: 100, perWorkspaceADay: 100 };
const ASKER = { platform: 'slack', workspaceId: 'T1', authorId: 'U1' } as const;

type Parts = Pick<Store, 'asked' | 'queue' | 'conversations' | 'feedback' | 'answers' | 'close'>;

/** What every AskedQuestions holds to; `open` gives an empty store. */
export function testAskedQuestions(name: string, open: () => Promise<Parts>): void {
  describe(`${name} as AskedQuestions`, () => {
    let store: Parts;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());

    const answered = async (id: string, message: IncomingMessage, isPrivate = false) => {
      const conversationId = 'thread' as ConversationId;
      await store.queue.accept({
        id,
        message,
        conversationId,
        isPrivate,
        isUnasked: false,
        quotas: QUOTAS,
        now: NOW,
      });
      const at = NOW.toISOString();
      const lease = { worker: id, platforms: ['slack'] as const, most: 99, now: at, until: at };
      const taken = await store.queue.take(lease);
      if (taken === undefined) throw new Error('There was nothing to take.');
      const turn = {
        ...makeTurn({ answerId: id, conversation: 'thread' }),
        question: message.text,
      };
      await store.queue.settle(taken.lease, { kind: 'answer', turn });
      await store.queue.finish(id, at);
    };

    it('lists a person’s own questions, the latest first, of one channel when asked so', async () => {
      await answered('a', makeMessage({ text: 'one' }));
      await answered('b', makeMessage({ text: 'two', channelId: 'C2' }));
      await answered('c', makeMessage({ text: 'other', author: { id: 'U2' } }));
      await answered('d', makeMessage({ text: 'elsewhere', workspaceId: 'T2' }));
      const texts = async (asker: typeof ASKER & { channelId?: string }, limit = 9) =>
        (await store.asked.recent(asker, limit)).map(({ question }) => question);
      expect(await texts(ASKER)).toEqual(['two', 'one']);
      expect(await texts(ASKER, 1)).toEqual(['two']);
      expect(await texts({ ...ASKER, channelId: 'C1' })).toEqual(['one']);
      expect((await store.asked.recent(ASKER, 1))[0]).toEqual({
        id: 'b',
        channelId: 'C2',
        question: 'two',
        askedAt: NOW.toISOString(),
        isDone: true,
        answerId: 'b',
      });
    });

    it('knows what was asked in a channel, for all to see', async () => {
      await answered('a', makeMessage({ text: 'one' }));
      await answered('b', makeMessage({ text: 'two' }), true);
      const here = { platform: 'slack', workspaceId: 'T1', channelId: 'C1' } as const;
      const elsewhere = { ...here, channelId: 'C2' };
      const known = [
        await store.asked.wasAskedIn(here, 'one'),
        await store.asked.wasAskedIn(here, 'two'),
        await store.asked.wasAskedIn(elsewhere, 'one'),
      ];
      expect(known).toEqual([true, false, false]);
    });

    it('knows where an answer was given and to whom', async () => {
      await answered('a', makeMessage(), true);
      expect(await store.asked.placeOfAnswer('a')).toEqual({
        platform: 'slack',
        workspaceId: 'T1',
        channelId: 'C1',
        conversationId: 'thread',
        authorId: 'U1',
        isPrivate: true,
      });
      expect(await store.asked.placeOfAnswer('unknown')).toBeUndefined();
    });

    it('shows a shared answer to its channel, once, and can take that back', async () => {
      await answered('a', makeMessage(), true);
      const isPrivate = async () => (await store.asked.placeOfAnswer('a'))?.isPrivate;
      expect(await isPrivate()).toBe(true);
      expect([await store.asked.share('a', true), await isPrivate()]).toEqual([true, false]);
      expect([await store.asked.share('a', true), await isPrivate()]).toEqual([false, false]);
      expect([await store.asked.share('a', false), await isPrivate()]).toEqual([true, true]);
      expect(await store.asked.share('unknown', true)).toBe(false);
    });

    it('forgets a person’s questions, answers, memory and votes, and nobody else’s', async () => {
      await answered('mine', makeMessage({ text: 'mine' }));
      await answered('hers', makeMessage({ text: 'hers', author: { id: 'U2' } }));
      for (const authorId of ['U1', 'U2']) {
        for (const answerId of ['mine', 'hers']) {
          const at = NOW.toISOString();
          await store.feedback.put({ answerId, platform: 'slack', authorId, vote: 'up', at });
        }
      }
      for (const question of ['mine', 'hers']) {
        await store.answers.put({
          key: question,
          group: 'g',
          question,
          vector: new Float32Array([1]),
          given: '',
          answeredAt: NOW.toISOString(),
          answered: makeTurn({ answerId: question }),
        });
      }
      expect(await store.asked.forget(ASKER)).toBe(1);
      const turns = await store.conversations.turns('thread' as ConversationId);
      expect(turns.map(({ question }) => question)).toEqual(['hers']);
      expect(await store.asked.recent(ASKER, 9)).toEqual([]);
      const kept = await store.answers.questions('g');
      expect(kept.map(({ question }) => question)).toEqual(['hers']);
      const votes = [await store.feedback.count('mine'), await store.feedback.count('hers')];
      expect(votes).toEqual([
        { up: 0, down: 0 },
        { up: 1, down: 0 },
      ]);
      expect(await store.asked.forget(ASKER)).toBe(0);
    });

    it('forgets many at once', async () => {
      const many = { perPersonAnHour: 9_999, perWorkspaceADay: 9_999 };
      for (let n = 0; n < 1_100; n += 1) {
        const conversationId = `c${n}` as ConversationId;
        const request = {
          id: `q${n}`,
          conversationId,
          isPrivate: false,
          isUnasked: false,
          quotas: many,
          now: NOW,
        };
        await store.queue.accept({ ...request, message: makeMessage() });
      }
      expect(await store.asked.forget(ASKER)).toBe(1_100);
      expect(await store.queue.load()).toEqual({ waiting: 0, working: 0 });
    });
  });
}
