import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ConversationId, ConversationStore } from '../../src/answer/conversation.ts';
import { makeTurn } from '../store/make-turn.ts';

/** What every ConversationStore holds to; `open` gives an empty one. */
export function testConversationStore(
  name: string,
  open: () => Promise<{ conversations: ConversationStore; close(): Promise<void> }>,
): void {
  describe(`${name} as a ConversationStore`, () => {
    let opened: Awaited<ReturnType<typeof open>>;
    let store: ConversationStore;
    beforeEach(async () => {
      opened = await open();
      store = opened.conversations;
    });
    afterEach(() => opened.close());

    it('gives back a turn exactly as it was kept', async () => {
      const turn = makeTurn({ answerId: 'a' });
      await store.append(turn);
      expect(await store.turnByAnswer('a')).toStrictEqual(turn);
      expect(await store.turns(turn.conversationId)).toStrictEqual([turn]);
    });

    it('lists the turns of a conversation oldest first, whatever their ids and times', async () => {
      const ids = ['m', 'z', 'a', '9', 'b'];
      for (const answerId of ids) await store.append(makeTurn({ answerId }));
      expect(await answerIds(store, 'thread-1')).toEqual(ids);
    });

    it('keeps conversations apart', async () => {
      await store.append(makeTurn({ answerId: 'a', conversation: 'one' }));
      await store.append(makeTurn({ answerId: 'b', conversation: 'two' }));
      await store.append(makeTurn({ answerId: 'c', conversation: 'one' }));
      expect(await answerIds(store, 'one')).toEqual(['a', 'c']);
      expect(await answerIds(store, 'two')).toEqual(['b']);
    });

    it('keeps the first turn when the same answer is appended again', async () => {
      const first = makeTurn({ answerId: 'a' });
      await store.append(first);
      await store.append({ ...first, question: 'another question' });
      expect(await store.turns(first.conversationId)).toStrictEqual([first]);
    });

    it('keeps every turn of many that are appended at once', async () => {
      const ids = Array.from({ length: 25 }, (_, n) => `answer-${n}`);
      await Promise.all(ids.map((answerId) => store.append(makeTurn({ answerId }))));
      expect((await answerIds(store, 'thread-1')).toSorted()).toEqual(ids.toSorted());
    });

    it('knows nothing of ids that were never kept', async () => {
      await store.append(makeTurn({ answerId: 'a' }));
      expect(await answerIds(store, 'elsewhere')).toEqual([]);
      expect(await store.turnByAnswer('A')).toBeUndefined();
    });
  });
}

async function answerIds(store: ConversationStore, conversation: string): Promise<string[]> {
  const turns = await store.turns(conversation as ConversationId);
  return turns.map((turn) => turn.answer.trace.answerId);
}
