import { describe, expect, it } from 'vitest';
import { handleShortcut, handleSubmission } from '../../src/slack/handle-views.ts';
import { makeRoom } from './fake-bot.ts';

describe('a form', () => {
  const view = (callback_id: string, values: object) => ({
    user: { id: 'U1' },
    view: { id: 'V1', callback_id, private_metadata: '{"channelId":"C1"}', state: { values } },
  });

  it('on a message in a channel offers its answer to the thread of that message', async () => {
    const { api, bot, parts } = makeRoom();
    const message = { text: 'x', ts: '5.1' };
    const shortcut = { user: { id: 'U1' }, trigger_id: 't', channel: { id: 'C1' }, message };
    for (const more of [{}, { thread_ts: '5.1' }, { thread_ts: '4.4' }]) {
      await handleShortcut({ ...shortcut, message: { ...message, ...more } }, parts);
      const [opened = {}] = api.called('views.open').slice(-1);
      const { private_metadata } = opened.view as { private_metadata: string };
      const form = view('ask_form', { question: { question: { value: 'What?' } } });
      await handleSubmission({ ...form, view: { ...form.view, private_metadata } }, parts);
    }
    const asked = bot.received.map(({ threadId, replyTo = '' }) => [threadId, JSON.parse(replyTo)]);
    expect(asked).toEqual([
      [undefined, { isMessage: false, shareIn: '5.1' }],
      [undefined, { isMessage: false, shareIn: '5.1' }],
      ['4.4', { isMessage: false, shareIn: '4.4' }],
    ]);
  });

  // Saved settings looked as if they had failed where the tab took more than three seconds.
  it('of the settings of all channels is answered before the Home tab is shown anew', async () => {
    const { api, bot, parts } = makeRoom();
    for (const kind of ['change-settings', 'status', 'recent']) {
      bot.resultFor(
        kind,
        kind === 'recent' ? { kind, questions: [] } : { kind: 'text', text: 'x' },
      );
    }
    const form = view('settings_form', {});
    const private_metadata = '{"channelId":"","scope":"workspace"}';
    const given = { ...form, view: { ...form.view, private_metadata } };
    const { errors, after } = await handleSubmission(given, parts);
    expect([errors, api.called('views.publish')]).toEqual([undefined, []]);
    await after?.();
    expect(api.called('views.publish')).toHaveLength(1);
  });

  it.each([
    ['No paper is from 2025 or later and from 2020 or earlier.', 'toYear'],
    ['Write a year as a number from 1900 to 2200.', 'toYear'],
    ['I hold no page named x.', 'sources'],
    ['These settings are not in a form I know.', 'answerMode'],
  ])('of settings says at the field what is wrong: %s', async (text, field) => {
    const { bot, parts } = makeRoom();
    bot.resultFor('change-settings', { kind: 'refused', text });
    const values = { sources: { sources: { selected_options: [] } } };
    expect(await handleSubmission(view('settings_form', values), parts)).toEqual({
      errors: { [field]: text },
    });
  });

  it('with a question asks it in private', async () => {
    const { bot, parts } = makeRoom();
    const values = { question: { question: { value: 'What is LoRA?' } } };
    expect(await handleSubmission(view('ask_form', values), parts)).toEqual({});
    expect(bot.received).toMatchObject([{ channelId: 'C1', isPrivate: true, messageId: 'V1' }]);
  });

  it('of settings is checked by the bot, with who sends it now', async () => {
    const { api, bot, parts } = makeRoom();
    bot.resultFor('change-settings', { kind: 'refused', text: 'Only people who manage …' });
    const values = {
      answerMode: { answerMode: { selected_option: { value: 'questions' } } },
      flags: { flags: { selected_options: [{ value: 'followUps' }] } },
      sources: { sources: { selected_options: [] } },
      fromYear: { fromYear: { value: '2020' } },
      toYear: { toYear: { value: null } },
    };
    expect(await handleSubmission(view('settings_form', values), parts)).toEqual({
      errors: { answerMode: 'Only people who manage …' },
    });
    expect(bot.requests[0]).toMatchObject({
      isAdmin: false,
      command: {
        scope: 'channel',
        change: {
          answerMode: 'questions',
          followUps: true,
          isPrivate: false,
          isMuted: false,
          papers: { fromYear: 2020 },
        },
      },
    });
    expect(api.called('users.info')).toHaveLength(1);
  });

  it('opens from a message with its text, to be asked about', async () => {
    const { api, parts } = makeRoom();
    const message = { text: 'We use <https://x.y|LoRA> &amp; more' };
    const shortcut = { user: { id: 'U1' }, trigger_id: 't', channel: { id: 'C1' }, message };
    await handleShortcut(shortcut, parts);
    expect(JSON.stringify(api.called('views.open'))).toContain('We use LoRA & more');
  });
});
