import type { PageDay } from './page-date.ts';
import { parsePageDay } from './page-date.ts';

const NEWSLETTER = /^Get trending papers in your email inbox(?: once a day)?!$/;
const FURNITURE = new Set(['Subscribe', 'Daily Papers', 'byAK and the research community']);
const GLUED = 'Subscribe';

/** A line that is not blank, trimmed, with its number from 1. */
export interface PageLine {
  readonly number: number;
  readonly text: string;
}

/** The lines that are not blank, whatever the line ends; a byte order mark counts as white space. */
export function splitPage(text: string): PageLine[] {
  const page = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
  const lines: PageLine[] = [];
  let number = 0;
  for (let start = 0; start <= page.length; ) {
    const newline = page.indexOf('\n', start);
    const end = newline === -1 ? page.length : newline;
    const line = page.slice(start, end).trim();
    number += 1;
    if (line !== '') lines.push({ number, text: line });
    start = end + 1;
  }
  return lines;
}

/** Takes out what belongs to the web page ("Subscribe", its day), also where it is glued on. */
export function stripFurniture(lines: readonly PageLine[]): {
  lines: readonly PageLine[];
  day?: PageDay;
} {
  const kept: PageLine[] = [];
  let day: PageDay | undefined;
  let inHeader = true;
  for (const [at, line] of lines.entries()) {
    const shown = isAfterNewsletter(lines, at) ? unglued(line) : line;
    const headerDay = inHeader ? parsePageDay(shown.text) : undefined;
    if (headerDay !== undefined) day ??= headerDay;
    else if (isFurniture(shown.text) || isNewLabel(lines, at)) inHeader = true;
    else {
      kept.push(shown);
      inHeader = false;
    }
  }
  return day === undefined ? { lines: kept } : { lines: kept, day };
}

function isFurniture(text: string): boolean {
  return text === '' || FURNITURE.has(text) || NEWSLETTER.test(text);
}

function isNewLabel(lines: readonly PageLine[], at: number): boolean {
  return lines[at]?.text === 'new' && isFurniture(lines[at + 1]?.text ?? '?');
}

function isAfterNewsletter(lines: readonly PageLine[], at: number): boolean {
  return NEWSLETTER.test(lines[at - 1]?.text ?? '');
}

function unglued(line: PageLine): PageLine {
  if (!line.text.startsWith(GLUED)) return line;
  return { ...line, text: line.text.slice(GLUED.length).trim() };
}
