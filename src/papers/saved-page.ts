import { FootnoteError } from '../errors.ts';
import type { PageTime } from './page-date.ts';
import { datePaper, inferPageYear } from './page-date.ts';
import { readEntries } from './page-entries.ts';
import { splitPage, stripFurniture } from './page-lines.ts';
import type { PagePair, RefusedLine } from './pair-entries.ts';
import { pairEntries } from './pair-entries.ts';
import type { PaperOrigin } from './paper.ts';
import { lookOf } from './title-or-abstract.ts';

const SAVE_AGAIN =
  'open the list of papers with its abstracts shown, copy all of it and save it as a text file';

/** What one page says about one paper. */
export interface PageRecord {
  readonly title: string;
  /** Exactly as it stood; only outer white space is gone. */
  readonly abstract: string;
  readonly origin: PaperOrigin;
  /** `YYYY-MM-DD` */
  readonly date?: string;
  readonly dateInferred?: boolean;
  readonly authorCount?: number;
  readonly organization?: string;
  readonly commentCount?: number;
}

/** A saved page read: its records, and the lines that became none. */
export interface SavedPage {
  readonly records: readonly PageRecord[];
  readonly refused: readonly RefusedLine[];
}

/**
 * Reads a list of papers saved from Hugging Face as text, in either of its forms and in any
 * language. `year` is the year in which the page was saved, where it is known.
 * Throws a FootnoteError ('input') for a page that is empty, is no text or holds no abstracts.
 */
export function parseSavedPage(source: {
  readonly page: string;
  readonly text: string;
  readonly year?: number | undefined;
}): SavedPage {
  const { page, text } = source;
  requireText(page, text);
  const { lines, day } = stripFurniture(splitPage(text));
  if (lines.length === 0) throw unreadable(page, 'is empty', SAVE_AGAIN);
  const entries = readEntries(lines);
  const { pairs, refused } = pairEntries(entries);
  const hasAbstracts = pairs.length > 0 || lines.some((line) => lookOf(line.text) === 'abstract');
  if (!hasAbstracts) throw unreadable(page, 'holds no abstracts', SAVE_AGAIN);
  const days = entries.flatMap((entry) => (entry.kind === 'meta' ? (entry.day ?? []) : []));
  const time = { day, year: inferPageYear(days, source.year) };
  return { records: pairs.map((pair) => toRecord(pair, { page, time })), refused };
}

function toRecord(pair: PagePair, source: { page: string; time: PageTime }): PageRecord {
  const { title, abstract, meta } = pair;
  const { authorCount, organization, day } = meta ?? {};
  const commentCount = day?.commentCount;
  return {
    title: title.text,
    abstract: abstract.text,
    origin: { page: source.page, line: title.line },
    ...(day !== undefined && datePaper(day, source.time)),
    ...(authorCount !== undefined && { authorCount }),
    ...(organization !== undefined && { organization }),
    ...(commentCount !== undefined && { commentCount }),
  };
}

function requireText(page: string, text: string): void {
  const nul = text.indexOf('\0');
  const at = nul === -1 ? text.indexOf('\ufffd') : nul;
  if (at === -1) return;
  const line = text.slice(0, at).split('\n').length;
  const fault = nul === -1 ? 'bytes that are not UTF-8' : 'NUL bytes';
  throw unreadable(
    page,
    `is not a text file: line ${line} holds ${fault}`,
    'save it as UTF-8 text',
  );
}

function unreadable(page: string, fault: string, remedy: string): FootnoteError {
  return new FootnoteError('input', `The page ${page} ${fault}; ${remedy}.`, { facts: { page } });
}
