import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ConversationId, ConversationStore } from '../../src/answer/conversation.ts';
import type { QuestionQueue, QueuedQuestion } from '../../src/bot/question-queue.ts';
import { makeMessage } from '../bot/make-message.ts';
import { makeTurn } from '../store/make-turn.ts';
import { isoAt, MINUTE, makeAcceptRequest } from './make-accept-request.ts';

/** What every QuestionQueue holds to; `open` gives an empty one. */
export function testQuestionQueue(
  name: string,
  open: () => Promise<{
    queue: QuestionQueue;
    conversations: ConversationStore;
    close(): Promise<void>;
  }>,
): void {
  describe(`${name} as a QuestionQueue`, () => {
    let opened: Awaited<ReturnType<typeof open>>;
    let queue: QuestionQueue;
    let takes = 0;
    beforeEach(async () => {
      opened = await open();
      queue = opened.queue;
    });
    afterEach(() => opened.close());

    const accept = (...request: Parameters<typeof makeAcceptRequest>) =>
      queue.accept(makeAcceptRequest(...request));
    const take = (ms = 0, most = 10) =>
      queue.take({
        worker: `worker-${++takes}`,
        platforms: ['slack'],
        most,
        now: isoAt(ms),
        until: isoAt(ms + MINUTE),
      });
    const taken = async (ms = 0): Promise<QueuedQuestion> => {
      const question = await take(ms);
      if (question === undefined) throw new Error('There was nothing to take.');
      return question;
    };
    const takenIds = async (count: number): Promise<string[]> => {
      const ids: string[] = [];
      for (let n = 0; n < count; n += 1) {
        const { lease } = await taken();
        ids.push(lease.id);
        await queue.finish(lease.id, isoAt(0));
      }
      return ids;
    };

    it('gives back a message exactly as it was accepted', async () => {
      const message = makeMessage({ threadId: 't', replyTo: '{"token":"1"}', isAdmin: true });
      await accept('q', message, { isPrivate: true });
      const question = await taken();
      expect(question).toEqual({
        lease: { id: 'q', worker: question.lease.worker },
        message,
        conversationId: 'thread-of-q',
        isPrivate: true,
        isUnasked: false,
        attempts: 1,
        isStopped: false,
      });
    });

    it('gives workspaces and then people a turn each, and each their oldest first', async () => {
      const from = (workspaceId: string, author: string) =>
        makeMessage({ workspaceId, author: { id: author } });
      for (const id of ['a1', 'a2', 'a3']) await accept(id, from('T1', 'ann'));
      for (const id of ['b1', 'b2']) await accept(id, from('T1', 'bob'));
      await accept('z1', from('T2', 'zoe'));
      expect(await takenIds(6)).toEqual(['a1', 'z1', 'b1', 'a2', 'b2', 'a3']);
    });

    it('takes the questions of a conversation one after the other', async () => {
      const conversationId = 'same' as ConversationId;
      for (const id of ['first', 'second']) await accept(id, makeMessage(), { conversationId });
      const first = await taken();
      expect(first.lease.id).toBe('first');
      expect(await take()).toBeUndefined();
      await queue.finish('first', isoAt(0));
      expect((await taken()).lease.id).toBe('second');
    });

    it('takes no more at once than it is told', async () => {
      for (const id of ['a', 'b', 'c']) await accept(id);
      expect([await take(0, 2), await take(0, 2), await take(0, 2)].map(Boolean)).toEqual([
        true,
        true,
        false,
      ]);
    });

    it('gives a question to one of many who take at once', async () => {
      await accept('q');
      const takers = await Promise.all(Array.from({ length: 10 }, () => take()));
      expect(takers.filter(Boolean)).toHaveLength(1);
    });

    it('gives a question away when its lease has run out, before those that wait', async () => {
      await accept('lost');
      const first = await taken();
      await accept('waiting');
      expect(await queue.renew(first.lease, isoAt(2 * MINUTE))).toBe('held');
      expect((await taken(MINUTE + 1)).lease.id).toBe('waiting');
      expect(await take(MINUTE + 1)).toBeUndefined();
      const second = await taken(2 * MINUTE);
      expect(second).toMatchObject({ lease: { id: 'lost' }, attempts: 2 });
      const turn = makeTurn({ answerId: 'late' });
      expect([
        await queue.renew(first.lease, isoAt(9 * MINUTE)),
        await queue.settle(first.lease, { kind: 'answer', turn }),
        await queue.beginDelivery(first.lease),
        await queue.placeHeld(first.lease, 'late'),
      ]).toEqual(['lost', false, undefined, false]);
      expect(await queue.placeHeld(second.lease, 'in time')).toBe(true);
      await queue.release(first.lease, isoAt(0));
      expect(await queue.renew(second.lease, isoAt(3 * MINUTE))).toBe('held');
      expect(await opened.conversations.turnByAnswer('late')).toBeUndefined();
    });

    it('keeps the outcome and its turn for whoever takes the question next', async () => {
      await accept('q');
      const first = await taken();
      const turn = makeTurn({ answerId: 'kept' });
      await queue.place('q', 'message 7');
      expect(await queue.settle(first.lease, { kind: 'answer', turn })).toBe(true);
      expect(await queue.beginDelivery(first.lease)).toBe(0);
      const second = await taken(MINUTE);
      const outcome = { kind: 'answer', answerId: 'kept' };
      expect(second).toMatchObject({ outcome, placed: 'message 7' });
      expect(await queue.beginDelivery(second.lease)).toBe(1);
      expect(await opened.conversations.turnByAnswer('kept')).toEqual(turn);
    });

    it('counts as in work what is worked out, not what waits to be delivered', async () => {
      for (const id of ['q1', 'q2']) await accept(id);
      const { lease } = await taken();
      expect(await take(0, 1)).toBeUndefined();
      await queue.settle(lease, { kind: 'refused', text: 'No.' });
      expect((await take(0, 1))?.lease.id).toBe('q2');
    });

    it('is done with a question that was finished, whoever held it', async () => {
      await accept('q');
      const { lease } = await taken();
      await queue.finish('q', isoAt(0));
      expect(await queue.beginDelivery(lease)).toBeUndefined();
      expect(await take(9 * MINUTE)).toBeUndefined();
      expect(await queue.load()).toEqual({ waiting: 0, working: 0 });
    });

    it('holds back what was released until its time', async () => {
      await accept('q');
      const { lease } = await taken();
      await queue.release(lease, isoAt(1_000));
      expect(await take(999)).toBeUndefined();
      expect((await taken(1_000)).attempts).toBe(2);
    });

    it('tells a worker, or the next one, that a question is to be stopped', async () => {
      await accept('working');
      const { lease } = await taken();
      await accept('waiting');
      await accept('also waiting');
      expect([await queue.stop('working'), await queue.stop('also waiting')]).toEqual([true, true]);
      expect(await queue.renew(lease, isoAt(MINUTE))).toBe('stopped');
      expect(await taken()).toMatchObject({ lease: { id: 'also waiting' }, isStopped: true });
      expect(await queue.stop('unknown')).toBe(false);
    });

    it('counts who is ahead as turns go round', async () => {
      for (const id of ['a1', 'a2', 'a3', 'a4']) await accept(id);
      await accept('b1', makeMessage({ author: { id: 'U2' } }));
      expect(await Promise.all(['a1', 'a2', 'a4', 'b1'].map((id) => queue.ahead(id)))).toEqual([
        0, 2, 4, 1,
      ]);
      await taken();
      expect(await queue.ahead('a1')).toBeUndefined();
      expect(await queue.load()).toEqual({ waiting: 4, working: 1, waitingSince: isoAt(0) });
    });

    it('knows a conversation by its questions that were put to the bot, or answered', async () => {
      await accept('u', makeMessage(), { isUnasked: true });
      expect(await queue.isEngaged('thread-of-u' as ConversationId)).toBe(false);
      const unasked = await taken();
      await queue.settle(unasked.lease, { kind: 'answer', turn: makeTurn({ answerId: 'u' }) });
      expect(await queue.isEngaged('thread-of-u' as ConversationId)).toBe(true);
      await accept('q');
      expect(await queue.isEngaged('thread-of-q' as ConversationId)).toBe(true);
      expect(await queue.isEngaged('thread-of-q' as ConversationId, 'U1')).toBe(true);
      expect(await queue.isEngaged('thread-of-q' as ConversationId, 'U2')).toBe(false);
      expect(await queue.isEngaged('another' as ConversationId)).toBe(false);
      expect(await queue.openIn('thread-of-q' as ConversationId)).toEqual(['q']);
      await queue.finish('q', isoAt(0));
      expect(await queue.openIn('thread-of-q' as ConversationId)).toEqual([]);
    });
  });
}
