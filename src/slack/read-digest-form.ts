import {
  DEFAULT_WISH,
  EVERY_DAY,
  LIMITS,
  type PaperWish,
  type Schedule,
  type Weekday,
} from '../digest/subscription.ts';
import { findTimeZone, isTimeZone } from '../digest/time-zone.ts';
import type { FormErrors, FormValues } from './form-values.ts';

/** A form as it was sent: read, or what is wrong with it by the block it stands at. */
export type ReadForm<T> =
  | { readonly kind: 'read'; readonly value: T }
  | { readonly kind: 'wrong'; readonly errors: NonNullable<FormErrors> };

const CATEGORY = /^[a-z-]+(?:\.[A-Za-z-]{2,})?$/;

/** The papers that a form wants. Nothing in it is trusted: it may be forged. */
export function readWish(values: FormValues): ReadForm<PaperWish> {
  const topics = listOf(values.text('topics'), /\n/);
  const names = {
    categories: listOf(values.text('categories'), /[,\s]+/),
    authors: listOf(values.text('authors'), /[,;\n]/),
    organizations: listOf(values.text('organizations'), /[,;\n]/),
    sources: values.all('sources'),
  };
  const most = Number(values.text('most') || DEFAULT_WISH.most);
  const errors = {
    ...topicErrors(topics),
    ...nameErrors(names),
    ...(isCount(most) ? {} : { most: `A digest holds 1 to ${LIMITS.papers} papers.` }),
  };
  if (Object.keys(errors).length > 0) return { kind: 'wrong', errors };
  if ([topics, ...Object.values(names)].every((list) => list.length === 0)) {
    return wrong('topics', 'Say what it shall be about, such as: agents that use tools');
  }
  const rollUp = dayOf(values.one('rollUp'));
  const pickiness = oneOf(values.one('pickiness'), ['broad', 'normal', 'strict'] as const);
  const onEmpty = oneOf(values.one('onEmpty'), ['say', 'silent'] as const);
  const wish: PaperWish = {
    ...DEFAULT_WISH,
    ...names,
    topics,
    most,
    ...(pickiness && { pickiness }),
    ...(onEmpty && { onEmpty }),
    ...(rollUp && { rollUp }),
  };
  return { kind: 'read', value: wish };
}

/** When a form wants it. */
export function readTimes(values: FormValues): ReadForm<Schedule> {
  const days = EVERY_DAY.filter((day) => values.all('days').includes(String(day)));
  const time = values.text('time');
  const named = values.text('timeZone').replace(/\s+time$/i, '');
  const timeZone = isTimeZone(named) ? named : findTimeZone(named);
  if (days.length === 0) return wrong('days', 'Choose at least one day.');
  if (!/^(?:[01]\d|2[0-3]):[0-5]\d$/.test(time)) return wrong('time', 'Choose a time of day.');
  if (timeZone === undefined) {
    return wrong(
      'timeZone',
      'I know no such time zone. Write one as Europe/Berlin, or a large city.',
    );
  }
  return { kind: 'read', value: { days, time, timeZone } };
}

function topicErrors(topics: readonly string[]): Readonly<Record<string, string>> {
  if (topics.length > LIMITS.topics) {
    return { topics: `Those are ${topics.length} topics; a digest has ${LIMITS.topics} at most.` };
  }
  const isLong = topics.some((topic) => topic.length > LIMITS.topicLength);
  return isLong ? { topics: `A topic has ${LIMITS.topicLength} signs at most.` } : {};
}

function nameErrors(
  names: Readonly<Record<string, readonly string[]>>,
): Readonly<Record<string, string>> {
  const many = Object.entries(names)
    .filter(([, list]) => list.length > LIMITS.names)
    .map(([name]) => [name, `Those are too many: ${LIMITS.names} at most.`]);
  const long = Object.entries(names)
    .filter(([, list]) => list.some((one) => one.length > LIMITS.topicLength))
    .map(([name]) => [name, `A name has ${LIMITS.topicLength} signs at most.`]);
  const strange = (names.categories ?? []).find((name) => !CATEGORY.test(name));
  const unknown =
    strange === undefined ? [] : [['categories', 'Write categories as arXiv does, such as cs.LG.']];
  return Object.fromEntries([...many, ...long, ...unknown]);
}

function listOf(text: string, between: RegExp): readonly string[] {
  const names = text.split(between).map((name) => name.trim());
  return [...new Set(names.filter((name) => name !== ''))];
}

function isCount(most: number): boolean {
  return Number.isInteger(most) && most >= 1 && most <= LIMITS.papers;
}

function dayOf(value: string | undefined): Weekday | undefined {
  return EVERY_DAY.find((day) => String(day) === value);
}

function oneOf<T extends string>(value: string | undefined, known: readonly T[]): T | undefined {
  return known.find((each) => each === value);
}

function wrong<T>(block: string, text: string): ReadForm<T> {
  return { kind: 'wrong', errors: { [block]: text } };
}
