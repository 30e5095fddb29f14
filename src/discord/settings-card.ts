import {
  type APIComponentInContainer,
  type APISelectMenuOption,
  ComponentType,
  type RESTPostAPIInteractionCallbackJSONBody,
  TextInputStyle,
} from 'discord.js';
import type { ChannelSettings } from '../bot/channel-settings.ts';
import type { SettingsInForce, SettingsScope } from '../bot/commands/command.ts';
import { FLAG_LABELS, MODE_LABELS } from '../bot/setting-labels.ts';
import { button, buttonRow, card, LIMITS, note, text } from './components.ts';
import { ACTIONS, FORMS } from './custom-id.ts';
import { escapeWithin, plainText } from './escape.ts';
import type { Outgoing } from './outgoing.ts';

/** What a list of the card sets. */
export const FIELDS = ['answerMode', 'flags', 'sources'] as const;
type Field = (typeof FIELDS)[number];

const LONGEST_LINES = 3_000;
const LONGEST_PROBLEM = 500;

/** The settings in force; with lists to choose from for those who may change them. */
export function renderSettings(inForce: SettingsInForce): Outgoing {
  const { lines, mayChange, scope } = inForce;
  const title = scope === 'channel' ? 'Settings in this channel' : 'Settings of the whole server';
  const said = lines.map((line) => `- ${escapeWithin(line, LONGEST_LINES / lines.length)}`);
  return card([
    text([`**${title}**`, ...said].join('\n')),
    ...(mayChange
      ? renderLists(inForce)
      : [note('Whoever may manage the server can change them.')]),
  ]);
}

function renderLists({ settings, sources, scope }: SettingsInForce) {
  const modes = MODE_LABELS.map(([value, label]) =>
    option(label, value, settings.answerMode === value),
  );
  const flags = FLAG_LABELS.map(([value, label]) => option(label, value, settings[value]));
  return [
    ...list('answerMode', scope, { placeholder: 'When I answer', options: modes, most: 1 }),
    ...list('flags', scope, { placeholder: 'And', options: flags, least: 0 }),
    ...list('sources', scope, {
      placeholder: 'Answer from all pages',
      options: sourceOptions(sources, settings),
      least: 0,
    }),
    ...buttonRow([button('Years of papers', `${ACTIONS.years}:${scope}`)]),
  ];
}

function list(
  field: Field,
  scope: SettingsScope,
  {
    placeholder,
    options,
    least = 1,
    most = options.length,
  }: {
    readonly placeholder: string;
    readonly options: APISelectMenuOption[];
    readonly least?: number;
    readonly most?: number;
  },
): readonly APIComponentInContainer[] {
  if (options.length === 0) return [];
  const select = {
    type: ComponentType.StringSelect as const,
    custom_id: `${ACTIONS.setting}:${field}.${scope}`,
    placeholder,
    options,
    min_values: least,
    max_values: most,
  };
  return [{ type: ComponentType.ActionRow, components: [select] }];
}

/** A name that Discord cannot carry whole could not be told from another when it comes back. */
function sourceOptions(sources: readonly string[], { papers }: ChannelSettings) {
  return sources
    .filter((name) => name !== '' && name.length <= LIMITS.option)
    .slice(0, LIMITS.options)
    .map((name) => option(name, name, papers.sources?.includes(name) ?? false));
}

function option(label: string, value: string, isOn: boolean): APISelectMenuOption {
  return { label: plainText(label, LIMITS.option), value, default: isOn };
}

/** The form for the years of papers that answers come from. */
export function renderYearsForm(
  { papers }: ChannelSettings,
  scope: SettingsScope,
): RESTPostAPIInteractionCallbackJSONBody {
  return {
    type: 9,
    data: {
      custom_id: `${FORMS.years}:${scope}`,
      title: 'Years of papers',
      components: [
        yearField('fromYear', 'Papers from the year', papers.fromYear),
        yearField('toYear', 'Papers up to the year', papers.toYear),
      ],
    },
  };
}

function yearField(id: string, label: string, value: number | undefined) {
  return {
    type: ComponentType.Label as const,
    label,
    component: {
      type: ComponentType.TextInput as const,
      custom_id: id,
      style: TextInputStyle.Short,
      required: false,
      max_length: 4,
      ...(value !== undefined && { value: String(value) }),
    },
  };
}

const LONGEST_QUESTION = 2_000;

/** The form for a question about a message, whose text is there to be edited. */
export function renderAskForm(about: string): RESTPostAPIInteractionCallbackJSONBody {
  const value = plainText(about, LONGEST_QUESTION);
  return {
    type: 9,
    data: {
      custom_id: FORMS.ask,
      title: 'Ask the papers',
      components: [
        {
          type: ComponentType.Label,
          label: 'Your question',
          component: {
            type: ComponentType.TextInput,
            custom_id: 'question',
            style: TextInputStyle.Paragraph,
            required: true,
            min_length: 1,
            max_length: LONGEST_QUESTION,
            ...(value !== '–' && { value }),
          },
        },
      ],
    },
  };
}

/** What a form that was sent says above the settings that hold now. */
export function renderProblem(problem: string, inForce: Outgoing): Outgoing {
  const [first, ...rest] = inForce.components;
  const said = card([text(escapeWithin(problem, LONGEST_PROBLEM))], { isWarning: true });
  return { components: [...said.components, ...(first === undefined ? [] : [first]), ...rest] };
}
