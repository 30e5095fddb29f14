import { type Entry, parse } from '@retorquere/bibtex-parser';
import { FootnoteError } from '../../errors.ts';
import { parseArxivId } from '../arxiv-id.ts';
import type { ReadItem } from '../paper-record.ts';
import { readRecord } from './read-record.ts';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** What a BibTeX file holds. */
export interface BibtexFile {
  readonly items: readonly ReadItem[];
  /** arXiv ids of entries without an abstract: arXiv has it. */
  readonly wanted: readonly string[];
}

/** Reads entries with an abstract or an arXiv id; `page` is the name of the file. */
export function readBibtex(source: string, page: string): BibtexFile {
  const { entries, errors } = parseEntries(source, page);
  const items: ReadItem[] = [];
  const wanted: string[] = [];
  const lineOf = lineFinder(source);
  for (const entry of entries) {
    const line = lineOf(entry.input);
    const item = readEntry(entry, { page, line });
    const id = arxivIdOf(entry);
    if (item.kind === 'refused' && id !== undefined) wanted.push(id);
    else items.push(item);
  }
  for (const { error } of errors.slice(0, 1_000)) {
    items.push({ kind: 'refused', place: 'entry', reason: String(error).slice(0, 200) });
  }
  return { items, wanted: [...new Set(wanted)] };
}

function parseEntries(source: string, page: string) {
  try {
    return parse(source, { sentenceCase: false, caseProtection: false, unsupported: 'ignore' });
  } catch (cause) {
    const message = `The file ${page} is no BibTeX that can be read; check its braces and quotes.`;
    throw new FootnoteError('input', message, { cause, facts: { page } });
  }
}

function readEntry(
  entry: Entry,
  { page, line }: { readonly page: string; readonly line: number },
): ReadItem {
  const { year, month, date, author, organization } = entry.fields;
  const id = arxivIdOf(entry);
  return readRecord({
    source: 'bibtex',
    origins: [{ page, line }],
    place: entry.key === '' ? `line ${line}` : `line ${line}, ${entry.key}`,
    title: plain(entry.fields.title),
    abstract: plain(entry.fields.abstract),
    arxivId: id,
    date: date ?? dateOf(year, month),
    authors: author?.map(({ firstName, prefix, lastName, name }) =>
      plain([firstName, prefix, lastName ?? name].filter(Boolean).join(' ')),
    ),
    organization: plain(organization?.[0]),
    doi: entry.fields.doi,
    journal: plain(entry.fields.journal ?? entry.fields.booktitle),
  });
}

/** The first of the month, where no day is given; undefined without a month. */
function dateOf(year: string | undefined, month: string | undefined): string | undefined {
  if (year === undefined || month === undefined || !/^\d{4}$/.test(year)) return undefined;
  const named = MONTHS.indexOf(month.trim().slice(0, 3).toLowerCase()) + 1;
  const number = named === 0 ? Number(month) : named;
  return `${year}-${String(number).padStart(2, '0')}-01`;
}

function arxivIdOf({ fields }: Entry): string | undefined {
  const isArxiv = /^arxiv$/i.test(fields.archiveprefix ?? fields.eprinttype ?? 'arxiv');
  const named = [
    isArxiv ? fields.eprint : undefined,
    fields.url,
    fields.doi && `https://doi.org/${fields.doi}`,
  ];
  const inJournal = /arXiv:\s*(\S+)/i.exec(fields.journal ?? fields.note ?? '')?.[1];
  for (const text of [...named, inJournal]) {
    const read = text === undefined || text === '' ? undefined : parseArxivId(text);
    if (read !== undefined)
      return read.version === undefined ? read.id : `${read.id}v${read.version}`;
  }
  return undefined;
}

/** The parser marks italics and the like as HTML, and writes accents as signs of their own. */
function plain(text: string | undefined): string {
  return (text ?? '')
    .normalize('NFC')
    .replace(/<\/?(?:i|b|sc|sup|sub|span|ol|li|ul)(?:\s[^<>]*)?>/gi, '');
}

/** Tells the line of each entry in the order they stand: a long file is gone through once. */
function lineFinder(source: string): (input: string) => number {
  let [at, line] = [0, 1];
  return (input) => {
    const found = source.indexOf(input.slice(0, 200), at);
    if (found === -1) return line;
    line += source.slice(at, found).split('\n').length - 1;
    at = found;
    return line;
  };
}
