import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkSchedule,
  lastSlot,
  nextSlot,
  shiftDay,
  weekdayOf,
} from '../../src/digest/schedule.ts';
import { EVERY_DAY, type Schedule, type Weekday } from '../../src/digest/subscription.ts';
import { localTime } from '../../src/digest/time-zone.ts';

const HOUR_MS = 3_600_000;
const ZONES = Intl.supportedValuesOf('timeZone');
const zone = fc.constantFrom(...ZONES);
// Where clocks change at midnight, by half an hour, twice within weeks, or not at all.
const oddZone = fc.constantFrom(
  'Asia/Beirut',
  'America/Santiago',
  'Africa/Cairo',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'America/Havana',
  'Pacific/Chatham',
  'America/St_Johns',
  'Asia/Kathmandu',
  'Europe/Berlin',
);
const anyZone = fc.oneof(zone, oddZone);
const time = fc
  .integer({ min: 0, max: 24 * 60 - 1 })
  .map((minute) => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`);
const start = fc
  .integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2031, 0, 1) })
  .map((ms) => new Date(ms));
const days = fc.uniqueArray(fc.constantFrom<Weekday>(...EVERY_DAY), { minLength: 1 });

describe('a schedule', () => {
  it('has one slot on every local day of a year, whatever the clocks do', () => {
    fc.assert(
      fc.property(anyZone, time, fc.integer({ min: 2020, max: 2030 }), (timeZone, at, year) => {
        const schedule = { days: EVERY_DAY, time: at, timeZone };
        let slot = nextSlot(schedule, new Date(Date.UTC(year, 0, 1)));
        for (let n = 0; n < 380; n++) {
          const next = slot && nextSlot(schedule, slot.at);
          expect(next?.period).toBe(shiftDay(slot?.period ?? '', 1));
          slot = next;
        }
      }),
      { numRuns: 8 },
    );
  });

  it('tells the same slot by looking back as by looking ahead', () => {
    fc.assert(
      fc.property(anyZone, time, days, start, (timeZone, at, on, from) => {
        const schedule: Schedule = { days: on, time: at, timeZone };
        const next = nextSlot(schedule, from);
        const [before, on_, after] = [-1_000, 0, 30_000].map((ms) =>
          lastSlot(schedule, new Date((next?.at.getTime() ?? 0) + ms)),
        );
        expect(on_).toEqual(next);
        expect(after).toEqual(next);
        expect(before?.period).not.toBe(next?.period);
        expect(on).toContain(weekdayOf(next?.period ?? ''));
      }),
      { numRuns: 200 },
    );
  });

  it('keeps its time of day, but in a gap of the clocks, where it comes after', () => {
    fc.assert(
      fc.property(anyZone, time, start, (timeZone, at, from) => {
        const slot = nextSlot({ days: EVERY_DAY, time: at, timeZone }, from);
        const shown = localTime(slot?.at ?? from, timeZone).time;
        if (shown === at) return;
        const hourBefore = new Date((slot?.at.getTime() ?? 0) - HOUR_MS);
        expect(localTime(hourBefore, timeZone).time < at).toBe(true);
        expect(shown > at).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    ['the gap in Berlin', 'Europe/Berlin', '02:30', '2026-03-28T12:00:00Z', '2026-03-29T01:00:00Z'],
    [
      'the hour that comes twice',
      'Europe/Berlin',
      '02:30',
      '2026-10-24T12:00:00Z',
      '2026-10-25T00:30:00Z',
    ],
    [
      'the gap in Sydney',
      'Australia/Sydney',
      '02:15',
      '2026-10-03T12:00:00Z',
      '2026-10-03T16:00:00Z',
    ],
    ['a gap at midnight', 'Africa/Cairo', '00:00', '2026-04-23T12:00:00Z', '2026-04-23T22:00:00Z'],
  ])('is right in %s', (_, timeZone, at, from, expected) => {
    const slot = nextSlot({ days: EVERY_DAY, time: at, timeZone }, new Date(from));
    expect(slot?.at).toEqual(new Date(expected));
  });
});

describe('a schedule that cannot be', () => {
  it.each([
    [{ days: [], time: '09:00', timeZone: 'UTC' }, 'at least one day'],
    [{ days: EVERY_DAY, time: '24:00', timeZone: 'UTC' }, '“24:00” is no time of day'],
    [
      { days: EVERY_DAY, time: '09:00', timeZone: 'Europe/Atlantis' },
      'no time zone “Europe/Atlantis”',
    ],
    [{ days: EVERY_DAY, time: '09:00', timeZone: 'EST' }, 'no time zone “EST”'],
  ])('is refused with a sentence (%#)', (schedule, words) => {
    expect(() => checkSchedule(schedule)).toThrow(words);
  });
});

function two(n: number): string {
  return String(n).padStart(2, '0');
}
