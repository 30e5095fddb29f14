import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { openSlack } from '../../src/slack/open-room.ts';
import { openStore } from '../../src/store/open-store.ts';
import { FakeAnswerer } from '../bot/fake-answerer.ts';
import { eventually, startHostileSlack } from '../fakes/hostile-slack/hostile-slack.ts';
import { FakeBot } from './fake-bot.ts';
import { slackBots, socketTo } from './open-slack-bot.ts';

const openSlackBot = slackBots();
const QUESTION = 'What is it?';

describe('a question', () => {
  it('that comes as a message, as a mention and twice is answered once', async () => {
    const { slack, answered } = await openSlackBot();
    const asked = slack.people.mention(QUESTION);
    slack.people.again(asked);
    await answered();
    slack.people.again(asked);
    await sleep(200);
    expect(slack.journal.doubled).toEqual([]);
    expect(slack.called('assistant.threads.setStatus').length).toBeGreaterThan(1);
  });

  it('that is sent again while it is in work is not worked on twice', async () => {
    const answerer = new FakeAnswerer();
    const release = answerer.hold(QUESTION);
    const { slack, answered } = await openSlackBot({ answerer });
    const asked = slack.people.mention(QUESTION);
    await eventually(() => answerer.asked.length === 1, 'the work');
    slack.people.again(asked);
    await sleep(200);
    release();
    await answered();
    expect(answerer.asked).toHaveLength(1);
  });

  it('is not acknowledged before it is stored, and then without delay', async () => {
    const { slack, answered } = await openSlackBot();
    for (let n = 0; n < 10; n += 1) slack.people.direct(`${QUESTION} ${n}`, { user: `U${n}` });
    await answered();
    expect(slack.journal.unacknowledged).toBe(0);
  });

  it('that is edited is answered once', async () => {
    const answerer = new FakeAnswerer();
    const release = answerer.hold(QUESTION);
    const { slack, answered } = await openSlackBot({ answerer });
    const asked = slack.people.mention(QUESTION);
    await eventually(() => answerer.asked.length === 1, 'the work');
    slack.people.edit(asked, `<@UBOT1> ${QUESTION} Really?`);
    await sleep(100);
    release();
    await answered();
    expect(answerer.asked).toHaveLength(1);
  });

  it('that is deleted while it is in work leaves no message and nothing waiting', async () => {
    const answerer = new FakeAnswerer();
    const release = answerer.hold(QUESTION);
    const { slack, store } = await openSlackBot({ answerer });
    const asked = slack.people.mention(QUESTION);
    await eventually(() => answerer.asked.length === 1, 'the work');
    slack.people.remove(asked);
    release();
    await eventually(() => slack.called('chat.postMessage').length > 0, 'the answer');
    await eventually(() => slack.signs.withStatus.length === 0, 'the end of the status');
    await sleep(300);
    expect(await store.queue.load()).toEqual({ waiting: 0, working: 0 });
    expect(slack.channels.repliesOfApp(asked.channel, asked.ts)).toEqual([]);
    expect(slack.called('chat.postMessage')).toHaveLength(1);
  });

  it('by a command is answered by its address, though that fails for a while', async () => {
    const { slack } = await openSlackBot();
    slack.faults.next('respond', { kind: 'before', status: 503 }, 2);
    const asked = slack.people.command('/ask', QUESTION);
    await eventually(() => JSON.stringify(asked.bodies).includes('container'), 'the answer');
    expect(asked.sent.response).toMatchObject({ response_type: 'ephemeral' });
    expect(slack.channels.messages).toEqual([]);
  });

  it('by a command whose address is used up is answered beside the channel', async () => {
    const { slack } = await openSlackBot();
    slack.faults.next('respond', { kind: 'before', status: 404 }, 5);
    slack.people.command('/ask', QUESTION);
    await eventually(() => slack.ephemerals.length === 1, 'the answer');
    expect(slack.ephemerals[0]).toMatchObject({ channel: 'C1', user: 'UADA1' });
  });
});

describe('a connection', () => {
  it('that Slack renews while an answer is in work is opened again at once', async () => {
    const answerer = new FakeAnswerer();
    const release = answerer.hold(QUESTION);
    const { slack, answered } = await openSlackBot({ answerer });
    slack.people.mention(QUESTION);
    await eventually(() => answerer.asked.length === 1, 'the work');
    const from = slack.now();
    slack.sockets.refresh('warning');
    slack.sockets.refresh('refresh_requested');
    await slack.sockets.connected(2);
    // The client by itself would take five seconds.
    expect(slack.now() - from).toBeLessThan(3_000);
    slack.people.mention('And that?', { channel: 'C2' });
    release();
    await answered();
  });

  it('that hears nothing costs no question: Slack sends it by the other', async () => {
    const options = { ackMs: 300, resendMs: [50, 50, 50, 50, 50, 50] };
    const { slack, answered } = await openSlackBot({ slack: options });
    slack.sockets.open[0]?.deafen();
    for (let n = 0; n < 6; n += 1) slack.people.direct(`${QUESTION} ${n}`, { user: `U${n}` });
    await answered();
    expect(slack.journal.unacknowledged).toBeGreaterThan(0);
  });

  it('comes back after Slack was away, and what was in work is answered once', async () => {
    const answerer = new FakeAnswerer();
    const release = answerer.hold(QUESTION);
    const { slack, answered, logged } = await openSlackBot({ answerer });
    slack.people.mention(QUESTION);
    await eventually(() => answerer.asked.length === 1, 'the work');
    const comeBack = await slack.goAway();
    release();
    await eventually(() => logged.includes('slack.not-reconnected'), 'a try to reconnect');
    await eventually(() => logged.includes('bot.delivery-put-off'), 'a try to deliver');
    await comeBack();
    await slack.sockets.connected(2);
    slack.people.mention('And that?', { channel: 'C2' });
    await answered();
  });

  it('that Slack refuses for a while is opened later', async () => {
    const { slack, answered } = await openSlackBot();
    slack.faults.next('apps.connections.open', { kind: 'before', status: 500 }, 1);
    slack.faults.next('apps.connections.open', { kind: 'limited', seconds: 1 }, 1);
    for (const socket of slack.sockets.open) socket.cut();
    await slack.sockets.connected(2);
    slack.people.mention(QUESTION);
    await answered();
  });

  // It was told as a network that is down.
  it('that Slack never lets in says which token is wrong', async () => {
    const slack = await startHostileSlack();
    slack.revokeAppToken();
    const write = () => {};
    const log = Object.assign(write, { debug: write, warn: write });
    const store = await openStore({ file: ':memory:' });
    const room = await openSlack(socketTo(slack.apiUrl), { ...store, mount: () => write, log });
    await expect(room.connect(new FakeBot())).rejects.toMatchObject({
      code: 'config',
      message: expect.stringMatching(/SLACK_APP_TOKEN.*invalid_auth.*"Basic Information"/),
    });
    await store.close();
    await slack.close();
  });

  it('whose token was taken back ends for good and says what to do', async () => {
    const { slack, connection } = await openSlackBot();
    slack.revokeAppToken();
    const lost = await connection.lost;
    expect(lost?.message).toMatch(/invalid_auth.*SLACK_APP_TOKEN.*start again/);
    const tries = slack.called('apps.connections.open').length;
    await sleep(1_500);
    expect(slack.called('apps.connections.open').length).toBeLessThanOrEqual(tries + 1);
  });
});
