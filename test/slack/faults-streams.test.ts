import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Fault } from '../fakes/hostile-slack/faults.ts';
import { eventually } from '../fakes/hostile-slack/hostile-slack.ts';
import { slackBots } from './open-slack-bot.ts';
import { WritingAnswerer } from './writing-answerer.ts';

const openSlackBot = slackBots();
const QUESTION = 'What is it?';
const START = 'chat.startStream';
const LAST = /Sentence 4 /;

/** Long enough for a flush or two. */
const slowly = () => new WritingAnswerer({ sentences: 4, everyMs: 350 });

describe('an answer that grows', () => {
  it('is streamed and ends with its sources, in one message', async () => {
    const { slack, answered } = await openSlackBot({ answerer: slowly() });
    const asked = slack.people.mention(QUESTION);
    await answered();
    const [reply] = slack.channels.repliesOfApp(asked.channel, asked.ts);
    expect(reply?.text).toMatch(LAST);
    expect(slack.called('chat.appendStream').length).toBeGreaterThan(0);
    expect(slack.called('chat.update')).toEqual([]);
    expect(slack.called('chat.postMessage')).toEqual([]);
  });

  it.each<readonly [string, string, Fault]>([
    [
      'its begin was stored, though Slack said that it failed',
      START,
      { kind: 'after', status: 503 },
    ],
    ['its begin was not stored', START, { kind: 'before', status: 500 }],
    ['its begin took longer than a step may', START, { kind: 'slow', ms: 2_500 }],
    ['a part was stored, and Slack said no', 'chat.appendStream', { kind: 'after', status: 500 }],
    ['Slack wants it slower', 'chat.appendStream', { kind: 'limited', seconds: 1 }],
    ['its end was stored, and Slack said no', 'chat.stopStream', { kind: 'after', status: 503 }],
    ['its end comes too early', 'chat.stopStream', { kind: 'limited', seconds: 1 }],
    ['there are no streams', START, { kind: 'refused', error: 'unknown_method' }],
  ])('stands once and whole where %s', async (_, method, fault) => {
    const { slack, answered } = await openSlackBot({ answerer: slowly() });
    slack.faults.next(method, fault);
    const asked = slack.people.mention(QUESTION);
    await answered();
    const [reply] = slack.channels.repliesOfApp(asked.channel, asked.ts);
    expect(JSON.stringify([reply?.text, reply?.blocks])).toMatch(LAST);
  });

  it('goes on growing after Slack wanted it slower', async () => {
    const { slack, answered } = await openSlackBot({ answerer: slowly() });
    slack.faults.next('chat.appendStream', { kind: 'limited', seconds: 1 });
    slack.people.mention(QUESTION);
    await answered();
    expect(slack.called('chat.update')).toEqual([]);
  });

  it('is edited to its end where the stream has run out of time', async () => {
    const { slack, answered } = await openSlackBot({
      answerer: slowly(),
      slack: { streamMs: 500 },
    });
    const asked = slack.people.mention(QUESTION);
    await answered();
    const [reply] = slack.channels.repliesOfApp(asked.channel, asked.ts);
    expect(JSON.stringify(reply?.blocks)).toMatch(LAST);
  });

  it('that is too long for a stream ends as an edit', async () => {
    const answerer = new WritingAnswerer({ sentences: 14, everyMs: 120, length: 1_200 });
    const { slack, answered } = await openSlackBot({ answerer });
    slack.people.mention(QUESTION);
    await answered();
    const streamed = slack.called('chat.appendStream').concat(slack.called(START));
    expect(JSON.stringify(streamed).length).toBeLessThan(14 * 1_200);
    expect(slack.called('chat.update')).toHaveLength(1);
  });
});

describe('a stream', () => {
  it('that its reader stops costs no more writing', async () => {
    const answerer = new WritingAnswerer({ sentences: 40, everyMs: 200 });
    const { slack, answered } = await openSlackBot({ answerer });
    const asked = slack.people.mention(QUESTION);
    await eventually(() => slack.called(START).length === 1, 'the stream');
    await sleep(100);
    const [reply] = slack.channels.repliesOfApp(asked.channel, asked.ts);
    // Slack tells by the next call; the event may never come.
    slack.channels.stopByUser(reply?.ts ?? '');
    await answered();
    expect(answerer.stopped).toBe(1);
    expect(JSON.stringify(reply?.blocks)).toContain('Stopped, as you asked');
  });

  it('whose stop comes as an event ends at once', async () => {
    const answerer = new WritingAnswerer({ sentences: 40, everyMs: 200 });
    const { slack, answered } = await openSlackBot({ answerer });
    const asked = slack.people.mention(QUESTION);
    await eventually(() => slack.called(START).length === 1, 'the stream');
    slack.people.stop(asked);
    await answered();
    expect(answerer.stopped).toBe(1);
  });

  it('is not begun while Slack wants none: the answer is posted whole', async () => {
    const { slack, answered } = await openSlackBot({ answerer: slowly() });
    slack.faults.next(START, { kind: 'limited', seconds: 60 });
    slack.people.mention(QUESTION);
    slack.people.mention(QUESTION, { channel: 'C2' });
    await answered();
    slack.people.mention(QUESTION, { channel: 'C3' });
    await answered();
    expect(slack.called('chat.postMessage').length).toBeGreaterThanOrEqual(2);
    expect(slack.called(START).length).toBeLessThanOrEqual(2);
  });

  it('is begun no more than twenty times a minute', async () => {
    const answerer = new WritingAnswerer({ sentences: 2, everyMs: 1_500 });
    const settings = { concurrency: 30 };
    const { slack } = await openSlackBot({ answerer, settings, slack: { tiers: true } });
    for (let n = 0; n < 24; n += 1) {
      slack.people.mention(`${QUESTION} ${n}`, { channel: `C${n}`, user: `U${n}` });
    }
    await eventually(() => slack.journal.lost.length === 0, 'all answers');
    expect(slack.called(START)).toHaveLength(20);
    expect(slack.limits.refused.get(START)).toBeUndefined();
    expect(slack.journal.doubled).toEqual([]);
  });
});
