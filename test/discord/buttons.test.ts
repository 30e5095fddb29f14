import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../bot/open-bot.ts';
import { textOf } from '../fakes/fault-discord/journal.ts';
import type { StoredMessage } from '../fakes/fault-discord/model.ts';
import { isPrivate, openPeopleRig, type PeopleRig, QUESTION } from './people-rig.ts';

let rig: PeopleRig;
beforeEach(async () => {
  rig = await openPeopleRig();
});
afterEach(() => rig.close());

function isToldGone(message: StoredMessage): boolean {
  return textOf(message).includes('not here any more');
}

describe('the buttons of an answer', () => {
  it('show evidence, similar papers and a file to one person, and take votes', async () => {
    const answer = await rig.answered();
    expect(textOf(await rig.press(rig.ada, answer, 'Show evidence'))).toContain(
      '**Accuracy falls by 0.3 points**',
    );
    const file = await rig.press(rig.ada, answer, 'BibTeX');
    expect(file.files.map(({ name }) => name)).toEqual(['papers.bib']);
    expect(textOf(await rig.press(rig.ada, answer, '👍'))).toContain('noted');
    expect(textOf(await rig.press(rig.discord.person('Bob'), answer, '👎'))).toContain('noted');
    for (const message of rig.discord.shown(rig.general).slice(1))
      expect(isPrivate(message)).toBe(true);
  });

  it('share a private answer once, however often they are pressed, and all may look into it', async () => {
    const answer = await rig.answered({ private: true });
    expect(isPrivate(answer)).toBe(true);
    rig.discord.people.press(rig.ada, answer, 'Share to channel');
    rig.discord.people.press(rig.ada, answer, 'Share to channel');
    await rig.discord.said(/can see that answer already/);
    await until(
      () => rig.discord.shown(rig.general).some((message) => !isPrivate(message)),
      'a copy',
    );
    const copies = rig.discord.shown(rig.general).filter((message) => !isPrivate(message));
    expect(copies.map(textOf)).toEqual([expect.stringContaining(`Asked: ${QUESTION}`)]);
    const canShare = () => JSON.stringify(answer.components).includes('Share to channel');
    await until(() => !canShare(), 'the button to go');
    const [copy] = copies;
    if (copy === undefined) throw new Error('There is no copy.');
    const evidence = await rig.press(rig.discord.person('Bob'), copy, 'Show evidence');
    expect(textOf(evidence)).toContain('Accuracy falls');
  });

  it('keep a private answer, and the button, where sharing it fails', async () => {
    const answer = await rig.answered({ private: true });
    rig.discord.faults.script(/^POST \/webhooks/, { kind: 'status', status: 403, code: 50_013 });
    rig.discord.people.press(rig.ada, answer, 'Share to channel');
    await rig.discord.said(/Something went wrong/);
    expect(textOf(answer)).toContain('0.3 points');
    rig.discord.people.press(rig.ada, answer, 'Share to channel');
    await until(
      () => rig.discord.shown(rig.general).some((message) => !isPrivate(message)),
      'a copy',
    );
  });

  it('show nothing of a private answer to somebody else, whatever name they forge', async () => {
    const answer = await rig.answered({ private: true });
    const bob = rig.discord.person('Bob');
    const before = textOf(answer);
    for (const name of ['evidence', 'bibtex', 'good', 'thread']) {
      const components = JSON.parse(
        JSON.stringify(answer.components).replace(/share:/g, `${name}:`),
      );
      const told = await rig.press(bob, { ...answer, components }, 'Share to channel');
      expect(textOf(told)).toContain('not here any more');
    }
    rig.discord.people.press(bob, answer, 'Share to channel');
    await until(
      () => rig.discord.shown(rig.general).filter(isToldGone).length === 5,
      'the last refusal',
    );
    expect(rig.discord.shown(rig.general).filter((message) => !isPrivate(message))).toEqual([]);
    expect(textOf(answer)).toBe(before);
  });

  it('share nothing where nobody else is', async () => {
    const asked = rig.discord.people.slash(rig.ada, rig.discord.direct(rig.ada), 'ask', {
      ...{ question: QUESTION, private: true },
    });
    const reply = await rig.replyTo(asked);
    await until(() => /Show evidence/.test(JSON.stringify(reply.components)), 'the card');
    expect(JSON.stringify(reply.components)).not.toContain('Share to channel');
  });

  it('open a thread in which the conversation goes on', async () => {
    const answer = await rig.answered();
    expect(textOf(await rig.press(rig.ada, answer, 'Continue in a thread'))).toContain(
      'thread is open',
    );
    const thread = rig.discord.world.channel(answer.id);
    expect(thread.kind).toBe('thread');
    rig.discord.people.say(rig.ada, thread, { text: 'And how fast is it?', isMention: true });
    await until(() => rig.room.answerer.asked.length === 2, 'the follow-up');
    expect(rig.room.answerer.asked[1]?.history).toEqual([QUESTION]);
  });

  it('name the permission that is missing for a thread', async () => {
    const answer = await rig.answered();
    rig.discord.deny(rig.general, 'CreatePublicThreads');
    const told = textOf(await rig.press(rig.ada, answer, 'Continue in a thread'));
    expect(told).toContain('Create Public Threads');
  });

  it('say so where a channel has no threads', async () => {
    const voice = rig.discord.channel('talk', 'voice');
    const asked = rig.discord.people.slash(rig.ada, voice, 'ask', { question: QUESTION });
    const answer = await rig.replyTo(asked);
    await until(() => /in a thread/.test(JSON.stringify(answer.components)), 'the card');
    const told = await rig.press(rig.ada, answer, 'Continue in a thread');
    expect(textOf(told)).toContain('has no threads');
  });

  it('do nothing for an answer of another channel, or with a forged name', async () => {
    const answer = await rig.answered();
    const elsewhere = rig.discord.channel('elsewhere');
    const moved = { ...answer, channelId: elsewhere.id };
    expect(textOf(await rig.press(rig.ada, moved, 'Show evidence'))).toContain('not here any more');
    const forged = JSON.parse(JSON.stringify(answer.components).replace(/evidence:/g, 'forged:'));
    rig.discord.people.press(rig.ada, { ...answer, components: forged }, 'Show evidence');
    await rig.answered();
    expect(rig.room.logged).not.toContain('discord.not-taken-in');
  });
});
