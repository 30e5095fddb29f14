import { parse as parseDates } from 'chrono-node';

/** First and last day, `YYYY-MM-DD`, both included. */
export interface Span {
  readonly from: string;
  readonly to: string;
}

const COUNTED = /\b(?:last|past)\s+(.+?)\s+(day|week|month|year)s?$/i;
const DAYS: Readonly<Record<string, number>> = { day: 1, week: 7, month: 30, year: 365 };

/**
 * First and last day of a month, of a named day, of the last or this week, month or year, or of the
 * last so many of them. Undefined for what is no day, such as 30 February.
 */
export function spanOf(words: string, now: Date): Span | undefined {
  const iso = /^(\d{4})[-/](\d{1,2})(?:[-/](\d{1,2}))?$/.exec(words);
  if (iso !== null) return isoSpan(iso[1] ?? '', iso[2] ?? '', iso[3]);
  const counted = COUNTED.exec(words);
  if (counted !== null && counted[1] !== undefined)
    return backTo(counted[1], counted[2] ?? '', now);
  const start = parseDates(words, now)[0]?.start;
  if (start === undefined) return undefined;
  const month = start.get('month') ?? 1;
  const year = (start.get('year') ?? now.getFullYear()) - Number(isAhead(start, now));
  if (/year/i.test(words)) return { from: `${year}-01-01`, to: `${year}-12-31` };
  if (/week/i.test(words)) {
    const first = dayOf(year, month, start.get('day') ?? 1);
    return { from: first, to: shifted(first, 6) };
  }
  const isDay = start.isCertain('day') || /\d\s+days?\b|day$/i.test(words);
  return isDay && !/month/i.test(words)
    ? oneDay(year, month, start.get('day') ?? 1)
    : { from: dayOf(year, month, 1), to: dayOf(year, month + 1, 0) };
}

/** The day so many days later. */
export function shifted(date: string, days: number): string {
  return toDay(Date.parse(date) + days * 86_400_000);
}

/** A month without a year that is still to come is last year's. */
function isAhead(start: ReturnType<typeof parseDates>[number]['start'], now: Date): boolean {
  return start.isCertain('month') && !start.isCertain('year') && start.date() > now;
}

function isoSpan(year: string, month: string, day: string | undefined): Span | undefined {
  if (Number(month) < 1 || Number(month) > 12) return undefined;
  if (day !== undefined) return oneDay(Number(year), Number(month), Number(day));
  return {
    from: dayOf(Number(year), Number(month), 1),
    to: dayOf(Number(year), Number(month) + 1, 0),
  };
}

/** JavaScript takes 30 February for a day of March: only a date that comes back the same is one. */
function oneDay(year: number, month: number, day: number): Span | undefined {
  const only = dayOf(year, month, day);
  return Number(only.slice(8)) === day ? { from: only, to: only } : undefined;
}

function backTo(count: string, unit: string, now: Date): Span | undefined {
  const start = parseDates(`${count} ${unit}s ago`.replace(/^a few|^few/i, '3'), now)[0]?.start;
  if (start === undefined) return undefined;
  const today = toDay(now.getTime());
  const days = Math.round((now.getTime() - start.date().getTime()) / 86_400_000);
  return { from: shifted(today, -Math.max(days, DAYS[unit.toLowerCase()] ?? 1)), to: today };
}

function dayOf(year: number, month: number, day: number): string {
  return toDay(Date.UTC(year, month - 1, day));
}

function toDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
