import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { FakeAnswerer } from '../bot/fake-answerer.ts';
import type { Fault } from '../fakes/hostile-slack/faults.ts';
import { eventually } from '../fakes/hostile-slack/hostile-slack.ts';
import { idle, slackBots } from './open-slack-bot.ts';

const openSlackBot = slackBots();
const QUESTION = 'What is it?';
const POST = 'chat.postMessage';

describe('an answer', () => {
  it.each<readonly [string, Fault]>([
    ['was stored, though Slack said that it failed', { kind: 'after', status: 503 }],
    ['was not stored', { kind: 'before', status: 500 }],
    ['was stored, and nobody answered', { kind: 'hang' }],
    ['came too early', { kind: 'limited', seconds: 1 }],
    ['took long', { kind: 'slow', ms: 700 }],
  ])('stands once where the first post %s', async (_, fault) => {
    const { slack, answered } = await openSlackBot({ settings: { deliverMs: 1_500 } });
    slack.faults.next(POST, fault);
    const asked = slack.people.mention(QUESTION);
    await answered();
    expect(slack.channels.repliesOfApp(asked.channel, asked.ts)).toHaveLength(1);
  });

  it('stands once where looking for it and editing it fail as well', async () => {
    const { slack, answered } = await openSlackBot();
    slack.faults.next(POST, { kind: 'after', status: 503 });
    slack.faults.next('conversations.replies', { kind: 'limited', seconds: 1 });
    slack.faults.next('conversations.replies', { kind: 'before', status: 500 });
    slack.faults.next('chat.update', { kind: 'after', status: 500 });
    slack.people.mention(QUESTION);
    await answered();
  });

  it('waits for Slack in its own channel only', async () => {
    const { slack, answered } = await openSlackBot({ settings: { concurrency: 1 } });
    slack.faults.next(POST, { kind: 'limited', seconds: 2 });
    const slow = slack.people.mention(QUESTION);
    await eventually(() => slack.called(POST).length === 1, 'the first post');
    const quick = ['C2', 'C3', 'C4'].map((channel) => slack.people.mention(QUESTION, { channel }));
    const hasReply = (asked: typeof slow) =>
      slack.channels.repliesOfApp(asked.channel, asked.ts).length > 0;
    await eventually(() => quick.every(hasReply), 'the others');
    expect(hasReply(slow)).toBe(false);
    await answered();
  });

  it('comes a second after the one before in a channel, and keeps no place in work meanwhile', async () => {
    const { slack, answered } = await openSlackBot({ settings: { concurrency: 1 } });
    const busy = Array.from({ length: 4 }, (_, n) =>
      slack.people.mention(`${QUESTION} ${n}`, { user: `U${n}` }),
    );
    const other = slack.people.mention(QUESTION, { channel: 'C2', user: 'U9' });
    await eventually(
      () => slack.channels.repliesOfApp('C2', other.ts).length === 1,
      'the answer in the other channel',
    );
    const standing = busy.flatMap(({ ts }) => slack.channels.repliesOfApp('C1', ts));
    expect(standing.length).toBeLessThan(busy.length);
    await answered();
    expect(slack.limits.refused).toEqual(new Map());
  });

  it.each(['not_in_channel', 'is_archived', 'account_inactive', 'missing_scope'])(
    'that Slack refuses for good is not tried again: %s',
    async (error) => {
      const { slack, store } = await openSlackBot();
      slack.faults.next(POST, { kind: 'refused', error }, 100);
      slack.people.mention(QUESTION);
      await eventually(() => slack.called(POST).length === 1, 'the post');
      await idle(store);
      await sleep(150);
      expect(slack.called(POST)).toHaveLength(1);
    },
  );

  it('of a bot that is taken out of the workspace meanwhile is given up', async () => {
    const answerer = new FakeAnswerer();
    const release = answerer.hold(QUESTION);
    const { slack, store, logged } = await openSlackBot({ answerer });
    slack.people.mention(QUESTION);
    await eventually(() => answerer.asked.length === 1, 'the work');
    slack.uninstall();
    release();
    await eventually(() => logged.includes('bot.not-delivered'), 'the end');
    await idle(store);
    expect(slack.called(POST)).toHaveLength(1);
  });
});

describe('signs', () => {
  it('are dropped while Slack wants none, and the answers come', async () => {
    const { slack, answered } = await openSlackBot();
    slack.faults.next('reactions.add', { kind: 'limited', seconds: 60 });
    slack.people.mention(QUESTION);
    await answered();
    for (const channel of ['C2', 'C3']) slack.people.mention(QUESTION, { channel });
    await answered();
    expect(slack.called('reactions.add')).toHaveLength(1);
  });

  it('are not set where nobody could take them away', async () => {
    const { slack } = await openSlackBot();
    slack.faults.next('reactions.remove', { kind: 'limited', seconds: 60 });
    slack.people.mention(QUESTION);
    await eventually(() => slack.journal.lost.length === 0, 'the answer');
    await eventually(() => slack.called('reactions.remove').length > 0, 'the end of the signs');
    const [left] = slack.signs.reactions;
    expect(left).toContain('eyes');
    await sleep(100);
    slack.people.mention(QUESTION, { channel: 'C2' });
    await eventually(() => slack.journal.lost.length === 0, 'the other answer');
    expect(slack.signs.reactions).toEqual([left]);
  });

  it('are shown again while an answer is in work, and taken away at its end', async () => {
    const answerer = new FakeAnswerer();
    const release = answerer.hold(QUESTION);
    const settings = { renewMs: 100 };
    const { slack, answered } = await openSlackBot({
      answerer,
      settings,
      slack: { statusMs: 250 },
    });
    const asked = slack.people.mention(QUESTION);
    await sleep(600);
    expect(slack.signs.status(asked.channel, asked.ts)).toMatch(/Searching/);
    release();
    await answered();
    await sleep(250);
    expect(slack.signs.withStatus).toEqual([]);
  });

  it('of those who wait are shown again as well', async () => {
    const answerer = new FakeAnswerer();
    const release = answerer.hold(QUESTION);
    const settings = { renewMs: 100, concurrency: 1 };
    const { slack, answered } = await openSlackBot({
      answerer,
      settings,
      slack: { statusMs: 250 },
    });
    slack.people.mention(QUESTION);
    await eventually(() => answerer.asked.length === 1, 'the work');
    const waiting = slack.people.mention('And that?', { channel: 'C2' });
    await sleep(500);
    expect(slack.signs.status('C2', waiting.ts)).toMatch(/next in line/);
    release();
    await answered();
    await sleep(250);
    expect(slack.signs.withStatus).toEqual([]);
  });

  it('that Slack refuses cost nobody an answer', async () => {
    const { slack, answered } = await openSlackBot();
    slack.faults.next('reactions.*', { kind: 'refused', error: 'missing_scope' }, 9);
    slack.faults.next('assistant.threads.setStatus', { kind: 'before', status: 500 }, 2);
    slack.people.mention(QUESTION);
    await answered();
  });
});
