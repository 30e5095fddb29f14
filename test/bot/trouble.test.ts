import { describe, expect, it } from 'vitest';
import { CannotDeliver } from '../../src/bot/reply.ts';
import { FootnoteError } from '../../src/errors.ts';
import { closedAfterEach } from './closed-bots.ts';
import { FakeAnswerer } from './fake-answerer.ts';
import { FakePlatform } from './fake-platform.ts';
import { makeMessage } from './make-message.ts';
import { until } from './open-bot.ts';

const open = closedAfterEach();

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

  it('with the clock, which makes all messages too old, is in the log', async () => {
    const now = () => new Date(Date.now() + 30 * 3_600_000);
    const { bot, logged } = await open({ parts: { now } });
    await bot.receive(makeMessage({ at: new Date().toISOString() }));
    await bot.receive(makeMessage({ at: new Date().toISOString(), kind: 'channel-message' }));
    const warned = logged.filter(({ event }) => event === 'bot.message-too-old');
    expect(warned).toMatchObject([{ fields: { hint: expect.stringContaining('clock') } }]);
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
