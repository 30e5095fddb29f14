import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../bot/open-bot.ts';
import { textOf } from '../fakes/fault-discord/journal.ts';
import type { Person, StoredMessage } from '../fakes/fault-discord/model.ts';
import { isPrivate, openPeopleRig, PAPERS, type PeopleRig, QUESTION } from './people-rig.ts';

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
    ['papers help', {}, /Ask me a question[\s\S]*Here: \/ask and \/papers/],
    ['papers recent', {}, /not asked me anything/],
    ['papers forget', {}, /forgotten/],
    ['papers export', {}, /the button for BibTeX/],
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
