import { describe, expect, it } from 'vitest';
import { handleAction } from '../../src/slack/handle-actions.ts';
import { handleSubmission } from '../../src/slack/handle-views.ts';
import { problemsOfView } from './check-blocks.ts';
import { makeDigestRoom, press, watched } from './digest-room.ts';

describe('the form of a digest', () => {
  const text = (value: string) => ({ field: { value } });
  const one = (value: string) => ({ field: { selected_option: { value } } });
  const all = (...values: string[]) => ({
    field: { selected_options: values.map((value) => ({ value })) },
  });
  const filled = {
    topics: text('agents that plan\ndiffusion'),
    categories: text('cs.LG, cs.AI'),
    authors: text(''),
    organizations: text('Example Labs'),
    sources: all('a.md'),
    most: text('3'),
    pickiness: one('strict'),
    onEmpty: one('silent'),
    rollUp: one('5'),
    days: all('1', '3'),
    time: { field: { selected_time: '08:30' } },
    timeZone: text('Berlin time'),
  };
  const form = (values: object, where: object = { channelId: 'C1' }) => ({
    user: { id: 'U1' },
    view: {
      id: 'V1',
      callback_id: 'digest_form',
      private_metadata: JSON.stringify(where),
      state: { values },
    },
  });
  const schedule = { days: [1, 3], time: '08:30', timeZone: 'Europe/Berlin' };

  it('sets one up, with who sends it now, and says what it has become', async () => {
    const { api, bot, parts } = makeDigestRoom();
    api.admins.add('U1');
    expect(await handleSubmission(form(filled), parts)).toEqual({});
    expect(bot.requests).toMatchObject([
      {
        isAdmin: true,
        channelId: 'C1',
        command: {
          command: {
            kind: 'add',
            id: 'T1-V1',
            schedule,
            wish: {
              kind: 'papers',
              topics: ['agents that plan', 'diffusion'],
              categories: ['cs.LG', 'cs.AI'],
              authors: [],
              organizations: ['Example Labs'],
              sources: ['a.md'],
              most: 3,
              pickiness: 'strict',
              onEmpty: 'silent',
              rollUp: 5,
            },
          },
        },
      },
    ]);
    expect(api.called('chat.postEphemeral')).toMatchObject([{ channel: 'C1', user: 'U1' }]);
  });

  it('changes the one that it was opened for; of a watched question only the times', async () => {
    const { api, bot, parts } = makeDigestRoom();
    api.admins.add('U1');
    for (const [id, wish] of [
      ['s1', { topics: ['agents that plan', 'diffusion'] }],
      ['T1-V2', watched],
    ] as const) {
      await handleAction(press('digest_change', `C1 ${id}`), parts);
      const { view } = api.called('views.open').at(-1) ?? {};
      expect(problemsOfView(view as object)).toEqual([]);
      const { private_metadata } = view as { private_metadata: string };
      await handleSubmission(form(filled, JSON.parse(private_metadata)), parts);
      expect(bot.requests.at(-1)).toMatchObject({
        command: { command: { kind: 'replace', number: id === 's1' ? 1 : 2, wish, schedule } },
      });
    }
  });

  it.each([
    [{ topics: text(''), categories: text(''), organizations: text(''), sources: all() }, 'topics'],
    [{ topics: text('x\n'.repeat(9).replace(/x/g, () => `t${Math.random()}`)) }, 'topics'],
    [{ topics: text('long '.repeat(60)) }, 'topics'],
    [{ categories: text('not/a/category') }, 'categories'],
    [{ authors: text(Array.from({ length: 21 }, (_, n) => `Author ${n}`).join(',')) }, 'authors'],
    [{ most: text('21') }, 'most'],
    [{ most: text('two') }, 'most'],
    [{ days: all() }, 'days'],
    [{ days: all('8') }, 'days'],
    [{ time: { field: { selected_time: '25:00' } } }, 'time'],
    [{ timeZone: text('Atlantis') }, 'timeZone'],
  ])('says at the field what is wrong: %j', async (values, field) => {
    const { api, bot, parts } = makeDigestRoom();
    api.admins.add('U1');
    const { errors } = await handleSubmission(form({ ...filled, ...values }), parts);
    expect(Object.keys(errors ?? {})).toEqual([field]);
    expect(bot.requests).toEqual([]);
  });

  it('says what the bot does not allow', async () => {
    const { bot, parts } = makeDigestRoom();
    bot.resultFor('digest', { kind: 'refused', text: 'Only those …' });
    expect(await handleSubmission(form(filled), parts)).toEqual({
      errors: { days: 'Only those …' },
    });
    expect(bot.requests).toMatchObject([{ isAdmin: false }]);
  });
});
