import { describe, expect, it } from 'vitest';
import { closedAfterEach } from './closed-bots.ts';
import { FakeAnswerer } from './fake-answerer.ts';
import { makeMessage } from './make-message.ts';

const open = closedAfterEach();

describe('memory', () => {
  it('is of the thread: the same thread id in another channel, workspace or platform has none', async () => {
    const { bot, answerer, ended } = await open();
    const places = [
      {},
      { channelId: 'C2' },
      { workspaceId: 'T2' },
      { platform: 'discord' as const },
      { threadId: 't2' },
      { isPrivate: true },
    ];
    for (const place of places) {
      await bot.receive(makeMessage({ threadId: 't1', text: 'What is first?', ...place }));
    }
    await ended(places.length);
    expect(answerer.asked.map(({ history }) => history)).toEqual(places.map(() => []));
    await bot.receive(makeMessage({ threadId: 't1', text: 'And second?' }));
    await ended(places.length + 1);
    expect(answerer.asked.at(-1)?.history).toEqual(['What is first?']);
  });

  it('is not of a channel: two mentions outside threads know nothing of each other', async () => {
    const { bot, answerer, ended } = await open();
    await bot.receive(makeMessage());
    await ended(1);
    await bot.receive(makeMessage());
    await ended(2);
    expect(answerer.asked.at(-1)?.history).toEqual([]);
  });

  it('of a private answer is not the next person’s', async () => {
    const { bot, answerer, ended } = await open();
    const place = { threadId: 't1', isPrivate: true };
    await bot.receive(makeMessage({ ...place, author: { id: 'U1' } }));
    await ended(1);
    await bot.receive(makeMessage({ ...place, author: { id: 'U2' } }));
    await ended(2);
    expect(answerer.asked.at(-1)?.history).toEqual([]);
  });

  it('cannot be reached by ids that hold the sign that parts them', async () => {
    const { bot, answerer, ended } = await open();
    await bot.receive(makeMessage({ channelId: 'C1', threadId: 'a:b' }));
    await ended(1);
    await bot.receive(makeMessage({ channelId: 'C1:a', threadId: 'b' }));
    await ended(2);
    expect(answerer.asked.at(-1)?.history).toEqual([]);
  });

  it('of answers does not tell what was asked in another channel, or in private', async () => {
    const answerer = new FakeAnswerer().rememberFor('What is it?', 'What was the secret?');
    const { bot, platform, ended } = await open({ answerer });
    const askedBefore = () => {
      const final = platform.finals.at(-1);
      return final?.kind === 'answer' && final.turn.answer.askedBefore?.question;
    };
    await bot.receive(makeMessage({ text: 'What was the secret?', channelId: 'C2' }));
    await bot.receive(makeMessage({ text: 'What was the secret?', isPrivate: true }));
    await ended(2);
    await bot.receive(makeMessage({ text: 'What is it?' }));
    await ended(3);
    expect(askedBefore()).toBeUndefined();
    await bot.receive(makeMessage({ text: 'What is it?', channelId: 'C2' }));
    await ended(4);
    expect(askedBefore()).toBe('What was the secret?');
  });
});
