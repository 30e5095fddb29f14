import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeAnswerer } from './fake-answerer.ts';
import { makeMessage } from './make-message.ts';
import { type OpenedBot, openBot, until } from './open-bot.ts';

const UNCITED = 'Is lunch at noon?';
const BROKEN = 'What breaks?';

let opened: OpenedBot;
beforeEach(async () => {
  const answerer = new FakeAnswerer().failOn(BROKEN, new Error('broken')).citeNothingFor(UNCITED);
  opened = await openBot({ answerer });
  await opened.store.settings.change(makeMessage(), { answerMode: 'everything' });
});
afterEach(() => opened.close());

const idle = () => until(async () => (await opened.store.queue.load()).working === 0);

describe('a message that nobody put to the bot', () => {
  it('is answered without a sign before the answer', async () => {
    const message = makeMessage({ kind: 'channel-message' });
    expect(await opened.bot.receive(message)).toMatchObject({ isUnasked: true });
    await opened.ended(1);
    expect(opened.platform.sent.map(({ kind }) => kind)).toEqual(['final']);
  });

  it.each([UNCITED, BROKEN])('gets nothing where there is nothing to cite: %s', async (text) => {
    await opened.bot.receive(makeMessage({ kind: 'channel-message', text }));
    await until(() => opened.answerer.asked.length === 1);
    await idle();
    expect(opened.platform.sent).toEqual([]);
    expect(
      (
        await opened.store.asked.recent({ platform: 'slack', workspaceId: 'T1', authorId: 'U1' }, 1)
      )[0],
    ).toMatchObject({ isDone: true });
  });
});

describe('a question in a thread', () => {
  const reply = (author: string, text = UNCITED) =>
    makeMessage({ kind: 'thread-reply', threadId: 't1', author: { id: author }, text });

  it('by who asked there before gets a word in any case, by somebody new only an answer', async () => {
    await opened.bot.receive(makeMessage({ threadId: 't1', author: { id: 'ann' } }));
    await opened.ended(1);
    expect(await opened.bot.receive(reply('bob'))).toMatchObject({ isUnasked: true });
    await until(() => opened.answerer.asked.length === 2);
    await idle();
    expect(opened.platform.ends).toHaveLength(1);
    expect(await opened.bot.receive(reply('ann'))).toMatchObject({ isUnasked: false });
    await opened.ended(2);
  });
});

it('all open questions of a conversation are stopped at once', async () => {
  const release = opened.answerer.hold('What is long?');
  const thread = { threadId: 't1' };
  await opened.bot.receive(makeMessage({ ...thread, text: 'What is long?' }));
  await opened.bot.receive(makeMessage(thread));
  await until(() => opened.answerer.asked.length === 1);
  expect(await opened.bot.stopIn('slack:T1:C1:t1' as never)).toBe(2);
  await opened.ended(2);
  release();
  expect(opened.platform.finals.map(({ kind }) => kind)).toEqual(['stopped', 'stopped']);
  expect(await opened.bot.stopIn('slack:T1:C1:t1' as never)).toBe(0);
});
