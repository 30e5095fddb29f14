import { afterEach, describe, expect, it } from 'vitest';
import { CannotDeliver } from '../../src/bot/reply.ts';
import { FootnoteError } from '../../src/errors.ts';
import { FakeAnswerer } from './fake-answerer.ts';
import { FakePlatform } from './fake-platform.ts';
import { makeMessage } from './make-message.ts';
import { type OpenedBot, openBot, until } from './open-bot.ts';

let opened: OpenedBot | undefined;
afterEach(async () => {
  await opened?.close();
  opened = undefined;
});
async function open(...options: Parameters<typeof openBot>): Promise<OpenedBot> {
  opened = await openBot(...options);
  return opened;
}

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
});

describe('trouble', () => {
  it('in the answerer becomes a sentence and a reference that the log has, never the error', async () => {
    const answerer = new FakeAnswerer().failOn('What breaks?', new Error('password=hunter2'));
    const { bot, platform, logged, ended } = await open({ answerer });
    await bot.receive(makeMessage({ text: 'What breaks?' }));
    await ended(1);
    const [end] = platform.ends;
    expect(end?.text).toMatch(
      /^Something went wrong on our side, so I have no answer\. The reference is [0-9a-f]{8}\.$/,
    );
    const reference = end?.text.slice(-9, -1);
    const failed = logged.find(({ event }) => event === 'bot.failed');
    expect(failed?.fields).toMatchObject({ reference, err: { message: 'password=hunter2' } });
    expect(JSON.stringify(platform.sent)).not.toContain('hunter2');
  });

  it('with the question itself is told in the words meant for its asker', async () => {
    const tooLong = new FootnoteError('input', 'The question is too long. Ask in fewer words.');
    const answerer = new FakeAnswerer().failOn('What?', tooLong);
    const { bot, platform, ended } = await open({ answerer });
    await bot.receive(makeMessage({ text: 'What?' }));
    await ended(1);
    expect(platform.finals).toEqual([{ kind: 'refused', text: tooLong.message }]);
  });

  it('of a question that takes too long ends it', async () => {
    const answerer = new FakeAnswerer();
    answerer.hold('What hangs?');
    const { bot, platform, ended } = await open({ answerer, settings: { answerMs: 50 } });
    await bot.receive(makeMessage({ text: 'What hangs?' }));
    await ended(1);
    expect(platform.ends[0]?.text).toMatch(/^This took too long/);
  });

  it('with showing a status or a sentence costs nobody the answer', async () => {
    const platform = new FakePlatform().faultNext('step', 'hang').faultNext('step', 'fail');
    const { bot, ended } = await open({ platform });
    await bot.receive(makeMessage());
    await ended(1);
    expect(platform.ends[0]?.kind).toBe('final');
  });

  it('with sending the end is tried again, and told as a repeat', async () => {
    const platform = new FakePlatform()
      .faultNext('end', 'fail')
      .faultNext('end', 'hang')
      .faultNext('end', 'fail');
    const { bot, answerer, ended } = await open({ platform });
    await bot.receive(makeMessage());
    await ended(1);
    expect(platform.ends).toMatchObject([{ kind: 'final', isRepeat: true }]);
    expect(answerer.asked).toHaveLength(1);
  });

  it('after the end was sent does not send it twice', async () => {
    const platform = new FakePlatform().faultNext('end', 'fail-after-sending');
    const { bot, store, ended } = await open({ platform });
    await bot.receive(makeMessage());
    await ended(1);
    await until(async () => (await store.queue.load()).waiting === 0);
    await until(async () => (await store.queue.load()).working === 0);
    expect(platform.ends).toHaveLength(1);
  });

  it('that a platform calls final is not tried again', async () => {
    const platform = new FakePlatform().faultNext('end', new CannotDeliver('the channel is gone'));
    const { bot, store, logged } = await open({ platform });
    await bot.receive(makeMessage());
    await until(() => logged.some(({ event }) => event === 'bot.not-delivered'));
    await until(async () => (await store.queue.load()).working === 0);
    expect(platform.ends).toEqual([]);
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
    const { bot, platform, answerer, ended } = await open({
      isStarted: false,
      settings: { concurrency: 1 },
    });
    const release = answerer.hold('What is first?');
    await bot.receive(makeMessage({ text: 'What is first?' }));
    const second = await bot.receive(makeMessage({ text: 'What is second?' }));
    if (second.kind !== 'accepted') throw new Error('It was not accepted.');
    await bot.stop(second.id);
    release();
    bot.start();
    await ended(2);
    expect(platform.finals.map(({ kind }) => kind)).toEqual(['answer', 'stopped']);
    expect(await bot.stop(second.id)).toBe(false);
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
    const next = await openBot({ store, platform });
    await next.ended(1);
    await next.close();
    expect(platform.ends).toHaveLength(1);
  });
});
