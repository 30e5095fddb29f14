import type { Reading } from './reading.ts';
import { EVERY_DAY, type Schedule, type Weekday, WORKDAYS } from './subscription.ts';
import { findTimeZone } from './time-zone.ts';

const DAY = `(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:days?)?`;
const NAMES = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const DAY_RANGE = new RegExp(
  String.raw`\b(?:on |from )?(${DAY})\s*(?:-|–|to|through|till|until)\s*(${DAY})\b`,
  'i',
);
const DAY_LIST = new RegExp(
  String.raw`\b(?:on |every |each )*(${DAY}(?:\s*(?:,|and|&|\+)\s*(?:on |every )?${DAY})*)\b`,
  'i',
);
const DAY_WORDS: readonly (readonly [RegExp, readonly Weekday[]])[] = [
  [/\b(?:on |every |each )*(?:week|work|working |business )days?\b/i, WORKDAYS],
  [/\b(?:on |every |each )*weekends?\b/i, [6, 7]],
  [/\b(?:daily|every ?day|each day|all days)\b/i, EVERY_DAY],
];
const WEEKLY = /\b(?:weekly|(?:once|every|each) (?:a )?week)\b/i;
const ROLL_UP = new RegExp(
  String.raw`\b(?:with )?(?:an? )?(?:weekly |week's )?roll-? ?up(?: on)?(?:\s+(?:every )?(${DAY}))?\b`,
  'i',
);
const NOON = /\b(?:at )?(noon|midnight)\b/i;
const CLOCK =
  /\b(?:at|around|@)\s*(\d{1,2})(?:[:.h](\d{2}))?\s*(a\.?m\.?|p\.?m\.?|o'?clock|h|uhr)?(?![\d:])/i;
const BARE_CLOCK =
  /(?<![\d.:])(\d{1,2})(?:[:h](\d{2})\s*(a\.?m\.?|p\.?m\.?)?|\s*(a\.?m\.?|p\.?m\.?))(?![\w:])/i;
const ZONE_NAME =
  /\b(?:in |time ?zone:? ?)?([A-Z][A-Za-z]+\/[A-Za-z_]+(?:\/[A-Za-z_]+)?)\b(?: time)?/;
const CITY_TIME = /\b(?:in |on )?((?:\p{Lu}[\p{L}.'-]*\s){1,3}|\p{L}[\p{L}.'-]*\s)time\b/u;
const UTC = /\b(?:in )?(UTC|GMT)\b(?: time)?/;
const SHORT_ZONE = /\b(?:in )?([ECMP][SD]?T|CES?T|EES?T|WES?T|BST|IST|JST|AE[SD]T)\b/;

/** What a sentence says of days, time of day and time zone, and of the roll-up. */
export interface ReadSchedule {
  readonly schedule: Partial<Schedule>;
  readonly rollUp?: Weekday;
}

/** Reads days, time and time zone, and takes their words out of the sentence. */
export function readSchedule(reading: Reading): ReadSchedule {
  const roll = reading.take(ROLL_UP);
  const timeZone = readZone(reading);
  const time = readTime(reading);
  const days = readDays(reading);
  return {
    schedule: {
      ...(days !== undefined && { days }),
      ...(time !== undefined && { time }),
      ...(timeZone !== undefined && { timeZone }),
    },
    ...(roll !== undefined && { rollUp: roll[1] === undefined ? 5 : dayOf(roll[1]) }),
  };
}

function readZone(reading: Reading): string | undefined {
  const named = reading.take(ZONE_NAME)?.[1] ?? reading.take(UTC)?.[1];
  const city = named === undefined ? reading.take(CITY_TIME)?.[1]?.trim() : undefined;
  const short = named ?? city ?? reading.take(SHORT_ZONE)?.[1];
  if (short === undefined || /^local$/i.test(short)) {
    if (short !== undefined)
      reading.complain('I cannot know which time is local. Name a city, such as “Berlin time”.');
    return undefined;
  }
  const zone = findTimeZone(short);
  if (zone === undefined) {
    reading.complain(
      `I know no time zone “${short}”. Name a large city, such as “Berlin time”, or a zone such as Europe/Berlin.`,
    );
  }
  return zone;
}

function readTime(reading: Reading): string | undefined {
  const word = reading.take(NOON)?.[1]?.toLowerCase();
  if (word !== undefined) return word === 'noon' ? '12:00' : '00:00';
  const found = reading.take(CLOCK) ?? reading.take(BARE_CLOCK);
  if (found === undefined) return undefined;
  const [said, hours = '', minutes = '00'] = found;
  const half = (found[3] ?? found[4] ?? '').toLowerCase().replaceAll('.', '');
  const hour = Number(hours);
  const isHalf = half === 'am' || half === 'pm';
  if (hour > 23 || Number(minutes) > 59 || (isHalf && (hour < 1 || hour > 12))) {
    reading.complain(`“${said.trim()}” is no time of day. Write it as 9:00, 17:30 or 9 am.`);
    return undefined;
  }
  const whole = half === 'pm' ? (hour % 12) + 12 : half === 'am' ? hour % 12 : hour;
  return `${String(whole).padStart(2, '0')}:${minutes}`;
}

function readDays(reading: Reading): readonly Weekday[] | undefined {
  const range = reading.take(DAY_RANGE);
  if (range !== undefined) return between(dayOf(range[1] ?? ''), dayOf(range[2] ?? ''));
  for (const [words, days] of DAY_WORDS) if (reading.take(words) !== undefined) return days;
  const isWeekly = reading.take(WEEKLY) !== undefined;
  const list = reading.take(DAY_LIST)?.[1];
  if (list !== undefined) {
    const named = list.match(new RegExp(DAY, 'gi')) ?? [];
    return [...new Set(named.map(dayOf))].sort((a, b) => a - b);
  }
  return isWeekly ? [1] : undefined;
}

function between(from: Weekday, to: Weekday): readonly Weekday[] {
  return EVERY_DAY.filter((day) =>
    from <= to ? day >= from && day <= to : day >= from || day <= to,
  );
}

function dayOf(name: string): Weekday {
  const at = NAMES.indexOf(name.slice(0, 3).toLowerCase());
  return (at + 1) as Weekday; // the patterns let only names of days through
}
