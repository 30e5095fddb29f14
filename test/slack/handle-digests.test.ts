import { describe, expect, it } from 'vitest';
import type { Bot } from '../../src/bot/bot.ts';
import type { DigestReaction } from '../../src/digest/digest-replies.ts';
import type { DigestPlace } from '../../src/digest/subscription.ts';
import { handleAction } from '../../src/slack/handle-actions.ts';
import { handleSlash } from '../../src/slack/handle-commands.ts';
import { handleReaction, withRights } from '../../src/slack/handle-digests.ts';
import { handleHomeOpened } from '../../src/slack/handle-home.ts';
import { handleSubmission } from '../../src/slack/handle-views.ts';
import { makeMessage } from '../bot/make-message.ts';
import { makeItem, makeSubscription, makeWish, PLACE } from '../digest/made-up-digests.ts';
import { makeTurn } from '../store/make-turn.ts';
import { problemsOfView } from './check-blocks.ts';
import { makeRoom } from './fake-bot.ts';

const URL = 'https://hooks.slack.com/actions/1';
const item = makeItem('One');
const [paper] = makeTurn({ answerId: 'a1' }).papers;
const watched = { kind: 'question', question: 'How many agents plan?' } as const;

/** A room where digests listen, the paper of one message is known and two digests are set up. */
function makeDigestRoom() {
  const room = makeRoom();
  const reactions: { place: DigestPlace; reaction: DigestReaction; by: string }[] = [];
  const digests: Bot['digests'] = {
    itemOf: async (_, messageId) => (messageId === '1.1' ? item : undefined),
    async react({ platform, workspaceId, channelId }, reaction, { id }) {
      reactions.push({ place: { platform, workspaceId, channelId }, reaction, by: id });
      return 'Noted: less like this here.';
    },
  };
  const subscriptions = [makeSubscription(), makeSubscription({ id: 's2', wish: watched })];
  room.bot.resultFor('digest', { kind: 'digests', text: '1. a\n2. b', subscriptions });
  const settings = { kind: 'refused', text: 'no' } as const;
  room.bot.resultFor('settings', settings);
  const parts = { ...room.parts, bot: Object.assign(room.bot, { digests }) };
  return { ...room, parts, reactions };
}

function press(action_id: string, value: string, channel = 'C1') {
  return {
    user: { id: 'U1' },
    ...(channel !== '' && { channel: { id: channel } }),
    message: { ts: '1.1' },
    trigger_id: 't1',
    response_url: URL,
    actions: [{ action_id, value }],
  };
}

describe('a button under a paper of a digest', () => {
  it.each([
    ['digest_more', item.paperId, { kind: 'more', paperId: item.paperId }],
    ['digest_less', item.paperId, { kind: 'less', paperId: item.paperId }],
    ['digest_mute', 'routers', { kind: 'mute', topic: 'routers' }],
  ])('%s is kept for its channel, and whoever pressed is told', async (action, value, reaction) => {
    const { api, parts, reactions } = makeDigestRoom();
    await handleAction(press(action, value), parts);
    expect(reactions).toEqual([{ place: PLACE, reaction, by: 'U1' }]);
    expect(api.responses).toMatchObject([
      { body: { response_type: 'ephemeral', replace_original: false } },
    ]);
  });

  it('"Show evidence" shows the abstract, with the quotes in bold that still stand in it', async () => {
    if (paper === undefined) throw new Error('no paper');
    for (const [abstract, isBold] of [
      ['We propose One. It works.', true],
      ['It is new. We propose One.', false],
    ] as const) {
      const { api, bot, parts } = makeDigestRoom();
      bot.resultFor('show', { kind: 'paper', paper: { ...paper, abstract } });
      await handleAction(press('digest_evidence', item.paperId), parts);
      expect(JSON.stringify(api.called('views.open'))).toContain('One moment');
      const shown = JSON.stringify(api.called('views.update'));
      const quoted = '{"type":"text","text":"We propose One.","style":{"bold":true}}';
      expect(shown.includes(quoted)).toBe(isBold);
    }
  });
});

describe('a reaction', () => {
  const reaction = (name: string, ts = '1.1', type = 'reaction_added') => ({
    type,
    user: 'U1',
    reaction: name,
    item_user: 'UBOT',
    item: { type: 'message', channel: 'C1', ts },
  });

  it.each([
    ['+1', 'reaction_added', 'more'],
    ['thumbsup::skin-tone-3', 'reaction_added', 'more'],
    ['-1', 'reaction_added', 'less'],
    ['-1', 'reaction_removed', 'none'],
  ])('%s as %s says "%s" of the paper', async (name, type, kind) => {
    const { parts, reactions } = makeDigestRoom();
    await handleReaction(reaction(name, '1.1', type), parts);
    expect(reactions.map((each) => each.reaction)).toEqual([{ kind, paperId: item.paperId }]);
  });

  it('of another kind, of ours or on other messages says nothing', async () => {
    const { parts, reactions } = makeDigestRoom();
    await handleReaction(reaction('parrot'), parts);
    await handleReaction(reaction('+1', '2.2'), parts);
    await handleReaction({ ...reaction('+1'), user: 'UBOT' }, parts);
    await handleReaction({ ...reaction('+1'), item_user: 'U2' }, parts);
    await handleReaction({ type: 'reaction_added' }, parts);
    expect(reactions).toEqual([]);
  });
});

describe('the digests of a channel', () => {
  const slash = (text: string) => ({
    ...{ command: '/papers', text, user_id: 'U1', channel_id: 'C1' },
    ...{ trigger_id: 't1', response_url: URL },
  });

  it('are changed by those alone who manage the workspace now', async () => {
    const { api, bot, parts } = makeDigestRoom();
    await handleSlash(slash('digest pause 1'), parts).after();
    api.admins.add('U1');
    await handleSlash(slash('digest pause 1'), parts).after();
    expect(bot.requests.map(({ isAdmin }) => isAdmin)).toEqual([false, true]);
    expect(api.called('views.open')).toEqual([]);
  });

  it('are set up by everybody in their own conversation with the bot, and in no other', async () => {
    const { parts } = makeDigestRoom();
    const author = { id: 'U1', isBot: false, isSelf: false, displayName: '' };
    const said = { kind: 'direct', text: 'digest list', author, workspaceId: 'T1' } as const;
    const rights = async (changes: object) =>
      (await withRights(makeMessage({ ...said, ...changes }), parts)).isAdmin;
    expect(await rights({ channelId: 'DU1' })).toBe(true);
    expect(await rights({ channelId: 'DU2' })).toBe(false);
    expect(await rights({ channelId: 'C1', kind: 'mention' })).toBe(false);
    expect(await rights({ channelId: 'DU1', text: 'What is LoRA?' })).toBeUndefined();
  });

  it('"/papers digest" opens the form in the time zone of whoever may fill it in', async () => {
    const { api, parts } = makeDigestRoom();
    api.profile = { tz: 'Europe/Paris' };
    await handleSlash(slash('digest'), parts).after();
    expect(api.called('views.open')).toEqual([]);
    api.admins.add('U1');
    await handleSlash(slash('digest'), parts).after();
    const [opened] = api.called('views.open');
    expect(problemsOfView(opened?.view as object)).toEqual([]);
    expect(JSON.stringify(opened)).toContain('"initial_value":"Europe/Paris"');
  });

  it.each([
    ['digest_pause', { kind: 'pause', number: 2 }],
    ['digest_resume', { kind: 'resume', number: 2 }],
    ['digest_remove', { kind: 'remove', number: 2 }],
    ['digest_preview', { kind: 'preview', number: 2 }],
  ])(
    '%s is about the one that the button names, wherever it stands now',
    async (action, command) => {
      for (const channel of ['C1', '']) {
        const { api, bot, parts } = makeDigestRoom();
        api.admins.add('U1');
        await handleAction(press(action, 'C1 s2', channel), parts);
        expect(bot.requests.at(-1)).toMatchObject({
          command: { kind: 'digest', command },
          channelId: 'C1',
          isAdmin: true,
        });
      }
    },
  );

  it('that were removed meanwhile are said to be gone', async () => {
    const { api, parts } = makeDigestRoom();
    api.admins.add('U1');
    await handleAction(press('digest_pause', 'C1 s9'), parts);
    expect(JSON.stringify(api.responses)).toContain('not here any more');
  });

  it('are not shown or changed from another channel by who manages nothing', async () => {
    for (const [action, channel] of [
      ['digest_preview', 'C2'],
      ['digest_pause', 'C1'],
      ['digest_create', 'C1'],
    ] as const) {
      const { api, bot, parts } = makeDigestRoom();
      await handleAction(press(action, 'C1 s1', channel), parts);
      expect(bot.requests).toEqual([]);
      expect(JSON.stringify(api.responses)).toContain('Only those who manage');
    }
  });

  it('stand on the Home tab of admins, without those in direct messages of others', async () => {
    const { api, bot, parts } = makeDigestRoom();
    bot.resultFor('status', { kind: 'text', text: 'x' });
    bot.resultFor('recent', { kind: 'recent', questions: [] });
    const inDirect = (ownerId: string) =>
      makeSubscription({
        ownerId,
        place: { ...PLACE, channelId: `D${ownerId}` },
        wish: makeWish({ topics: [`topic of ${ownerId}`] }),
      });
    const subscriptions = [makeSubscription(), inDirect('U1'), inDirect('U2')];
    bot.resultFor('digest', { kind: 'digests', text: '', subscriptions });
    const opened = { user: 'U1', channel: 'D1', tab: 'home' };
    await handleHomeOpened(opened, parts);
    api.admins.add('U1');
    await handleHomeOpened(opened, parts);
    const [plain, full] = api.called('views.publish').map((args) => JSON.stringify(args));
    expect(plain).not.toContain('digest_');
    expect(full).toContain('{"type":"channel","channel_id":"C1"}');
    expect(full).toContain('topic of U1');
    expect(full).not.toContain('topic of U2');
  });
});

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
    expect(await handleSubmission(form(filled), parts)).toBeUndefined();
    expect(bot.requests).toMatchObject([
      {
        isAdmin: true,
        channelId: 'C1',
        command: {
          command: {
            kind: 'add',
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
      ['s2', watched],
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
    const errors = await handleSubmission(form({ ...filled, ...values }), parts);
    expect(Object.keys(errors ?? {})).toEqual([field]);
    expect(bot.requests).toEqual([]);
  });

  it('says what the bot does not allow', async () => {
    const { bot, parts } = makeDigestRoom();
    bot.resultFor('digest', { kind: 'refused', text: 'Only those …' });
    expect(await handleSubmission(form(filled), parts)).toEqual({ days: 'Only those …' });
    expect(bot.requests).toMatchObject([{ isAdmin: false }]);
  });
});
