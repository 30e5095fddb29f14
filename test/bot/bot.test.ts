import { describe, expect, it } from 'vitest';
import { closedAfterEach } from './closed-bots.ts';
import { FakeAnswerer } from './fake-answerer.ts';
import { FakePlatform } from './fake-platform.ts';
import { makeMessage } from './make-message.ts';
import { openBot, until } from './open-bot.ts';

const open = closedAfterEach();

describe('a question', () => {
  it('gets a status, the sentences as they are checked, and one end', async () => {
    const { bot, platform, ended } = await open();
    const message = makeMessage({ text: 'What is LoRA?' });
    expect(await bot.receive(message)).toMatchObject({ kind: 'accepted' });
    await ended(1);
    expect(platform.sent.map(({ kind, text }) => `${kind}: ${text}`)).toEqual([
      'status: Searching the abstracts…',
      'sentence: It costs 0.3 points.',
      'final: Answer to: What is LoRA? [1].',
    ]);
    expect(platform.finals[0]).toMatchObject({ kind: 'answer', turn: { askedAt: message.at } });
  });

  it('that comes twice, or as message and mention, is answered once', async () => {
    const { bot, platform, ended, store } = await open();
    await store.settings.change(makeMessage(), { answerMode: 'everything' });
    const mention = makeMessage();
    const copies = [mention, { ...mention, kind: 'channel-message' as const }, mention];
    const received = await Promise.all(copies.map((copy) => bot.receive(copy)));
    expect(received.map(({ kind }) => kind).toSorted()).toEqual(['accepted', 'ignored', 'ignored']);
    await ended(1);
    await bot.receive(mention);
    await bot.close();
    expect(platform.ends).toHaveLength(1);
  });

  it('that was first seen as a channel message not for us is answered when its mention comes', async () => {
    const { bot, ended } = await open();
    const mention = makeMessage();
    const ignored = await bot.receive({ ...mention, kind: 'channel-message' });
    expect(ignored).toEqual({ kind: 'ignored', because: 'not-addressed' });
    expect(await bot.receive(mention)).toMatchObject({ kind: 'accepted' });
    await ended(1);
  });

  it('of a platform without a door here is left for the process that has one', async () => {
    const slack = new FakePlatform();
    const { bot, store } = await open({ parts: { doors: { slack } } });
    await bot.receive(makeMessage({ platform: 'slack' }));
    await until(() => slack.ends.length === 1);
    await store.queue.accept({
      id: 'elsewhere',
      message: makeMessage({ platform: 'discord' }),
      conversationId: 'discord:T1:C1:m' as never,
      isPrivate: false,
      isUnasked: false,
      quotas: { perPersonAnHour: 10, perWorkspaceADay: 10 },
      now: new Date(),
    });
    await new Promise((resolve) => setTimeout(resolve, 80));
    expect(await store.queue.load()).toMatchObject({ waiting: 1, working: 0 });
  });

  it('waits for the one before it in the same conversation, and knows its place in line', async () => {
    const answerer = new FakeAnswerer();
    const release = answerer.hold('What is first?');
    const { bot, platform, ended } = await open({ answerer });
    const thread = { threadId: 't1' };
    await bot.receive(makeMessage({ ...thread, text: 'What is first?' }));
    const second = makeMessage({ ...thread, text: 'What is second?' });
    const third = makeMessage({ ...thread, text: 'What is third?' });
    await bot.receive(second);
    await bot.receive(third);
    await until(() => platform.statuses(third.messageId).length > 0);
    expect(platform.statuses(second.messageId)).toEqual(['You are next in line…']);
    expect(platform.statuses(third.messageId)).toEqual(['One question is ahead of yours…']);
    release();
    await ended(3);
    expect(answerer.answered).toEqual(['What is first?', 'What is second?', 'What is third?']);
    expect(answerer.mostAtOnce).toBe(1);
    // The reply that told the place in line is the one that grew.
    expect(platform.opened).toHaveLength(3);
  });

  it('is answered beside others, but only so many at once', async () => {
    const answerer = new FakeAnswerer({ delayMs: 10 });
    const { bot, ended } = await open({ answerer, settings: { concurrency: 3 } });
    for (let n = 0; n < 12; n += 1) await bot.receive(makeMessage());
    await ended(12);
    expect(answerer.mostAtOnce).toBe(3);
  });
});

describe('stopping a question', () => {
  it('ends it while it is answered', async () => {
    const answerer = new FakeAnswerer();
    answerer.hold('What is long?');
    const { bot, platform, ended } = await open({ answerer });
    const received = await bot.receive(makeMessage({ text: 'What is long?' }));
    await until(() => answerer.asked.length === 1);
    expect(received.kind === 'accepted' && (await bot.stop(received.id))).toBe(true);
    await ended(1);
    expect(platform.finals).toEqual([{ kind: 'stopped', text: 'Stopped, as you asked.' }]);
  });

  it('ends one that waits, and knows nothing of one that is over', async () => {
    const { bot, platform, ended } = await open({ isStarted: false });
    await bot.receive(makeMessage());
    const second = await bot.receive(makeMessage());
    if (second.kind !== 'accepted') throw new Error('It was not accepted.');
    await bot.stop(second.id);
    expect(platform.ends).toEqual([]);
    bot.start();
    await ended(2);
    expect(platform.finals.map(({ kind }) => kind).toSorted()).toEqual(['answer', 'stopped']);
    await until(async () => !(await bot.stop(second.id)));
    expect(await bot.stop('never heard of')).toBe(false);
  });
});

describe('closing', () => {
  it('lets what is in work end and leaves what waits to the next start', async () => {
    const first = new FakeAnswerer({ delayMs: 30 });
    const { bot, store, platform } = await open({ answerer: first, settings: { concurrency: 1 } });
    for (let n = 0; n < 3; n += 1) await bot.receive(makeMessage());
    await until(() => first.asked.length === 1);
    await bot.close();
    expect(platform.ends).toHaveLength(1);
    const next = await openBot({ store, platform });
    await next.ended(3);
    await next.close();
    expect(new Set(platform.ends.map(({ key }) => key)).size).toBe(3);
  });

  it('gives back what does not end in time, so that the next start need not wait', async () => {
    const answerer = new FakeAnswerer();
    answerer.hold('What hangs?');
    const settings = { graceMs: 30, leaseMs: 60_000 };
    const { bot, store, platform } = await open({ answerer, settings });
    await bot.receive(makeMessage({ text: 'What hangs?' }));
    await until(() => answerer.asked.length === 1);
    await bot.close();
    expect(platform.ends).toEqual([]);
    expect(platform.sent.at(-1)?.text).toMatch(/^I am being restarted/);
    const next = await openBot({ store, platform });
    await next.ended(1);
    await next.close();
    expect(platform.ends).toHaveLength(1);
  });
});
