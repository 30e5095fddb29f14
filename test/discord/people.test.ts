import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../bot/open-bot.ts';
import { textOf } from '../fakes/fault-discord/journal.ts';
import type { Person, StoredMessage } from '../fakes/fault-discord/model.ts';
import { isPrivate, openPeopleRig, PAPERS, type PeopleRig, QUESTION } from './people-rig.ts';

let rig: PeopleRig;
beforeEach(async () => {
  rig = await openPeopleRig();
});
afterEach(() => rig.close());

describe('settings', () => {
  const settings = async (person: Person) =>
    rig.replyTo(rig.discord.people.slash(person, rig.general, 'papers settings'));
  const choose = async (
    person: Person,
    card: StoredMessage,
    field: string,
    ...values: string[]
  ) => {
    rig.discord.people.press(person, card, `setting:${field}.channel`, { values });
  };

  it('are chosen from lists by who manages the server, and hold', async () => {
    rig.ada.isManager = true;
    const card = await settings(rig.ada);
    choose(rig.ada, card, 'answerMode', 'everything');
    await until(() => /I answer every message/.test(textOf(card)), 'the mode');
    choose(rig.ada, card, 'flags', 'isPrivate');
    await until(() => /Only the person who asks/.test(textOf(card)), 'the flags');
    choose(rig.ada, card, 'sources', 'a.txt');
    await until(() => /the pages a\\?\.txt/.test(textOf(card)), 'the pages');
    const form = rig.discord.people.press(rig.ada, card, 'Years of papers');
    await until(() => form.callback !== undefined, 'the form');
    rig.discord.people.submit(form, { fromYear: '2020', toYear: '2024' });
    await until(() => /from 2020 on, up to 2024/.test(textOf(card)), 'the years');
    expect(textOf(card)).toMatch(/the pages a\\?\.txt/);
    const again = await settings(rig.ada);
    expect(textOf(again)).toContain('I answer every message');
    const asked = rig.discord.people.slash(rig.ada, rig.general, 'ask', { question: QUESTION });
    expect(isPrivate(await rig.replyTo(asked))).toBe(true);
  });

  it('that make answers private have mentions answered directly, with buttons that work', async () => {
    rig.ada.isManager = true;
    const card = await settings(rig.ada);
    choose(rig.ada, card, 'flags', 'isPrivate', 'followUps');
    await until(() => /Only the person who asks/.test(textOf(card)), 'the flags');
    rig.discord.people.say(rig.ada, rig.general, { text: QUESTION, isMention: true });
    const answer = await rig.discord.said(/0\.3 points/);
    expect(answer.channelId).toBe(rig.discord.direct(rig.ada).id);
    expect(textOf(answer)).toContain(`Asked: ${QUESTION}`);
    expect(textOf(await rig.press(rig.ada, answer, 'Show evidence'))).toContain('Accuracy falls');
    expect(rig.discord.shown(rig.general).filter((message) => !isPrivate(message))).toEqual([]);
  });

  it('that make answers private say so to who mentions the bot and takes no messages', async () => {
    rig.ada.isManager = true;
    const card = await settings(rig.ada);
    choose(rig.ada, card, 'flags', 'isPrivate', 'followUps');
    await until(() => /Only the person who asks/.test(textOf(card)), 'the flags');
    rig.ada.isClosed = true;
    const question = rig.discord.people.say(rig.ada, rig.general, {
      text: QUESTION,
      isMention: true,
    });
    const told = await rig.discord.said(/could not write to you directly/);
    expect(told).toMatchObject({ channelId: rig.general.id, replyTo: question.id });
    const open = rig.discord.shown(rig.general).filter((message) => !isPrivate(message));
    expect(open).toEqual([told]);
  });

  it('say what is wrong with them', async () => {
    rig.ada.isManager = true;
    const card = await settings(rig.ada);
    const form = rig.discord.people.press(rig.ada, card, 'Years of papers');
    await until(() => form.callback !== undefined, 'the form');
    rig.discord.people.submit(form, { fromYear: '2024', toYear: '2020' });
    await until(() => /No paper is from 2024/.test(textOf(card)), 'the problem');
  });

  it('are shown to others without lists, and a list that was left open changes nothing', async () => {
    expect(JSON.stringify((await settings(rig.ada)).components)).not.toContain('custom_id');
    rig.ada.isManager = true;
    const card = await settings(rig.ada);
    rig.ada.isManager = false;
    choose(rig.ada, card, 'answerMode', 'everything');
    await until(() => /Only people who manage/.test(textOf(card)), 'the refusal');
    expect(textOf(card)).toContain('when I am mentioned');
  });
});

describe('what people call', () => {
  it('offers titles while they type, and takes the id that is chosen', async () => {
    const typed = { option: 'paper', text: 'ketlenet boil' };
    const offered = rig.discord.people.autocomplete(rig.ada, rig.general, 'papers show', typed);
    await until(() => offered.callback !== undefined, 'titles');
    const choices = [{ name: 'Kettlenet: Boiling Water', value: PAPERS[0]?.id }];
    expect(offered.callback).toEqual({ type: 8, data: { choices } });
    const shown = rig.discord.people.slash(rig.ada, rig.general, 'papers show', {
      paper: PAPERS[0]?.id ?? '',
    });
    expect(textOf(await rig.replyTo(shown))).toContain('Kettlenet: Boiling Water');
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
    const reply = await rig.replyTo(
      rig.discord.people.slash(rig.ada, rig.general, command, options),
    );
    expect(textOf(reply)).toMatch(says);
    expect(isPrivate(reply)).toBe(true);
  });

  it('writes BibTeX as text where files may not be sent', async () => {
    const answer = await rig.answered();
    rig.discord.deny(rig.general, 'AttachFiles');
    const reply = await rig.press(rig.ada, answer, 'BibTeX');
    expect(reply.files).toEqual([]);
    expect(textOf(reply)).toMatch(/```bibtex\n@misc\{/);
  });

  it('compares papers by their titles when ids were chosen', async () => {
    const [one = '', other = ''] = PAPERS.map(({ id }) => id);
    await rig.replyTo(
      rig.discord.people.slash(rig.ada, rig.general, 'papers compare', { one, other }),
    );
    const [first] = rig.room.answerer.asked;
    expect(first?.question).toBe('Compare Kettlenet: Boiling Water with Heating Saunas');
  });

  it('asks about a message by its menu and a form, for the asker alone', async () => {
    const said = rig.discord.people.say(rig.discord.person('Bob'), rig.general, {
      text: 'Tokens are dear.',
    });
    const menu = rig.discord.people.messageCommand(rig.ada, said, 'Ask the papers about this');
    await until(() => menu.callback !== undefined, 'the form');
    expect(JSON.stringify(menu.callback?.data)).toContain('Tokens are dear.');
    const reply = await rig.replyTo(rig.discord.people.submit(menu, { question: QUESTION }));
    expect(isPrivate(reply)).toBe(true);
    expect(rig.room.answerer.asked.map(({ question }) => question)).toEqual([QUESTION]);
  });

  it('goes on with a conversation when somebody replies to an answer', async () => {
    const asked = rig.discord.people.say(rig.ada, rig.general, { text: QUESTION, isMention: true });
    await rig.discord.said(/0\.3 points/);
    const [answer] = rig.discord.shown(rig.discord.world.channel(asked.id));
    const thread = rig.discord.world.channel(asked.id);
    if (answer === undefined) throw new Error('There is no answer.');
    rig.discord.people.say(rig.ada, thread, { text: 'Why?', replyTo: answer });
    await until(() => rig.room.answerer.asked.length === 2, 'the follow-up');
    expect(rig.room.answerer.asked[1]).toMatchObject({ question: 'Why?', history: [QUESTION] });
  });
});
