import { parse as parseDates } from 'chrono-node';
import type { PaperFilter } from '../retrieval/paper-index.ts';

/** Which time a question is about, and the question without the words that say so. */
export interface DatedQuestion {
  readonly question: string;
  readonly filter?: PaperFilter;
}

// A year counts as a time only behind a word for papers: "ImageNet 2012" is no filter.
const PAPERS = String.raw`\b(?:papers?|works?|articles?|abstracts?|publications?|published|stud(?:y|ies)|anything|something|research|those|ones|stuff)\b[^.?!]{0,60}?`;
const YEAR = String.raw`(?:19|20)\d\d`;
const MONTH = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.?';
const WORD =
  'since|after|before|until|from|in|of|newer than|later than|older than|earlier than|dated|published in';
const RANGE = new RegExp(
  `(?<=${PAPERS})\\b(?:between|from)\\s+(${YEAR})\\s*(?:and|to|until|-|–)\\s*(${YEAR})\\b`,
  'i',
);
// "a context of 2048 tokens" is a size.
const ONE_YEAR = new RegExp(
  `(?<=${PAPERS})\\b(${WORD})\\s+(${YEAR})\\b(?!\\s+(?:tokens|pixels|images|nodes|steps|epochs|samples|experts|parameters|words))`,
  'i',
);
const ONE_MONTH = new RegExp(
  `(?<=${PAPERS})\\b(?:(${WORD})\\s+(?:the\\s+)?|(?<=\\bpublished\\s))(${MONTH}\\s+(?:\\d{1,2},?\\s+)?${YEAR}|(?:last|this|past)\\s+(?:week|month|year))\\b`,
  'i',
);

/** Reads a time such as "papers from 2023", "anything since March 2024" or "work of last month". */
export function readDates(question: string, now: Date): DatedQuestion {
  const range = RANGE.exec(question);
  if (range !== null) {
    return dated(question, range[0], { from: `${range[1]}-01-01`, to: `${range[2]}-12-31` });
  }
  const month = ONE_MONTH.exec(question);
  if (month !== null) {
    const span = spanOf(month[2] ?? '', now);
    if (span !== undefined) return dated(question, month[0], bounded(month[1] ?? '', span));
  }
  const year = ONE_YEAR.exec(question);
  if (year === null) return { question };
  const span = { from: `${year[2]}-01-01`, to: `${year[2]}-12-31` };
  return dated(question, year[0], bounded(year[1] ?? '', span));
}

function dated(question: string, phrase: string, filter: PaperFilter): DatedQuestion {
  return { question: question.replace(phrase, ' ').replace(/\s+/g, ' ').trim(), filter };
}

interface Span {
  readonly from: string;
  readonly to: string;
}

/** The filter for a span behind "since", "before" and the like. */
function bounded(word: string, { from, to }: Span): PaperFilter {
  switch (word.toLowerCase()) {
    case 'since':
      return { from };
    case 'after':
    case 'newer than':
    case 'later than':
      return { from: shifted(to, 1) };
    case 'before':
    case 'older than':
    case 'earlier than':
      return { to: shifted(from, -1) };
    case 'until':
      return { to };
    default:
      return { from, to };
  }
}

/** First and last day of a month, of a named day, or of the last or this week, month or year. */
function spanOf(words: string, now: Date): Span | undefined {
  const start = parseDates(words, now)[0]?.start;
  if (start === undefined) return undefined;
  const [year, month] = [start.get('year') ?? now.getFullYear(), start.get('month') ?? 1];
  if (/year/i.test(words)) return { from: `${year}-01-01`, to: `${year}-12-31` };
  if (/week/i.test(words)) {
    const first = day(Date.UTC(year, month - 1, start.get('day') ?? 1));
    return { from: first, to: shifted(first, 6) };
  }
  if (start.isCertain('day') && !/month/i.test(words)) {
    const only = day(Date.UTC(year, month - 1, start.get('day') ?? 1));
    return { from: only, to: only };
  }
  return { from: day(Date.UTC(year, month - 1, 1)), to: day(Date.UTC(year, month, 0)) };
}

function shifted(date: string, days: number): string {
  return day(Date.parse(date) + days * 86_400_000);
}

function day(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
