import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../bot/open-bot.ts';
import { textOf } from '../fakes/fault-discord/journal.ts';
import type { StoredMessage } from '../fakes/fault-discord/model.ts';
import { isPrivate, openPeopleRig, type PeopleRig, QUESTION } from './people-rig.ts';

let rig: PeopleRig;
let discord: PeopleRig['discord'];
let room: PeopleRig['room'];
let ada: PeopleRig['ada'];
let general: PeopleRig['general'];
let replyTo: PeopleRig['replyTo'];
let answered: PeopleRig['answered'];
let press: PeopleRig['press'];

beforeEach(async () => {
  rig = await openPeopleRig();
  ({ discord, room, ada, general, replyTo, answered, press } = rig);
});
afterEach(() => rig.close());

function isToldGone(message: StoredMessage): boolean {
  return textOf(message).includes('not here any more');
}

describe('the buttons of an answer', () => {
  it('show evidence, similar papers and a file to one person, and take votes', async () => {
    const answer = await answered();
    expect(textOf(await press(ada, answer, 'Show evidence'))).toContain(
      '**Accuracy falls by 0.3 points**',
    );
    const file = await press(ada, answer, 'BibTeX');
    expect(file.files.map(({ name }) => name)).toEqual(['papers.bib']);
    expect(textOf(await press(ada, answer, '👍'))).toContain('noted');
    expect(textOf(await press(discord.person('Bob'), answer, '👎'))).toContain('noted');
    for (const message of discord.shown(general).slice(1)) expect(isPrivate(message)).toBe(true);
  });

  it('share a private answer once, however often they are pressed, and all may look into it', async () => {
    const answer = await answered({ private: true });
    expect(isPrivate(answer)).toBe(true);
    discord.people.press(ada, answer, 'Share to channel');
    discord.people.press(ada, answer, 'Share to channel');
    await discord.said(/can see that answer already/);
    await until(() => discord.shown(general).some((message) => !isPrivate(message)), 'a copy');
    const copies = discord.shown(general).filter((message) => !isPrivate(message));
    expect(copies.map(textOf)).toEqual([expect.stringContaining(`Asked: ${QUESTION}`)]);
    const canShare = () => JSON.stringify(answer.components).includes('Share to channel');
    await until(() => !canShare(), 'the button to go');
    const [copy] = copies;
    if (copy === undefined) throw new Error('There is no copy.');
    const evidence = await press(discord.person('Bob'), copy, 'Show evidence');
    expect(textOf(evidence)).toContain('Accuracy falls');
  });

  it('keep a private answer, and the button, where sharing it fails', async () => {
    const answer = await answered({ private: true });
    discord.faults.script(/^POST \/webhooks/, { kind: 'status', status: 403, code: 50_013 });
    discord.people.press(ada, answer, 'Share to channel');
    await discord.said(/Something went wrong/);
    expect(textOf(answer)).toContain('0.3 points');
    discord.people.press(ada, answer, 'Share to channel');
    await until(() => discord.shown(general).some((message) => !isPrivate(message)), 'a copy');
  });

  it('show nothing of a private answer to somebody else, whatever name they forge', async () => {
    const answer = await answered({ private: true });
    const bob = discord.person('Bob');
    const before = textOf(answer);
    for (const name of ['evidence', 'bibtex', 'good', 'thread']) {
      const components = JSON.parse(
        JSON.stringify(answer.components).replace(/share:/g, `${name}:`),
      );
      const told = await press(bob, { ...answer, components }, 'Share to channel');
      expect(textOf(told)).toContain('not here any more');
    }
    discord.people.press(bob, answer, 'Share to channel');
    await until(() => discord.shown(general).filter(isToldGone).length === 5, 'the last refusal');
    expect(discord.shown(general).filter((message) => !isPrivate(message))).toEqual([]);
    expect(textOf(answer)).toBe(before);
  });

  it('share nothing where nobody else is', async () => {
    const asked = discord.people.slash(ada, discord.direct(ada), 'ask', {
      ...{ question: QUESTION, private: true },
    });
    const reply = await replyTo(asked);
    await until(() => /Show evidence/.test(JSON.stringify(reply.components)), 'the card');
    expect(JSON.stringify(reply.components)).not.toContain('Share to channel');
  });

  it('open a thread in which the conversation goes on', async () => {
    const answer = await answered();
    expect(textOf(await press(ada, answer, 'Continue in a thread'))).toContain('thread is open');
    const thread = discord.world.channel(answer.id);
    expect(thread.kind).toBe('thread');
    discord.people.say(ada, thread, { text: 'And how fast is it?', isMention: true });
    await until(() => room.answerer.asked.length === 2, 'the follow-up');
    expect(room.answerer.asked[1]?.history).toEqual([QUESTION]);
  });

  it('name the permission that is missing for a thread', async () => {
    const answer = await answered();
    discord.deny(general, 'CreatePublicThreads');
    const told = textOf(await press(ada, answer, 'Continue in a thread'));
    expect(told).toContain('Create Public Threads');
  });

  it('say so where a channel has no threads', async () => {
    const voice = discord.channel('talk', 'voice');
    const asked = discord.people.slash(ada, voice, 'ask', { question: QUESTION });
    const answer = await replyTo(asked);
    await until(() => /in a thread/.test(JSON.stringify(answer.components)), 'the card');
    const told = await press(ada, answer, 'Continue in a thread');
    expect(textOf(told)).toContain('has no threads');
  });

  it('do nothing for an answer of another channel, or with a forged name', async () => {
    const answer = await answered();
    const elsewhere = discord.channel('elsewhere');
    const moved = { ...answer, channelId: elsewhere.id };
    expect(textOf(await press(ada, moved, 'Show evidence'))).toContain('not here any more');
    const forged = JSON.parse(JSON.stringify(answer.components).replace(/evidence:/g, 'forged:'));
    discord.people.press(ada, { ...answer, components: forged }, 'Show evidence');
    await answered();
    expect(room.logged).not.toContain('discord.not-taken-in');
  });
});
