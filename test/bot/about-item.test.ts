import { expect, it } from 'vitest';
import { aboutItem } from '../../src/bot/about-item.ts';
import { makeItem } from '../digest/made-up-digests.ts';
import { makeMessage } from './make-message.ts';

const item = makeItem('TurtleBox: a memory');
const replies = {
  itemOf: async (_: object, messageId: string) => (messageId === 't1' ? item : undefined),
};
const reply = (text: string, changes: object = {}) =>
  makeMessage({ kind: 'thread-reply', threadId: 't1', messageId: 'm2', text, ...changes });

it('a question under a paper of a digest is about that paper, and needs no mention', async () => {
  expect(await aboutItem(reply('How large is it?'), replies)).toMatchObject({
    text: 'About the paper “TurtleBox: a memory”: How large is it?',
    isUnderOurs: true,
    kind: 'thread-reply',
  });
  const mention = reply('tell me more', { kind: 'mention' });
  expect((await aboutItem(mention, replies)).text).toMatch(/^About the paper/);
});

it.each([
  ['thanks', reply('thanks, nice')],
  ['a command', reply('mute')],
  ['a reply under something else', reply('How large?', { threadId: 't9' })],
  ['a message that begins a thread', reply('How large?', { threadId: 'm2' })],
  ['a message in the channel', reply('How large?', { kind: 'channel-message' })],
  ['a mention without words', reply(' ', { kind: 'mention' })],
])('%s stays what it is', async (_, message) => {
  expect(await aboutItem(message, replies)).toBe(message);
});
