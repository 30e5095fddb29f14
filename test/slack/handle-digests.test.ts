import { describe, expect, it } from 'vitest';
import { handleAction } from '../../src/slack/handle-actions.ts';
import { handleSlash } from '../../src/slack/handle-commands.ts';
import { handleReaction, withRights } from '../../src/slack/handle-digests.ts';
import { handleHomeOpened } from '../../src/slack/handle-home.ts';
import { makeMessage } from '../bot/make-message.ts';
import { makeSubscription, makeWish, PLACE } from '../digest/made-up-digests.ts';
import { makeTurn } from '../store/make-turn.ts';
import { problemsOfView } from './check-blocks.ts';
import { item, makeDigestRoom, press } from './digest-room.ts';

const URL = 'https://hooks.slack.com/actions/1';
const [paper] = makeTurn({ answerId: 'a1' }).papers;

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
        await handleAction(press(action, 'C1 T1-V2', channel), parts);
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
