import { expect, it } from 'vitest';
import type { ConversationId } from '../../src/answer/conversation.ts';
import { paperId } from '../../src/papers/paper-id.ts';
import { openStore } from '../../src/store/open-store.ts';
import { makeMessage } from '../bot/make-message.ts';
import { PLACE } from '../digest/made-up-digests.ts';
import { makeTurn } from './make-turn.ts';

it('what an answer cited is known to the channel that saw it, and to no other', async () => {
  const store = await openStore({ file: ':memory:' });
  const answered = async (id: string, changes: { channelId: string; isPrivate: boolean }) => {
    const { isPrivate, channelId } = changes;
    const conversationId = id as ConversationId;
    const quotas = { perPersonAnHour: 9, perWorkspaceADay: 9 };
    const message = makeMessage({ channelId });
    const facts = { conversationId, isPrivate, isUnasked: false, quotas };
    await store.queue.accept({ id, message, ...facts, now: new Date() });
    const at = new Date().toISOString();
    const taken = await store.queue.take({
      worker: 'w',
      platforms: ['slack'],
      most: 9,
      now: at,
      until: at,
    });
    if (taken === undefined) throw new Error('There was nothing to take.');
    const turn = makeTurn({ answerId: id, conversation: id });
    await store.queue.settle(taken.lease, { kind: 'answer', turn });
    await store.queue.finish(id, at);
  };
  await answered('seen', { channelId: PLACE.channelId, isPrivate: false });
  await answered('private', { channelId: 'C2', isPrivate: true });
  const cited = paperId({ arxivId: '2401.00001', title: '' });
  const { known } = store.digestStores.seen;
  expect(await known(PLACE, [cited])).toEqual(new Set([cited]));
  expect(await known({ ...PLACE, channelId: 'C2' }, [cited])).toEqual(new Set());
  await store.close();
});
