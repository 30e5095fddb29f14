import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../src/bot/channel-settings.ts';
import { handleAction } from '../../src/slack/handle-actions.ts';
import { handleSlash } from '../../src/slack/handle-commands.ts';
import {
  handleContextChanged,
  handleHomeOpened,
  handleJoined,
  handleStopped,
} from '../../src/slack/handle-home.ts';
import { makeTurn } from '../store/make-turn.ts';
import { problemsOfView } from './check-blocks.ts';
import { makeRoom } from './fake-bot.ts';

const URL = 'https://hooks.slack.com/commands/1';
const turn = makeTurn({ answerId: 'a1' });
const settings = {
  kind: 'settings' as const,
  scope: 'channel' as const,
  settings: DEFAULT_SETTINGS,
  lines: ['I answer when I am mentioned.'],
  sources: ['a.md'],
  mayChange: true,
};

function slash(command: string, text: string) {
  return { command, text, user_id: 'U1', channel_id: 'C1', trigger_id: 't1', response_url: URL };
}

function press(action_id: string, value: string) {
  return {
    user: { id: 'U1' },
    channel: { id: 'C1' },
    message: { ts: '1.1' },
    trigger_id: 't1',
    response_url: URL,
    actions: [{ action_id, value }],
  };
}

describe('/ask', () => {
  it('says that it searches, and asks for the asker alone', async () => {
    const { bot, parts } = makeRoom();
    const { text, after } = handleSlash(slash('/ask', 'What is &lt;LoRA&gt;?'), parts);
    expect(text).toBe('Searching the abstracts…');
    await after();
    expect(bot.received).toMatchObject([
      { kind: 'command', isPrivate: true, text: 'What is <LoRA>?', messageId: 't1' },
    ]);
    expect(bot.received[0]?.replyTo).toContain(URL);
  });

  it('without a question tells what can be asked', async () => {
    const { api, bot, parts } = makeRoom();
    bot.resultFor('help', { kind: 'text', text: 'Ask me a question.' });
    await handleSlash(slash('/ask', ' '), parts).after();
    expect(JSON.stringify(api.responses)).toContain('Ask me a question.');
  });
});

describe('/papers', () => {
  it('answers a command in place of what it said at once', async () => {
    const { api, bot, parts } = makeRoom();
    bot.resultFor('search', { kind: 'refused', text: 'I found no papers for that.' });
    await handleSlash(slash('/papers', 'search sparse attention'), parts).after();
    expect(bot.requests[0]).toMatchObject({
      command: { words: 'sparse attention' },
      isPrivate: true,
    });
    expect(api.responses[0]?.body).toMatchObject({ replace_original: true });
  });

  it('asks a comparison like a question', async () => {
    const { bot, parts } = makeRoom();
    await handleSlash(slash('/papers', 'compare LoRA with QLoRA'), parts).after();
    expect(bot.received[0]?.text).toBe('Compare LoRA with QLoRA');
  });

  it('opens the form of the settings for those who may change them only', async () => {
    const { api, bot, parts } = makeRoom();
    bot.resultFor('settings', { ...settings, mayChange: false });
    await handleSlash(slash('/papers', 'settings'), parts).after();
    expect(api.called('views.open')).toEqual([]);
    api.admins.add('U1');
    bot.resultFor('settings', settings);
    await handleSlash(slash('/papers', 'settings'), parts).after();
    expect(bot.requests.map(({ isAdmin }) => isAdmin)).toEqual([false, true]);
    expect(problemsOfView(api.called('views.open')[0]?.view as object)).toEqual([]);
  });
});

describe('a button', () => {
  it('"Show evidence" opens a modal at once and fills it', async () => {
    const { api, bot, parts } = makeRoom();
    bot.resultFor('answer', { kind: 'answer', turn, isPrivate: false });
    await handleAction(press('evidence', 'a1'), parts);
    expect(JSON.stringify(api.called('views.open'))).toContain('One moment');
    expect(JSON.stringify(api.called('views.update'))).toContain('"bold":true');
  });

  it('"Show evidence" says so where the answer is not for that person', async () => {
    const { api, bot, parts } = makeRoom();
    bot.resultFor('answer', { kind: 'refused', text: 'That answer is not here any more.' });
    await handleAction(press('evidence', 'a1'), parts);
    expect(JSON.stringify(api.called('views.update'))).toContain('not here any more');
  });

  const file = {
    kind: 'file',
    name: 'p.bib',
    content: '@misc{}',
    text: 'One <!here>.',
    isPrivate: false,
  } as const;

  it('"Export BibTeX" sends the file into the thread of an answer that all see', async () => {
    const { api, bot, parts } = makeRoom();
    bot.resultFor('export', file);
    await handleAction(press('bibtex', 'a1'), parts);
    expect(api.uploads).toMatchObject([{ channel: 'C1', threadTs: '1.1', name: 'p.bib' }]);
    expect(api.responses).toEqual([]);
  });

  it.each([
    ['is private', { isPrivate: true }, {}],
    ['stands in a message for one person', {}, { container: { is_ephemeral: true } }],
  ])('"Export BibTeX" sends the file to the person alone where it %s', async (_, its, more) => {
    const { api, bot, parts } = makeRoom();
    bot.resultFor('export', { ...file, ...its });
    await handleAction({ ...press('bibtex', 'a1'), ...more }, parts);
    expect(api.uploads).toMatchObject([{ channel: 'DU1', name: 'p.bib' }]);
    expect(api.uploads[0]?.comment).not.toContain('<');
  });

  it('"Export BibTeX" sends the file directly where the bot is not in the channel', async () => {
    const { api, bot, parts } = makeRoom();
    bot.resultFor('export', file);
    api.faultNext('upload', 'not_in_channel');
    await handleAction(press('bibtex', 'a1'), parts);
    expect(api.uploads).toMatchObject([{ channel: 'DU1' }]);
  });

  it('of a question on the Home tab opens it in a form', async () => {
    const { api, parts } = makeRoom();
    const { channel: _, message: __, response_url: ___, ...home } = press('ask-2', 'What is X?');
    await handleAction(home, parts);
    const { view } = api.called('views.open')[0] ?? {};
    expect(JSON.stringify(view)).toContain('"initial_value":"What is X?"');
    expect(JSON.stringify(view)).toContain('U1');
  });

  it('of feedback keeps the vote and says nothing', async () => {
    const { api, bot, parts } = makeRoom();
    bot.resultFor('feedback', { kind: 'text', text: 'Thank you.' });
    await handleAction(press('feedback', 'down a1'), parts);
    expect(bot.requests[0]?.command).toEqual({ kind: 'feedback', answerId: 'a1', vote: 'down' });
    expect(api.responses).toEqual([]);
  });

  it('of settings opens nothing for those who may not', async () => {
    const { api, bot, parts } = makeRoom();
    bot.resultFor('settings', { ...settings, mayChange: false });
    await handleAction(press('settings', 'workspace'), parts);
    expect(api.called('views.open')).toEqual([]);
    expect(api.responses).toHaveLength(1);
  });

  it('that is not ours does nothing', async () => {
    const { api, parts } = makeRoom();
    await handleAction(press('other', 'x'), parts);
    expect([api.calls, api.responses]).toEqual([[], []]);
  });
});

describe('events without a question', () => {
  it('publish the Home tab and offer questions in direct messages', async () => {
    const { api, bot, parts } = makeRoom();
    bot.resultFor('status', { kind: 'refused', text: 'x' });
    bot.resultFor('recent', { kind: 'recent', questions: [] });
    const opened = { user: 'U1', channel: 'D1' };
    await handleHomeOpened({ ...opened, tab: 'home' }, parts);
    expect(problemsOfView(api.called('views.publish')[0]?.view as object)).toEqual([]);
    await handleHomeOpened({ ...opened, tab: 'messages' }, parts);
    expect(api.called('assistant.threads.setSuggestedPrompts')[0]).toEqual({
      channel_id: 'D1',
      title: 'You could ask',
      prompts: [{ title: 'What does LoRA do?', message: 'What does LoRA do?' }],
    });
  });

  it('offer questions on the papers of the channel that is looked at', async () => {
    const { api, bot, parts } = makeRoom();
    const entities = [
      { type: 'slack#/types/canvas_id', value: 'F1' },
      { type: 'slack#/types/channel_id', value: 'C7' },
    ];
    const opened = { user: 'U1', channel: 'D1', context: { entities } };
    await handleHomeOpened({ ...opened, tab: 'messages' }, parts);
    const value = { channel_id: 'C8', message_ts: '1.1' };
    const context = { entities: [{ type: 'slack#/types/message_context', value }] };
    await handleContextChanged({ ...opened, context }, parts);
    await handleContextChanged({ ...opened, context: {} }, parts);
    expect(bot.suggestedIn).toEqual(['C7', 'C8', 'D1']);
    expect(api.called('assistant.threads.setSuggestedPrompts')).toHaveLength(3);
  });

  it('introduce the bot once where it was brought in, and nobody else', async () => {
    const { api, parts } = makeRoom();
    for (const user of ['U1', 'UBOT', 'UBOT']) {
      await handleJoined({ user, channel: 'C1' }, parts);
    }
    expect(api.shown).toHaveLength(1);
  });

  it('stop what is in work in a thread', async () => {
    const { api, bot, parts } = makeRoom();
    await handleStopped({ channel: 'C1', thread_ts: '1.1', user: 'U1' }, parts);
    expect(bot.stopped).toEqual(['slack:T1:C1:1.1', 'slack:T1:C1:1.1:U1']);
    expect(api.sessions.get('1.1')).toBe('closed');
  });
});
