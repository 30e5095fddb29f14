import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeAnswerer } from '../bot/fake-answerer.ts';
import { until } from '../bot/open-bot.ts';
import { FaultDiscord } from '../fakes/fault-discord/fault-discord.ts';
import { textOf } from '../fakes/fault-discord/journal.ts';
import type { Channel, Person, StoredMessage } from '../fakes/fault-discord/model.ts';
import { type OpenedRoom, openRoom } from './fault-room.ts';

const QUESTION = 'What does dropping tokens cost?';
const ANSWER = /0\.3 points/;

let discord: FaultDiscord;
let ada: Person;
let general: Channel;
let room: OpenedRoom | undefined;

beforeEach(async () => {
  discord = await FaultDiscord.start();
  ada = discord.person('Ada');
  general = discord.channel('general');
});
afterEach(async () => {
  await room?.close();
  room = undefined;
  await discord.close();
});

async function open(options: Parameters<typeof openRoom>[1] = {}): Promise<OpenedRoom> {
  room = await openRoom(discord, options);
  return room;
}

function mention(text = QUESTION): StoredMessage {
  return discord.people.say(ada, general, { text, isMention: true });
}

async function settled(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 250));
}

/** All that the app shows anywhere. */
function shown(): readonly StoredMessage[] {
  return [...discord.world.messages.values()].filter((m) => m.author.isBot && !m.isDeleted);
}

describe('a mention', () => {
  it('is answered once, in a thread of its own, when calls fail once they were stored', async () => {
    await open();
    discord.faults.script(/threads$/, { kind: 'status', status: 502, isStored: true });
    discord.faults.script(/^POST .*messages$/, { kind: 'cut', isStored: true });
    const question = mention();
    const message = await discord.said(ANSWER);
    await settled();
    expect(message.channelId).toBe(question.id);
    expect(shown()).toHaveLength(1);
  });

  it('is answered each where a channel gets more of them than Discord takes in a time', async () => {
    await open();
    discord.limits.set('POST /channels/:id/messages', { calls: 2, windowMs: 300 });
    discord.limits.set('global', { calls: 8, windowMs: 200 });
    const questions = Array.from({ length: 6 }, (_, n) => mention(`${QUESTION} (${n})`));
    await until(() => shown().filter((m) => ANSWER.test(textOf(m))).length === questions.length);
    await settled();
    expect(discord.journal.tally(() => true)).toEqual({ lost: [], doubled: [], didNotRespond: [] });
  });

  it('is answered anew when somebody deletes the answer while it grows', async () => {
    const answerer = new FakeAnswerer();
    const release = answerer.hold(QUESTION);
    await open({ answerer });
    const question = mention();
    await until(() => answerer.asked.length === 1);
    const thread = { kind: 'status', status: 404, code: 10_008 } as const;
    discord.faults.script(/^PATCH .*messages/, thread);
    release();
    await discord.said(ANSWER);
    await settled();
    expect(shown().filter((m) => m.channelId === question.id)).toHaveLength(1);
  });

  it('is answered even when the question is deleted meanwhile', async () => {
    const answerer = new FakeAnswerer();
    const release = answerer.hold(QUESTION);
    await open({ answerer });
    const question = mention();
    await until(() => answerer.asked.length === 1);
    discord.people.delete(question);
    release();
    await discord.said(ANSWER);
    await settled();
    expect(shown()).toHaveLength(1);
  });

  it('is answered in private when its channel is deleted meanwhile, and others go on', async () => {
    const answerer = new FakeAnswerer();
    const release = answerer.hold(QUESTION);
    await open({ answerer });
    mention();
    await until(() => answerer.asked.length === 1);
    discord.people.deleteChannel(general);
    release();
    expect((await discord.said(ANSWER)).channelId).toBe(discord.direct(ada).id);
    general = discord.channel('another');
    const question = mention('Does it still answer?');
    await until(() => shown().some(({ channelId }) => channelId === question.id));
  });

  it('where the bot may not write is answered in private, with what it lacks', async () => {
    await open();
    discord.deny(general, 'SendMessages', 'CreatePublicThreads');
    mention();
    const why = await discord.said(/I may not answer where you asked/);
    expect(textOf(why)).toMatch(/Send Messages/);
    expect(why.channelId).toBe(discord.direct(ada).id);
    await discord.said(ANSWER);
  });

  it('whose answer the rules of the server refuse is answered in private', async () => {
    await open();
    discord.faults.script(/^POST .*messages$/, { kind: 'status', status: 400, code: 200_000 });
    mention();
    expect((await discord.said(ANSWER)).channelId).toBe(discord.direct(ada).id);
  });

  it('by somebody who takes no messages, where the bot may not write, is given up', async () => {
    const { logged } = await open();
    discord.deny(general, 'SendMessages', 'CreatePublicThreads');
    ada.isClosed = true;
    mention();
    await until(() => logged.includes('bot.not-delivered'));
    expect(shown()).toEqual([]);
  });
});

describe('without the intent for content', () => {
  it('what is said among people is left alone, and what is put to the bot is answered', async () => {
    const { answerer } = await open();
    const question = mention();
    const answer = await discord.said(ANSWER);
    const thread = discord.world.channel(question.id);
    discord.people.say(ada, thread, { text: 'And what else does it cost?' });
    discord.people.say(ada, general, { text: 'What does it cost?' });
    discord.people.say(ada, thread, { text: 'And in large models?', replyTo: answer });
    await until(() => answerer.asked.length === 2);
    discord.people.say(ada, thread, { text: 'And in small ones?', isMention: true });
    await until(() => answerer.asked.length === 3);
    await settled();
    expect(answerer.asked.map((each) => each.question)).toEqual([
      QUESTION,
      'And in large models?',
      'And in small ones?',
    ]);
  });

  it('direct messages are answered where they stand', async () => {
    await open();
    const direct = discord.direct(ada);
    discord.people.say(ada, direct, { text: QUESTION });
    expect((await discord.said(ANSWER)).channelId).toBe(direct.id);
  });
});

describe('with the intent for content', () => {
  it('the bot follows a thread of its own without a mention', async () => {
    await discord.close();
    discord = await FaultDiscord.start({ hasContentIntent: true });
    [ada, general] = [discord.person('Ada'), discord.channel('general')];
    const { answerer } = await open({ messageContent: true });
    const question = mention();
    await discord.said(ANSWER);
    const thread = discord.world.channel(question.id);
    discord.people.say(ada, thread, { text: 'And what does it cost in large models?' });
    await until(() => answerer.asked.length === 2);
  });

  it('is asked for in a sentence where the app does not have it', async () => {
    await expect(open({ messageContent: true })).rejects.toThrow(/DISCORD_MESSAGE_CONTENT/);
  });
});
