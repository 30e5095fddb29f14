import type { PaperFilter } from '../../retrieval/paper-index.ts';
import { type Span, shifted, spanOf } from './date-span.ts';

/** Which time a question is about, and the question without the words that say so. */
export interface DatedQuestion {
  readonly question: string;
  readonly filter?: PaperFilter;
  /** What stands where a date would and is none that can be read. */
  readonly unread?: string;
}

// A year counts as a time only behind a word for papers: "ImageNet 2012" is no filter.
const PAPERS = String.raw`\b(?:papers?|works?|articles?|abstracts?|publications?|published|stud(?:y|ies)|anything|something|research|those|ones|stuff)\b[^.?!]{0,60}?`;
const YEAR = String.raw`(?:19|20)\d\d`;
const MONTH = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.?';
const MONTH_NAME =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const WORD =
  'since|after|before|until|from|in|of|on|newer than|later than|older than|earlier than|dated|published in';
const COUNT = String.raw`(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|few|couple of)`;
const UNIT = '(?:days?|weeks?|months?|years?)';
// "A context of 2048 tokens" is a size.
const NO_SIZE =
  '(?!\\s+(?:tokens|pixels|images|nodes|steps|epochs|samples|experts|parameters|words|gpus))';
const PLAIN_END = String.raw`(?=\s*(?:[?!,;]|\.(?!\d)|$|\b(?:on|about|that|which|and|with)\b))`;

const RANGE = new RegExp(
  `(?<=${PAPERS})\\b(?:(?:between|from)\\s+)?(${YEAR})\\s*(?:and|to|until|-|–)\\s*(${YEAR})\\b${NO_SIZE}`,
  'i',
);
const ONE_YEAR = new RegExp(
  `(?<=${PAPERS})\\b(${WORD})\\s+(${YEAR})\\b(?![-/.]\\d)${NO_SIZE}`,
  'i',
);
const SPANS = [
  `${MONTH}\\s+(?:\\d{1,2}(?:st|nd|rd|th)?,?\\s+)?${YEAR}`,
  `\\d{1,2}(?:st|nd|rd|th)?\\s+(?:of\\s+)?${MONTH},?\\s+${YEAR}`,
  `${YEAR}[-/]\\d{1,2}(?:[-/]\\d{1,2})?(?!\\d)`,
  '(?:last|this|past|next)\\s+(?:week|month|year)',
  `(?:last|past)\\s+${COUNT}\\s+${UNIT}`,
  `${COUNT}\\s+${UNIT}\\s+ago`,
  'yesterday|today|tomorrow',
  `(?:january|february|march|april|may|june|july|august|september|october|november|december)${PLAIN_END}`,
].join('|');
const ONE_SPAN = new RegExp(
  `(?<=${PAPERS})\\b(?:(${WORD})\\s+(?:the\\s+)?|(?<=\\bpublished\\s))(${SPANS})`,
  'i',
);
// What looks like a time and is not read: days of several orders, other years, decades, seasons.
const UNREAD = new RegExp(
  `(?<=${PAPERS})\\b(?:${WORD})\\s+(?:the\\s+)?(${[
    '\\d{1,2}[/.]\\d{1,2}[/.]\\d{2,4}',
    '\\d{4}-\\d{1,3}(?:-\\d{1,3})?(?!\\d)',
    `\\d{3}0s`,
    `(?:q[1-4]|spring|summer|autumn|fall|winter|early|mid|late)[\\s-]+(?:of\\s+)?${YEAR}`,
    `\\d{1,2}(?:st|nd|rd|th)?\\s+(?:of\\s+)?${MONTH_NAME}\\b`,
    `${MONTH_NAME}\\s+\\d{1,5}(?:,?\\s+\\d{1,5})?`,
  ].join('|')})`,
  'i',
);
// "Of" and "in" go before sizes too, unless right behind the word for papers.
const UNREAD_YEAR = new RegExp(
  `(?:(?<=${PAPERS})\\b(?:since|after|before|until|from|dated|(?:newer|later|older|earlier) than)|(?<=\\b(?:papers|works|articles|publications|anything|published)\\s)(?:in|of))\\s+(\\d{4,6}|'\\d\\d)\\b${PLAIN_END}`,
  'i',
);

/**
 * Reads a time such as "papers from 2023", "anything since March 2024" or "work of last month".
 * What looks like a time but is none that exists, or may mean several, is handed back unread.
 */
export function readDates(question: string, now: Date): DatedQuestion {
  const range = RANGE.exec(question);
  if (range !== null) {
    const [first = '', last = ''] = [range[1], range[2]].toSorted();
    return dated(question, range[0], { from: `${first}-01-01`, to: `${last}-12-31` });
  }
  const one = ONE_SPAN.exec(question);
  if (one !== null) {
    const [phrase, word = '', words = ''] = one;
    const span = spanOf(words, now);
    if (span !== undefined) return dated(question, phrase, bounded(word, span));
    return { question: without(question, phrase), unread: words };
  }
  const year = ONE_YEAR.exec(question);
  if (year !== null) {
    const span = { from: `${year[2]}-01-01`, to: `${year[2]}-12-31` };
    return dated(question, year[0], bounded(year[1] ?? '', span));
  }
  const unread = UNREAD.exec(question) ?? UNREAD_YEAR.exec(question);
  return unread === null
    ? { question }
    : { question: without(question, unread[0]), unread: unread[1] ?? '' };
}

function dated(question: string, phrase: string, filter: PaperFilter): DatedQuestion {
  return { question: without(question, phrase), filter };
}

function without(question: string, phrase: string): string {
  return question.replace(phrase, ' ').replace(/\s+/g, ' ').trim();
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
