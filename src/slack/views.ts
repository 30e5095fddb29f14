import type { types } from '@slack/bolt';
import { cleanLine, clip } from '../answer/show/clean-text.ts';
import type { SettingsInForce } from '../bot/commands/command.ts';
import { FLAG_LABELS, MODE_LABELS } from '../bot/setting-labels.ts';
import { VIEWS } from './actions.ts';
import { type Block, LIMITS, note, plain } from './blocks.ts';
import { line, richText, run } from './rich-text.ts';

/** A modal while something is looked up: Slack waits three seconds for the first one. */
export function renderWaiting(title: string): types.ModalView {
  return modal(title, [note('One moment…')]);
}

/** A modal that says one thing. */
export function renderNotice(title: string, text: string): types.ModalView {
  return modal(title, [richText(line(run(cleanLine(text))))]);
}

/** A modal with a button to close it. */
export function modal(title: string, blocks: readonly Block[]): types.ModalView {
  return {
    type: 'modal',
    title: plain(title, LIMITS.title),
    close: plain('Close', LIMITS.title),
    blocks: [...blocks],
  };
}

/** A form for a question; the text it is about is shown to be edited. */
export function renderAskForm(text: string, where: string): types.ModalView {
  const about = cleanLine(text);
  return {
    ...modal('Ask the papers', [
      {
        type: 'input',
        block_id: 'question',
        label: plain('Question', 200),
        element: {
          type: 'plain_text_input',
          action_id: 'question',
          multiline: true,
          max_length: 2_000,
          ...(about !== '' && { initial_value: clip(about, 2_000) }),
        },
      },
      note('Only you see the answer. It comes where you asked, or else as a direct message.'),
    ]),
    callback_id: VIEWS.ask,
    submit: plain('Ask', LIMITS.title),
    private_metadata: where,
  };
}

const MOST_SOURCES = 100;

/** The form of the settings of a channel, or of all channels. */
export function renderSettingsForm(
  { settings, sources, scope }: SettingsInForce,
  where: string,
): types.ModalView {
  const modes = MODE_LABELS.map(([value, label]) => option(label, value));
  const flags = FLAG_LABELS.map(([value, label]) => option(label, value));
  const on = flags.filter((_, i) => FLAG_LABELS[i] !== undefined && settings[FLAG_LABELS[i][0]]);
  const mode = modes.find(({ value }) => value === settings.answerMode);
  return {
    ...modal(scope === 'channel' ? 'Settings here' : 'Settings everywhere', [
      input('answerMode', 'I answer', {
        type: 'radio_buttons',
        options: modes,
        ...(mode && { initial_option: mode }),
      }),
      input('flags', 'And', {
        type: 'checkboxes',
        options: flags,
        ...(on.length > 0 && { initial_options: on }),
      }),
      ...sourcesInput(sources, settings.papers.sources ?? []),
      yearInput('fromYear', 'Papers from the year', settings.papers.fromYear),
      yearInput('toYear', 'Papers up to the year', settings.papers.toYear),
    ]),
    callback_id: VIEWS.settings,
    submit: plain('Save', LIMITS.title),
    private_metadata: where,
  };
}

/** Pages to choose from; nothing where there are none. */
export function sourcesInput(
  sources: readonly string[],
  chosen: readonly string[],
  label = 'Pages to answer from (all when none is chosen)',
): readonly Block[] {
  // A name that Slack cannot carry whole could not be told from another when it comes back.
  const named = sources.filter((name) => name !== '' && name.length <= LIMITS.option);
  const options = named.slice(0, MOST_SOURCES).map((name) => option(name, name));
  if (options.length === 0) return [];
  const picked = options.filter(({ value }) => chosen.includes(value));
  return [
    input('sources', label, {
      type: 'multi_static_select',
      options,
      ...(picked.length > 0 && { initial_options: picked }),
    }),
  ];
}

function yearInput(id: string, label: string, value: number | undefined): Block {
  return input(id, label, {
    type: 'number_input',
    is_decimal_allowed: false,
    min_value: '1900',
    max_value: '2200',
    ...(value !== undefined && { initial_value: String(value) }),
  });
}

/** A field of a form. */
export function input(id: string, label: string, element: types.InputBlock['element']): Block {
  return {
    type: 'input',
    block_id: id,
    label: plain(label, 200),
    optional: id !== 'answerMode',
    element: { ...element, action_id: id },
  };
}

/** Something to be chosen. */
export function option(label: string, value: string) {
  return { text: plain(label, LIMITS.option), value };
}
