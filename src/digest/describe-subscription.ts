import {
  EVERY_DAY,
  type PaperWish,
  type Pickiness,
  type Schedule,
  type Subscription,
  type Weekday,
  WORKDAYS,
} from './subscription.ts';

const DAY_NAMES = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const PICKY: Readonly<Record<Pickiness, string>> = {
  broad: 'generously chosen',
  normal: '',
  strict: 'strictly chosen',
};

/** A subscription in one sentence, with its number and what has become of it. */
export function describeSubscription(
  { wish, schedule, state }: Pick<Subscription, 'wish' | 'schedule' | 'state'>,
  number?: number,
): string {
  const what =
    wish.kind === 'question'
      ? `watches the question “${wish.question}”, asked again ${describeSchedule(schedule)}`
      : `${describeWish(wish)}, ${describeSchedule(schedule)}`;
  const is = { active: '', paused: ' (paused)', gone: ' (ended: the channel is gone)' }[state];
  return `${number === undefined ? '' : `${number}. `}${what}${is}`;
}

/** "on weekdays at 09:00 (Europe/Berlin)". */
export function describeSchedule({ days, time, timeZone }: Schedule): string {
  return `${describeDays(days)} at ${time} (${timeZone})`;
}

export function dayName(day: Weekday): string {
  return DAY_NAMES[day - 1] ?? '';
}

function describeWish(wish: PaperWish): string {
  const about = [
    wish.topics.length > 0 && `about ${listed(wish.topics.map((topic) => `“${topic}”`))}`,
    wish.authors.length > 0 && `by ${listed(wish.authors)}`,
    wish.organizations.length > 0 && `from ${listed(wish.organizations)}`,
    wish.categories.length > 0 && `in ${listed(wish.categories)}`,
    wish.sources.length > 0 && `out of ${listed(wish.sources)}`,
  ].filter((part) => part !== false);
  const details = [
    PICKY[wish.pickiness],
    wish.rollUp === undefined ? '' : `the week in short on ${dayName(wish.rollUp)}s`,
    wish.onEmpty === 'silent' ? 'silent when there is nothing' : '',
  ].filter((part) => part !== '');
  const papers = wish.most === 1 ? 'one paper' : `up to ${wish.most} papers`;
  return [[papers, ...about].join(' '), ...details].join(', ');
}

function describeDays(days: readonly Weekday[]): string {
  const is = (others: readonly Weekday[]) => others.join() === days.join();
  if (is(EVERY_DAY)) return 'every day';
  if (is(WORKDAYS)) return 'on weekdays';
  return `on ${listed(days.map((day) => `${dayName(day)}s`))}`;
}

/** "a, b and c". */
export function listed(names: readonly string[]): string {
  if (names.length < 2) return names.join('');
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
