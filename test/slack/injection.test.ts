import { describe, expect, it } from 'vitest';
import { renderBibtex } from '../../src/bot/commands/bibtex.ts';
import { handleAction } from '../../src/slack/handle-actions.ts';
import { handleSlash } from '../../src/slack/handle-commands.ts';
import { handleContextChanged, handleHomeOpened } from '../../src/slack/handle-home.ts';
import { handleShortcut } from '../../src/slack/handle-views.ts';
import { makeRoom } from './fake-bot.ts';
import type { FakeSlackApi } from './fake-slack-api.ts';
import { HOSTILE } from './hostile.ts';
import { problemsOfSent } from './judge-sent.ts';
import { first, openDoor, signal } from './open-door.ts';
import { resultsWith } from './results.ts';
import { aliveIn } from './slack-reader.ts';
import { hostileTurn, RECORD } from './turns.ts';

// The second is where the nearest paper stands, which is no text of anybody.
const RECORDS = new Set([RECORD, 'https://arxiv.org/abs/2401.00001']);
const URL = 'https://hooks.slack.com/actions/1';

const COMMANDS_OF: Readonly<Record<string, readonly string[]>> = {
  text: ['feedback'],
  papers: ['search', 'similar'],
  paper: ['show'],
  status: ['status'],
  settings: ['settings'],
  recent: ['recent'],
  digests: ['digest'],
};

/** Everything that leaves through the handlers when one text stands wherever people may write. */
async function allThatHandlersSend(text: string): Promise<FakeSlackApi> {
  const { api, bot, parts } = makeRoom();
  const turn = hostileTurn(text);
  for (const result of resultsWith(text)) {
    for (const kind of COMMANDS_OF[result.kind] ?? []) bot.resultFor(kind, result);
  }
  bot.resultFor('answer', { kind: 'answer', turn, isPrivate: true });
  bot.resultFor('share', { kind: 'answer', turn, isPrivate: false });
  const content = renderBibtex(turn.papers.slice(0, 1));
  bot.resultFor('export', { kind: 'file', name: 'papers.bib', content, text, isPrivate: true });
  bot.suggestions = [text, text];
  api.profile = { real_name: text, profile: { display_name: text } };
  api.admins.add('U1');
  await pressAll(parts);
  const commands = [
    'search x',
    'similar x',
    'show x',
    'recent',
    'status',
    'settings',
    'help',
    'digest list',
    text,
  ];
  for (const words of commands) {
    const slash = { user_id: 'U1', channel_id: 'C1', trigger_id: 't', response_url: URL };
    bot.resultFor('help', { kind: 'refused', text });
    await handleSlash({ ...slash, command: '/papers', text: words }, parts).after();
  }
  const opened = { user: 'U1', channel: 'D1', context: {} };
  await handleHomeOpened({ ...opened, tab: 'home' }, parts);
  await handleHomeOpened({ ...opened, tab: 'messages' }, parts);
  await handleContextChanged(opened, parts);
  const message = { text, ts: '1.1' };
  await handleShortcut(
    { user: { id: 'U1' }, trigger_id: 't', channel: { id: 'C1' }, message },
    parts,
  );
  return api;
}

async function pressAll(parts: Parameters<typeof handleAction>[1]): Promise<void> {
  const pressed = { user: { id: 'U1' }, channel: { id: 'C1' }, message: { ts: '1.1' } };
  for (const action_id of [
    'evidence',
    'similar',
    'bibtex',
    'share',
    'feedback',
    'settings',
    'ask',
  ]) {
    const actions = [{ action_id, value: 'up a1' }];
    await handleAction({ ...pressed, trigger_id: 't', response_url: URL, actions }, parts);
  }
}

/** Everything that a reply sends: in a thread streamed and edited, in private, refused and failed. */
async function allThatRepliesSend(text: string): Promise<FakeSlackApi> {
  const { api, open } = openDoor();
  const turn = hostileTurn(text);
  const refusal = { ...turn, answer: { ...turn.answer, kind: 'insufficient-evidence' as const } };
  const { sentences, citations } = turn.answer;
  for (const isPrivate of [false, true]) {
    for (const shown of [turn, refusal]) {
      const reply = open({ text, messageId: `${Math.random()}` }, { isPrivate });
      await reply.status('Searching…', signal);
      for (const sentence of sentences) {
        // A stream that holds no more is no failure of a reply.
        await reply.sentence({ sentence, citations }, signal).catch(() => {});
      }
      await reply.final({ kind: 'answer', turn: shown }, first);
    }
    await open({}, { isPrivate }).final({ kind: 'refused', text }, first);
    await open({}, { isPrivate }).final({ kind: 'stopped', text }, first);
    await open({}, { isPrivate }).fail({ text, reference: 'r' }, first);
    for (const result of resultsWith(text)) {
      if (result.kind !== 'file')
        await open({}, { isPrivate }).final({ kind: 'result', result }, first);
    }
  }
  return api;
}

describe('whatever people, papers and models write', () => {
  it('is tried with at least seventy texts', () => {
    expect(HOSTILE.length).toBeGreaterThanOrEqual(70);
  });

  it.each(HOSTILE)('comes alive in no reply: %s', async (_, text) => {
    expect(problemsOfSent(await allThatRepliesSend(text), RECORDS)).toEqual([]);
  });

  it.each(HOSTILE)('comes alive on no button, in no form, list or tab: %s', async (_, text) => {
    const api = await allThatHandlersSend(text);
    expect(problemsOfSent(api, RECORDS)).toEqual([]);
    const methods = new Set(api.calls.map(({ method }) => method));
    for (const method of ['views.open', 'views.update', 'views.publish', 'chat.postMessage']) {
      expect(methods).toContain(method);
    }
    expect(api.uploads.length + api.responses.length).toBeGreaterThan(10);
  });
});

describe('the reader that judges', () => {
  it.each([
    ['mrkdwn', '<!channel>'],
    ['mrkdwn', '<https://evil.example|arxiv>'],
    ['mrkdwn', 'see https://evil.example'],
    ['mrkdwn', ':tada:'],
    ['mrkdwn', 'a *bold* word'],
    ['mrkdwn', 'AT&T'],
    ['plain', '<@U1>'],
    ['plain', 'a\u202eb'],
    ['plain', 'evil.example'],
    ['markdown', '[1](https://evil.example)'],
    ['markdown', '[click](https://huggingface.co/papers/2401.00001)'],
    ['markdown', '[a][b]'],
    ['markdown', '[b]: x'],
    ['markdown', '![x]'],
    ['markdown', '# heading'],
    ['markdown', '> quote'],
    ['markdown', 'so **bold**'],
    ['markdown', '`code`'],
    ['markdown', 'tel:123'],
  ] as const)('finds what is alive in %s: %s', (markup, text) => {
    expect(aliveIn(text, markup, RECORDS)).not.toEqual([]);
  });

  it.each([
    ['mrkdwn', '&lt;!channel&gt; 3 &amp; 4 snake_case'],
    ['plain', 'GPT-3.5 costs 0.3 points, 10:30, [1]'],
    ['markdown', `**A title**\nIt costs.\u00a0[[1](${RECORD})][2]`],
    ['markdown', '**Supports**\n- A paper [1] “quote”'],
  ] as const)('lets what is ours pass in %s: %s', (markup, text) => {
    expect(aliveIn(text, markup, RECORDS)).toEqual([]);
  });
});
