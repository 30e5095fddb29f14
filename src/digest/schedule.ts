import { Cron } from 'croner';
import { FootnoteError } from '../errors.ts';
import type { Schedule, Weekday } from './subscription.ts';
import { isTimeZone, localTime } from './time-zone.ts';

/** One occasion of a schedule. */
export interface Slot {
  /** The local day, `YYYY-MM-DD`: a subscription has one delivery for each. */
  readonly period: string;
  readonly at: Date;
}

const SECOND_MS = 1_000;
const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d$/;

/**
 * The last slot up to and including a moment; undefined when there never was one. A time that a
 * change of clocks leaves out comes at the first moment after the gap, one that comes twice counts
 * the first time.
 */
export function lastSlot(schedule: Schedule, at: Date): Slot | undefined {
  // Whole seconds; the slot that lies on the moment itself is among the previous ones of the next.
  const after = new Date(Math.floor(at.getTime() / SECOND_MS) * SECOND_MS + SECOND_MS);
  const [slot] = cronOf(schedule).previousRuns(1, after);
  return slot && toSlot(slot, schedule);
}

/** The first slot after a moment. */
export function nextSlot(schedule: Schedule, at: Date): Slot | undefined {
  const slot = cronOf(schedule).nextRun(at);
  return slot === null ? undefined : toSlot(slot, schedule);
}

/** The schedule as it may be used: days once and in order. Throws FootnoteError `input`. */
export function checkSchedule({ days, time, timeZone }: Schedule): Schedule {
  if (days.length === 0) throw wrong('A digest needs at least one day of the week.');
  if (!TIME.test(time)) throw wrong(`“${time}” is no time of day. Write it as 09:00 or 17:30.`);
  if (!isTimeZone(timeZone)) {
    throw wrong(
      `I know no time zone “${timeZone}”. Write an IANA name such as Europe/Berlin, or UTC.`,
    );
  }
  return { days: [...new Set(days)].sort((a, b) => a - b), time, timeZone };
}

/** The day of the week of a local day. */
export function weekdayOf(period: string): Weekday {
  const day = new Date(`${period}T00:00:00Z`).getUTCDay();
  return (day === 0 ? 7 : day) as Weekday; // getUTCDay gives 0 to 6
}

/** The day so many days later, or earlier. */
export function shiftDay(day: string, days: number): string {
  const shifted = new Date(`${day}T00:00:00Z`);
  shifted.setUTCDate(shifted.getUTCDate() + days);
  return shifted.toISOString().slice(0, 10);
}

function cronOf({ days, time, timeZone }: Schedule): Cron {
  const [hour, minute] = time.split(':').map(Number);
  return new Cron(`${minute} ${hour} * * ${days.join(',')}`, { timezone: timeZone, paused: true });
}

function toSlot(at: Date, { timeZone }: Schedule): Slot {
  return { period: localTime(at, timeZone).day, at };
}

function wrong(message: string): FootnoteError {
  return new FootnoteError('input', message);
}
