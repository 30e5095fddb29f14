import { describe, expect, it } from 'vitest';
import { datePaper, inferPageYear, parsePageDay } from '../../src/papers/page-date.ts';

describe('parsePageDay', () => {
  it.each([
    ['Feb 25, 2022', { month: 2, day: 25, year: 2022 }],
    ['Jul 9', { month: 7, day: 9 }],
    ['Nov 25, 2024 1', { month: 11, day: 25, year: 2024, commentCount: 1 }],
    ['Nov 17 2', { month: 11, day: 17, commentCount: 2 }],
    [' Sept 1, 2023\r', { month: 9, day: 1, year: 2023 }],
    ['February 29, 2024', { month: 2, day: 29, year: 2024 }],
    ['Feb 29', { month: 2, day: 29 }],
  ])('reads %j', (line, day) => {
    expect(parsePageDay(line)).toEqual(day);
  });

  it.each([
    'Feb 30',
    'Feb 29, 2023',
    'Feb 29, 1900',
    'Apr 31, 2024',
    'Jan 0',
    'Marching 5',
    'May the 4th',
    'Jan 5, 24',
    'Jan 5, 3024',
    '2024-01-05',
    'Seen on Jan 5',
    '',
  ])('takes %j for no date', (line) => {
    expect(parsePageDay(line)).toBeUndefined();
  });
});

describe('inferPageYear', () => {
  const days = [
    { month: 1, day: 1, year: 2022 },
    { month: 5, day: 2 },
    { month: 1, day: 1, year: 2024 },
  ];

  it('is the year after the latest that is written out', () => {
    expect(inferPageYear(days)).toBe(2025);
  });

  it('is the configured year where there is one', () => {
    expect(inferPageYear(days, 2031)).toBe(2031);
    expect(inferPageYear([], 2031)).toBe(2031);
  });

  it('is unknown where no year is written', () => {
    expect(inferPageYear([{ month: 5, day: 2 }])).toBeUndefined();
  });
});

describe('datePaper', () => {
  const page = { year: 2025, day: { month: 12, day: 10 } };

  it('keeps a written year and does not call it inferred', () => {
    expect(datePaper({ month: 2, day: 5, year: 2022 }, page)).toEqual({ date: '2022-02-05' });
  });

  it('gives a day without a year the year of the page', () => {
    expect(datePaper({ month: 12, day: 10 }, page)).toEqual({
      date: '2025-12-10',
      dateInferred: true,
    });
  });

  it('puts a day after the day of the page into the year before', () => {
    expect(datePaper({ month: 12, day: 20 }, page)).toEqual({
      date: '2024-12-20',
      dateInferred: true,
    });
  });

  it('gives no date where the year is unknown', () => {
    expect(datePaper({ month: 7, day: 9 }, { day: page.day })).toBeUndefined();
  });

  it('gives 29 February in leap years only', () => {
    const leapDay = { month: 2, day: 29 };
    expect(datePaper(leapDay, page)).toBeUndefined();
    expect(datePaper(leapDay, { year: 2024 })?.date).toBe('2024-02-29');
    const early = { year: 2025, day: { month: 1, day: 15 } };
    expect(datePaper(leapDay, early)?.date).toBe('2024-02-29');
  });
});
