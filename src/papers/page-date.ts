const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAYS_IN_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const DAY = /^([a-z]{3,9})\.? {1,3}(\d{1,2})(?:, ?((?:19|20)\d\d))?(?: {1,3}(\d{1,6}))?$/i;
const MONTH_NAME =
  /^(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)$/i;

/** A date as a page writes it: "Nov 25, 2024 1" is 25 November 2024 with one comment. */
export interface PageDay {
  /** From 1. */
  readonly month: number;
  readonly day: number;
  /** Missing for days of the year in which the page was saved. */
  readonly year?: number;
  readonly commentCount?: number;
}

/** What a page says about time: its year, and the day in its header. */
export interface PageTime {
  readonly year?: number | undefined;
  readonly day?: PageDay | undefined;
}

/** The date of a paper, `YYYY-MM-DD`, and whether its year was inferred. */
export interface PaperDate {
  readonly date: string;
  readonly dateInferred?: true;
}

/** Reads a line that is a date and nothing else; undefined when no calendar has that day. */
export function parsePageDay(line: string): PageDay | undefined {
  const [, name = '', dayDigits, yearDigits, commentDigits] = DAY.exec(line.trim()) ?? [];
  if (!MONTH_NAME.test(name)) return undefined;
  const month = MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;
  const day = Number(dayDigits);
  const year = yearDigits === undefined ? undefined : Number(yearDigits);
  if (!isCalendarDay({ month, day, ...(year !== undefined && { year }) })) return undefined;
  return {
    month,
    day,
    ...(year !== undefined && { year }),
    ...(commentDigits !== undefined && { commentCount: Number(commentDigits) }),
  };
}

/**
 * The year in which a page was saved: the configured one, else the year after the latest written
 * out, since Hugging Face leaves out the current year. Undefined when nothing tells.
 */
export function inferPageYear(days: readonly PageDay[], configured?: number): number | undefined {
  if (configured !== undefined) return configured;
  let latest: number | undefined;
  for (const { year } of days) {
    if (year !== undefined && (latest === undefined || year > latest)) latest = year;
  }
  return latest === undefined ? undefined : latest + 1;
}

/** The paper's date; undefined when its year is unknown or that year has no such day. */
export function datePaper(day: PageDay, page: PageTime): PaperDate | undefined {
  if (day.year !== undefined) return { date: written(day, day.year) };
  if (page.year === undefined) return undefined;
  // A paper cannot be newer than the page that lists it.
  const isLater = page.day !== undefined && dayOrder(day) > dayOrder(page.day);
  const year = isLater ? page.year - 1 : page.year;
  if (!isCalendarDay({ ...day, year })) return undefined;
  return { date: written(day, year), dateInferred: true };
}

function isCalendarDay({ month, day, year }: PageDay): boolean {
  if (day < 1 || day > (DAYS_IN_MONTH[month - 1] ?? 0)) return false;
  return month !== 2 || day !== 29 || year === undefined || isLeap(year);
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

function dayOrder({ month, day }: PageDay): number {
  return month * 100 + day;
}

function written({ month, day }: PageDay, year: number): string {
  const digits = (value: number, width: number) => String(value).padStart(width, '0');
  return `${digits(year, 4)}-${digits(month, 2)}-${digits(day, 2)}`;
}
