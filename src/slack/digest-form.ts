import type { types } from '@slack/bolt';
import { cleanLine, clip } from '../answer/show/clean-text.ts';
import { dayName } from '../digest/describe-subscription.ts';
import {
  DEFAULT_SCHEDULE,
  DEFAULT_WISH,
  LIMITS as DIGEST_LIMITS,
  EVERY_DAY,
  type PaperWish,
  type Pickiness,
  type Schedule,
  type Subscription,
} from '../digest/subscription.ts';
import { VIEWS } from './actions.ts';
import { type Block, LIMITS, plain } from './blocks.ts';
import { line, richText, run } from './rich-text.ts';
import { input, modal, option, sourcesInput } from './views.ts';

const PICKINESS: readonly (readonly [Pickiness, string])[] = [
  ['broad', 'Generous: also what is only near'],
  ['normal', 'Normal'],
  ['strict', 'Strict: only what clearly fits'],
];
const EMPTY: readonly (readonly [PaperWish['onEmpty'], string])[] = [
  ['say', 'Say so once'],
  ['silent', 'Stay silent'],
];
const NO_DAY = 'none';
const LONGEST_LIST = 2_000;

/** What the form is opened with. */
export interface FormFacts {
  /** The one to change; without it a new one is made. */
  readonly subscription?: Subscription;
  /** Names of pages that may be chosen. */
  readonly sources: readonly string[];
  /** Of whoever opens it. */
  readonly timeZone?: string;
}

/** The form of a digest; of a watched question only its times can be changed. */
export function renderDigestForm(
  { subscription, sources, timeZone }: FormFacts,
  where: string,
): types.ModalView {
  const { wish = DEFAULT_WISH, schedule } = subscription ?? {};
  const times = schedule ?? { ...DEFAULT_SCHEDULE, ...(timeZone !== undefined && { timeZone }) };
  const about =
    wish.kind === 'question'
      ? [richText(line(run(`I watch the question “${cleanLine(wish.question)}”.`)))]
      : wishInputs(wish, sources);
  return {
    ...modal(subscription === undefined ? 'New digest' : 'Change the digest', [
      ...about,
      ...timeInputs(times),
    ]),
    callback_id: VIEWS.digest,
    submit: plain('Save', LIMITS.title),
    private_metadata: where,
  };
}

function wishInputs(wish: PaperWish, sources: readonly string[]): readonly Block[] {
  const { topics, categories, authors, organizations, most, pickiness, onEmpty, rollUp } = wish;
  const days = EVERY_DAY.map((day) => option(`On ${dayName(day)}s`, String(day)));
  return [
    listInput('topics', 'Topics, one a line, in your own words', topics, '\n'),
    listInput('categories', 'Categories of arXiv, such as cs.LG', categories),
    listInput('authors', 'Authors whose papers always come', authors),
    listInput('organizations', 'Organisations whose papers always come', organizations),
    ...sourcesInput(
      [...new Set([...wish.sources, ...sources])],
      wish.sources,
      'Sources (all when none is chosen)',
    ),
    input('most', 'Papers in one digest, at most', {
      type: 'number_input',
      is_decimal_allowed: false,
      min_value: '1',
      max_value: String(DIGEST_LIMITS.papers),
      initial_value: String(most),
    }),
    choice('pickiness', 'How picky', PICKINESS.map(toOption), pickiness),
    choice('onEmpty', 'On a day without papers', EMPTY.map(toOption), onEmpty),
    choice(
      'rollUp',
      'The week in short',
      [option('Never', NO_DAY), ...days],
      `${rollUp ?? NO_DAY}`,
    ),
  ];
}

function timeInputs({ days, time, timeZone }: Schedule): readonly Block[] {
  const options = EVERY_DAY.map((day) => option(dayName(day), String(day)));
  const on = options.filter(({ value }) => days.map(String).includes(value));
  return [
    input('days', 'Days', {
      type: 'checkboxes',
      options,
      ...(on.length > 0 && { initial_options: on }),
    }),
    input('time', 'Time', { type: 'timepicker', initial_time: time }),
    input('timeZone', 'Time zone or a large city', {
      type: 'plain_text_input',
      max_length: 60,
      initial_value: timeZone,
    }),
  ];
}

function listInput(id: string, label: string, names: readonly string[], between = ', '): Block {
  const written = clip(names.join(between), LONGEST_LIST);
  return input(id, label, {
    type: 'plain_text_input',
    multiline: between === '\n',
    max_length: LONGEST_LIST,
    ...(written !== '' && { initial_value: written }),
  });
}

type Option = ReturnType<typeof option>;

function choice(id: string, label: string, options: readonly Option[], chosen: string): Block {
  const initial = options.find(({ value }) => value === chosen);
  return input(id, label, {
    type: 'static_select',
    options: [...options],
    ...(initial && { initial_option: initial }),
  });
}

function toOption([value, label]: readonly [string, string]): Option {
  return option(label, value);
}
