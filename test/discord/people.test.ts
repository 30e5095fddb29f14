import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRetriever } from '../../src/retrieval/retriever.ts';
import { makePaper } from '../answer/made-up-library.ts';
import { until } from '../bot/open-bot.ts';
import { FaultDiscord } from '../fakes/fault-discord/fault-discord.ts';
import { isThinking, textOf } from '../fakes/fault-discord/journal.ts';
import {
  type Channel,
  FLAG,
  type Person,
  type StoredInteraction,
  type StoredMessage,
} from '../fakes/fault-discord/model.ts';
import { MemoryIndex } from '../fakes/memory-index.ts';
import { WordCountEmbedder } from '../fakes/word-count-embedder.ts';
import { type OpenedRoom, openRoom } from './fault-room.ts';

const PAPERS = [
  makePaper('kettle', { title: 'Kettlenet: Boiling Water', sources: [{ page: 'a.txt', line: 1 }] }),
  makePaper('sauna', { title: 'Heating Saunas', date: '2024-01-02' }),
];
const QUESTION = 'What does dropping tokens cost?';

let discord: FaultDiscord;
let room: OpenedRoom;
let ada: Person;
let general: Channel;

beforeEach(async () => {
  discord = await FaultDiscord.start();
  ada = discord.person('Ada');
  general = discord.channel('general');
  const index = new MemoryIndex();
  await index.savePapers(PAPERS);
  const retriever = createRetriever({ index, embedder: new WordCountEmbedder() });
  room = await openRoom(discord, { parts: { index, retriever }, messageContent: false });
});
afterEach(async () => {
  await room.close();
  await discord.close();
});

function isPrivate({ flags }: StoredMessage): boolean {
  return (flags & FLAG.ephemeral) !== 0;
}

/** The reply of an interaction, once it is more than "thinking". */
async function replyTo(asked: StoredInteraction): Promise<StoredMessage> {
  const found = () => {
    const message = discord.answerTo(asked);
    return message === undefined || isThinking(message) ? undefined : message;
  };
  await until(() => found() !== undefined, 'a reply');
  return found() ?? expect.unreachable();
}

async function answered(options: { readonly private?: boolean } = {}): Promise<StoredMessage> {
  const asked = discord.people.slash(ada, general, 'ask', { question: QUESTION, ...options });
  const reply = await replyTo(asked);
  await until(() => /Show evidence/.test(JSON.stringify(reply.components)), 'the card');
  return reply;
}

function isToldGone(message: StoredMessage): boolean {
  return textOf(message).includes('not here any more');
}

const press = async (person: Person, message: StoredMessage, button: string) =>
  replyTo(discord.people.press(person, message, button));

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

  it('share a private answer, once, and only by who may write there', async () => {
    const answer = await answered({ private: true });
    expect(isPrivate(answer)).toBe(true);
    discord.people.press(ada, answer, 'Share to channel');
    await until(() => discord.shown(general).some((message) => !isPrivate(message)), 'a copy');
    const copies = discord.shown(general).filter((message) => !isPrivate(message));
    expect(copies.map(textOf)).toEqual([expect.stringContaining(`Asked: ${QUESTION}`)]);
    expect(() => discord.people.press(ada, answer, 'Share to channel')).toThrow('no button');
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

describe('settings', () => {
  const settings = async (person: Person) =>
    replyTo(discord.people.slash(person, general, 'papers settings'));
  const choose = async (
    person: Person,
    card: StoredMessage,
    field: string,
    ...values: string[]
  ) => {
    discord.people.press(person, card, `setting:${field}.channel`, { values });
  };

  it('are chosen from lists by who manages the server, and hold', async () => {
    ada.isManager = true;
    const card = await settings(ada);
    choose(ada, card, 'answerMode', 'everything');
    await until(() => /I answer every message/.test(textOf(card)), 'the mode');
    choose(ada, card, 'flags', 'isPrivate');
    await until(() => /Only the person who asks/.test(textOf(card)), 'the flags');
    choose(ada, card, 'sources', 'a.txt');
    await until(() => /the pages a\\?\.txt/.test(textOf(card)), 'the pages');
    const form = discord.people.press(ada, card, 'Years of papers');
    await until(() => form.callback !== undefined, 'the form');
    discord.people.submit(form, { fromYear: '2020', toYear: '2024' });
    await until(() => /from 2020 on, up to 2024/.test(textOf(card)), 'the years');
    expect(textOf(card)).toMatch(/the pages a\\?\.txt/);
    const again = await settings(ada);
    expect(textOf(again)).toContain('I answer every message');
    const asked = discord.people.slash(ada, general, 'ask', { question: QUESTION });
    expect(isPrivate(await replyTo(asked))).toBe(true);
  });

  it('that make answers private have mentions answered directly, with buttons that work', async () => {
    ada.isManager = true;
    const card = await settings(ada);
    choose(ada, card, 'flags', 'isPrivate', 'followUps');
    await until(() => /Only the person who asks/.test(textOf(card)), 'the flags');
    discord.people.say(ada, general, { text: QUESTION, isMention: true });
    const answer = await discord.said(/0\.3 points/);
    expect(answer.channelId).toBe(discord.direct(ada).id);
    expect(textOf(answer)).toContain(`Asked: ${QUESTION}`);
    expect(textOf(await press(ada, answer, 'Show evidence'))).toContain('Accuracy falls');
    expect(discord.shown(general).filter((message) => !isPrivate(message))).toEqual([]);
  });

  it('that make answers private say so to who mentions the bot and takes no messages', async () => {
    ada.isManager = true;
    const card = await settings(ada);
    choose(ada, card, 'flags', 'isPrivate', 'followUps');
    await until(() => /Only the person who asks/.test(textOf(card)), 'the flags');
    ada.isClosed = true;
    const question = discord.people.say(ada, general, { text: QUESTION, isMention: true });
    const told = await discord.said(/could not write to you directly/);
    expect(told).toMatchObject({ channelId: general.id, replyTo: question.id });
    const open = discord.shown(general).filter((message) => !isPrivate(message));
    expect(open).toEqual([told]);
  });

  it('say what is wrong with them', async () => {
    ada.isManager = true;
    const card = await settings(ada);
    const form = discord.people.press(ada, card, 'Years of papers');
    await until(() => form.callback !== undefined, 'the form');
    discord.people.submit(form, { fromYear: '2024', toYear: '2020' });
    await until(() => /No paper is from 2024/.test(textOf(card)), 'the problem');
  });

  it('are shown to others without lists, and a list that was left open changes nothing', async () => {
    expect(JSON.stringify((await settings(ada)).components)).not.toContain('custom_id');
    ada.isManager = true;
    const card = await settings(ada);
    ada.isManager = false;
    choose(ada, card, 'answerMode', 'everything');
    await until(() => /Only people who manage/.test(textOf(card)), 'the refusal');
    expect(textOf(card)).toContain('when I am mentioned');
  });
});

describe('what people call', () => {
  it('offers titles while they type, and takes the id that is chosen', async () => {
    const typed = { option: 'paper', text: 'ketlenet boil' };
    const offered = discord.people.autocomplete(ada, general, 'papers show', typed);
    await until(() => offered.callback !== undefined, 'titles');
    const choices = [{ name: 'Kettlenet: Boiling Water', value: PAPERS[0]?.id }];
    expect(offered.callback).toEqual({ type: 8, data: { choices } });
    const shown = discord.people.slash(ada, general, 'papers show', { paper: PAPERS[0]?.id ?? '' });
    expect(textOf(await replyTo(shown))).toContain('Kettlenet: Boiling Water');
  });

  it.each([
    ['papers search', { words: 'boiling water' }, /Papers found for/],
    ['papers similar', { paper: 'Heating Saunas' }, /Papers similar to|no papers/],
    ['papers status', {}, /My library holds/],
    ['papers help', {}, /Ask me a question/],
    ['papers recent', {}, /not asked me anything/],
    ['papers forget', {}, /forgotten/],
    ['papers export', {}, /Export BibTeX/],
  ])('answers /%s to one person', async (command, options, says) => {
    const reply = await replyTo(discord.people.slash(ada, general, command, options));
    expect(textOf(reply)).toMatch(says);
    expect(isPrivate(reply)).toBe(true);
  });

  it('writes BibTeX as text where files may not be sent', async () => {
    const answer = await answered();
    discord.deny(general, 'AttachFiles');
    const reply = await press(ada, answer, 'BibTeX');
    expect(reply.files).toEqual([]);
    expect(textOf(reply)).toMatch(/```bibtex\n@misc\{/);
  });

  it('compares papers by their titles when ids were chosen', async () => {
    const [one = '', other = ''] = PAPERS.map(({ id }) => id);
    await replyTo(discord.people.slash(ada, general, 'papers compare', { one, other }));
    const [first] = room.answerer.asked;
    expect(first?.question).toBe('Compare Kettlenet: Boiling Water with Heating Saunas');
  });

  it('asks about a message by its menu and a form, for the asker alone', async () => {
    const said = discord.people.say(discord.person('Bob'), general, { text: 'Tokens are dear.' });
    const menu = discord.people.messageCommand(ada, said, 'Ask the papers about this');
    await until(() => menu.callback !== undefined, 'the form');
    expect(JSON.stringify(menu.callback?.data)).toContain('Tokens are dear.');
    const reply = await replyTo(discord.people.submit(menu, { question: QUESTION }));
    expect(isPrivate(reply)).toBe(true);
    expect(room.answerer.asked.map(({ question }) => question)).toEqual([QUESTION]);
  });

  it('goes on with a conversation when somebody replies to an answer', async () => {
    const asked = discord.people.say(ada, general, { text: QUESTION, isMention: true });
    await discord.said(/0\.3 points/);
    const [answer] = discord.shown(discord.world.channel(asked.id));
    const thread = discord.world.channel(asked.id);
    if (answer === undefined) throw new Error('There is no answer.');
    discord.people.say(ada, thread, { text: 'Why?', replyTo: answer });
    await until(() => room.answerer.asked.length === 2, 'the follow-up');
    expect(room.answerer.asked[1]).toMatchObject({ question: 'Why?', history: [QUESTION] });
  });
});
