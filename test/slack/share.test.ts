import { expect, it } from 'vitest';
import { handleAction } from '../../src/slack/handle-actions.ts';
import { makeTurn } from '../store/make-turn.ts';
import { makeRoom } from './fake-bot.ts';

const URL = 'https://hooks.slack.com/actions/1';
const turn = makeTurn({ answerId: 'a1' });

function press(value: string) {
  return {
    user: { id: 'U1' },
    channel: { id: 'C1' },
    container: { is_ephemeral: true },
    trigger_id: 't1',
    response_url: URL,
    actions: [{ action_id: 'share', value }],
  };
}

function room() {
  const made = makeRoom();
  made.bot.resultFor('share', { kind: 'answer', turn, isPrivate: false });
  made.bot.resultFor('unshare', { kind: 'answer', turn, isPrivate: true });
  return made;
}

it('posts the answer with buttons of its own, the question and who shared it', async () => {
  const { api, bot, parts } = room();
  await handleAction(press('a1'), parts);
  expect(api.shown).toMatchObject([{ channel: 'C1', threadTs: undefined }]);
  const shown = JSON.stringify(api.shown[0]?.blocks);
  for (const label of ['Show evidence', 'Similar papers', 'Export BibTeX', 'feedback_buttons']) {
    expect(shown).toContain(label);
  }
  expect(shown).toContain(turn.question);
  expect(shown).toContain('shared by Ada');
  expect(shown).not.toContain('Share to channel');
  expect(bot.requests.map(({ command }) => command)).toEqual([{ kind: 'share', answerId: 'a1' }]);
});

it('takes its own button away', async () => {
  const { api, parts } = room();
  await handleAction(press('a1'), parts);
  expect(api.responses).toMatchObject([{ body: { replace_original: true } }]);
  expect(JSON.stringify(api.responses)).not.toContain('Share to channel');
});

it('names a sharer without mentioning anybody', async () => {
  const { api, parts } = room();
  api.profile = { profile: { display_name: '<!channel> <@U2> \u202eada' } };
  await handleAction(press('a1'), parts);
  const shown = JSON.stringify(api.shown[0]?.blocks);
  expect(shown).not.toMatch(/<[!@]|\u202e|"type":"user"/);
  expect(shown).toContain('ada');
});

it('posts into the thread that the button names', async () => {
  const { api, parts } = room();
  await handleAction(press('a1 5.1'), parts);
  expect(api.shown).toMatchObject([{ channel: 'C1', threadTs: '5.1' }]);
});

it('goes by the address of the button where the bot is not in the channel', async () => {
  const { api, parts } = room();
  api.faultNext('chat.postMessage', 'not_in_channel');
  await handleAction(press('a1'), parts);
  expect(api.responses.map(({ body }) => body)).toMatchObject([
    { response_type: 'in_channel', replace_original: false, unfurl_links: false },
    { response_type: 'ephemeral', replace_original: true },
  ]);
});

it('says so where the bot may not post in the thread, and the answer stays private', async () => {
  const { api, bot, parts } = room();
  api.faultNext('chat.postMessage', 'not_in_channel');
  await handleAction(press('a1 5.1'), parts);
  expect(bot.requests.map(({ command }) => command.kind)).toEqual(['share', 'unshare']);
  expect(JSON.stringify(api.responses)).toContain('Invite me to it, then press again.');
});

it('keeps the answer private where posting failed', async () => {
  const { api, bot, parts } = room();
  api.faultNext('chat.postMessage', 'http_500');
  await expect(handleAction(press('a1'), parts)).rejects.toThrow('http_500');
  expect(bot.requests.map(({ command }) => command.kind)).toEqual(['share', 'unshare']);
});

it('says so where the answer is shared already, and posts nothing', async () => {
  const { api, bot, parts } = room();
  bot.resultFor('share', { kind: 'refused', text: 'Everybody here can see that already.' });
  await handleAction(press('a1'), parts);
  expect(api.shown).toEqual([]);
  expect(JSON.stringify(api.responses)).toContain('can see that already');
});
