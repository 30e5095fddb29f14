import type { PageDay } from './page-date.ts';
import { parsePageDay } from './page-date.ts';
import type { PageLine } from './page-lines.ts';
import { lookOf } from './title-or-abstract.ts';

const AUTHORS = /^(?:[•·*-] {0,3})?(\d{1,6}) authors?$/;
const DOT = '·';

/** A title or an abstract; which of them is decided when they are paired. */
export interface TextEntry {
  readonly kind: 'text';
  readonly line: number;
  readonly text: string;
}

/** The lines below an abstract: authors or an organization, a date, a count of comments. */
export interface MetaEntry {
  readonly kind: 'meta';
  readonly authorCount?: number;
  readonly organization?: string;
  readonly day?: PageDay;
}

export type PageEntry = TextEntry | MetaEntry;

/**
 * Reads both forms of a page: titles and abstracts on alternating lines, and the one with blank
 * lines and meta blocks between them. The lines alone tell them apart, so damage to one block
 * (a lost blank line, a lost dot) stays in that block.
 */
export function readEntries(lines: readonly PageLine[]): PageEntry[] {
  const entries: PageEntry[] = [];
  for (let at = 0; at < lines.length; ) {
    const block = readMeta(lines.slice(at, at + 3).map((line) => line.text));
    const line = lines[at];
    if (block !== undefined) entries.push(block.meta);
    else if (line !== undefined) entries.push({ kind: 'text', line: line.number, text: line.text });
    at += block?.length ?? 1;
  }
  return entries;
}

// "• 7 authors", "·", "Feb 25, 2022"; an organization may stand for the authors.
function readMeta(texts: readonly string[]): { meta: MetaEntry; length: number } | undefined {
  const head = readHead(texts);
  const headLength = head === undefined ? 0 : 1;
  const dotLength = texts[headLength] === DOT ? 1 : 0;
  const day = parsePageDay(texts[headLength + dotLength] ?? '');
  const length = headLength + dotLength + (day === undefined ? 0 : 1);
  if (length === 0) return undefined;
  return { meta: { kind: 'meta', ...head, ...(day !== undefined && { day }) }, length };
}

function readHead([first = '', second]: readonly string[]): Partial<MetaEntry> | undefined {
  const authors = AUTHORS.exec(first)?.[1];
  if (authors !== undefined) return { authorCount: Number(authors) };
  return second === DOT && isName(first) ? { organization: first } : undefined;
}

function isName(text: string): boolean {
  return text !== DOT && lookOf(text) === 'title' && parsePageDay(text) === undefined;
}
