import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { FakeAnswerer } from '../bot/fake-answerer.ts';
import { until } from '../bot/open-bot.ts';
import { FaultDiscord } from '../fakes/fault-discord/fault-discord.ts';
import { isThinking, textOf } from '../fakes/fault-discord/journal.ts';
import type { Channel, Person, StoredInteraction } from '../fakes/fault-discord/model.ts';
import { type OpenedRoom, openRoom } from './fault-room.ts';

const QUESTION = 'What does dropping tokens cost?';
const ANSWER = /0\.3 points/;

let discord: FaultDiscord;
let ada: Person;
let general: Channel;
let rooms: OpenedRoom[] = [];

beforeEach(async () => {
  discord = await FaultDiscord.start();
  ada = discord.person('Ada');
  general = discord.channel('general');
});
afterEach(async () => {
  for (const room of rooms.splice(0)) await room.close();
  await discord.close();
});

async function open(options: Parameters<typeof openRoom>[1] = {}): Promise<OpenedRoom> {
  const room = await openRoom(discord, options);
  rooms = [...rooms, room];
  return room;
}

function ask(question = QUESTION, isPrivate?: boolean): StoredInteraction {
  const options = { question, ...(isPrivate !== undefined && { private: isPrivate }) };
  return discord.people.slash(ada, general, 'ask', options);
}

/** What stands for every question that was asked. */
const tally = () => discord.journal.tally((message) => !isThinking(message));

async function answeredOnce(asked: StoredInteraction): Promise<string> {
  await until(() => ANSWER.test(textOf(discord.answerTo(asked) ?? NOTHING)), 'the answer');
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(tally()).toEqual({ lost: [], doubled: [], didNotRespond: [] });
  return textOf(discord.answerTo(asked) ?? NOTHING);
}

const NOTHING = { content: '', embeds: [], components: [] };

describe('a question by command', () => {
  it('is acknowledged at once and answered once when it is delivered twice', async () => {
    const { answerer } = await open();
    discord.gateway.copies = 2;
    expect(await answeredOnce(ask())).toContain('Dropping Tokens');
    expect(answerer.asked).toHaveLength(1);
    expect(Math.max(...discord.journal.waits())).toBeLessThan(1_500);
  });

  it('is answered once by two processes that both get it', async () => {
    const store = await openStore({ file: ':memory:' });
    const [one, other] = [await open({ store }), await open({ store })];
    const asked = Array.from({ length: 6 }, (_, n) => ask(`${QUESTION} (${n})`));
    for (const each of asked) await answeredOnce(each);
    expect(one.answerer.asked.length + other.answerer.asked.length).toBe(6);
    for (const room of rooms.splice(0)) await room.close();
    await store.close();
  });

  it.each([
    ['fails before it arrives', false],
    ['fails once it has arrived', true],
  ])('is answered when its acknowledgement %s', async (_, isStored) => {
    await open();
    discord.faults.script(/callback$/, { kind: 'status', status: 500, isStored }, 1);
    await answeredOnce(ask());
    discord.faults.script(/callback$/, { kind: 'cut', isStored }, 1);
    await answeredOnce(ask(`${QUESTION} Again?`));
  });

  it('is answered by a message when Discord gives up before it is acknowledged', async () => {
    await open();
    discord.faults.script(/callback$/, { kind: 'status', status: 404, code: 10_062 });
    ask();
    const message = await discord.said(ANSWER);
    expect(message.interactionId).toBeUndefined();
    expect(textOf(message)).toContain(QUESTION);
  });

  it('is answered once when the edits of its reply fail, before and after', async () => {
    await open();
    discord.faults.script(/^PATCH .*original$/, { kind: 'status', status: 503 }, 1);
    discord.faults.script(/^PATCH .*original$/, { kind: 'cut', isStored: true }, 1);
    discord.faults.script(/^PATCH .*original$/, { kind: 'status', status: 429, retryAfterMs: 100 });
    await answeredOnce(ask());
  });

  it.each([
    ['in the channel', false],
    ['to its asker alone', true],
  ])('is answered %s past minute fifteen', async (_, isPrivate) => {
    const answerer = new FakeAnswerer();
    const release = answerer.hold(QUESTION);
    await open({ answerer });
    const asked = ask(QUESTION, isPrivate);
    await until(() => answerer.asked.length === 1 && discord.answerTo(asked) !== undefined);
    discord.clock.advance(15 * 60_000);
    release();
    const message = await discord.said(ANSWER);
    const place = isPrivate ? discord.direct(ada).id : general.id;
    expect(message.channelId).toBe(place);
    expect(message.interactionId).toBeUndefined();
    expect(textOf(message)).toContain(QUESTION);
    expect(isThinking(discord.answerTo(asked) ?? { ...message })).toBe(true);
  });

  it('is answered anew when a moderator deletes the reply meanwhile', async () => {
    const answerer = new FakeAnswerer();
    const release = answerer.hold(QUESTION);
    await open({ answerer });
    const asked = ask();
    await until(() => discord.answerTo(asked) !== undefined && answerer.asked.length === 1);
    const placeholder = discord.answerTo(asked);
    if (placeholder !== undefined) discord.people.delete(placeholder);
    release();
    await discord.said(ANSWER);
    expect(discord.shown(general)).toHaveLength(1);
  });

  it('is answered in private when the channel is deleted meanwhile', async () => {
    const answerer = new FakeAnswerer();
    const release = answerer.hold(QUESTION);
    await open({ answerer });
    ask();
    await until(() => answerer.asked.length === 1 && discord.journal.waits().length === 1);
    discord.people.deleteChannel(general);
    release();
    const message = await discord.said(ANSWER);
    expect(message.channelId).toBe(discord.direct(ada).id);
  });

  it('whose answer the rules of the server refuse says so, and does not think for ever', async () => {
    await open();
    discord.faults.script(/^PATCH \/webhooks/, { kind: 'status', status: 400, code: 200_000 });
    const asked = ask();
    await discord.said(/rules of this server/);
    expect(isThinking(discord.answerTo(asked) ?? expect.unreachable())).toBe(false);
  });

  it('where the bot may not write is answered all the same', async () => {
    await open();
    discord.deny(general, 'SendMessages', 'ReadMessageHistory');
    await answeredOnce(ask());
  });

  it('from where only its asker has the app is answered to them alone', async () => {
    const elsewhere = discord.world.addGuild('Elsewhere', false);
    const there = discord.world.addChannel('text', 'there', { guildId: elsewhere.id });
    await open();
    const asked = discord.people.slashAnywhere(ada, there, 'ask', { question: QUESTION });
    await answeredOnce(asked);
    expect(discord.answerTo(asked)?.onlyFor).toBe(ada.id);
  });

  it('keeps nobody waiting when the store is slow', async () => {
    const store = await openStore({ file: ':memory:' });
    const accept: typeof store.queue.accept = async (request) => {
      await new Promise((resolve) => setTimeout(resolve, 1_600));
      return store.queue.accept(request);
    };
    await open({ store: { ...store, queue: { ...store.queue, accept } } });
    await answeredOnce(ask());
    expect(Math.max(...discord.journal.waits())).toBeLessThan(1_500);
    for (const room of rooms.splice(0)) await room.close();
    await store.close();
  });
});
