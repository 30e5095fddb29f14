import { z } from 'zod';
import type { PaperOrigin } from '../paper.ts';
import type { ReadItem } from '../paper-record.ts';
import { lax, readRecord, text } from './read-record.ts';

/** One line of Kaggle's dataset Cornell-University/arxiv; `submitter` may be an e-mail: never read. */
const KaggleLine = z.object({
  id: text,
  title: text,
  abstract: text,
  authors: lax(text),
  authors_parsed: lax(z.array(z.array(z.string().nullable()))),
  categories: lax(text),
  comments: lax(text),
  'journal-ref': lax(text),
  doi: lax(text),
  license: lax(text),
  versions: lax(z.array(z.object({ version: lax(z.string()), created: lax(z.string()) }))),
  update_date: lax(z.string()),
});

/** Whether a line of JSONL has this form: `papers --json` has `id` too, with another kind of value. */
export function isKaggleLine(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'update_date' in value;
}

/** Reads one parsed line; `origin` is where it stood. */
export function readKaggleLine(value: unknown, origin: PaperOrigin): ReadItem {
  const place = `line ${origin.line}`;
  const parsed = KaggleLine.safeParse(value);
  if (!parsed.success) {
    const fields = parsed.error.issues.map((issue) => issue.path.join('.') || 'it');
    const reason = `${[...new Set(fields)].join(', ').slice(0, 200)} not as in Kaggle's arXiv file`;
    return { kind: 'refused', place, reason };
  }
  const line = parsed.data;
  const versions = line.versions ?? [];
  const latest = versions.at(-1);
  return readRecord({
    source: 'kaggle',
    origins: [origin],
    place,
    title: line.title,
    abstract: line.abstract,
    arxivId: line.id,
    version: Number(/^v(\d+)$/.exec(latest?.version ?? '')?.[1] ?? Math.max(1, versions.length)),
    date: versions[0]?.created,
    updated: latest?.created ?? line.update_date,
    authors: authorsOf(line),
    categories: line.categories?.split(/\s+/),
    comment: line.comments,
    journal: line['journal-ref'],
    doi: line.doi,
    license: line.license,
  });
}

function authorsOf({ authors_parsed: parsed, authors }: z.infer<typeof KaggleLine>) {
  if (parsed && parsed.length > 0) {
    return parsed.map(([last, first, suffix]) => [first, last, suffix].filter(Boolean).join(' '));
  }
  return splitAuthors(authors ?? '');
}

/** arXiv's one string of authors; affiliations stand in parentheses. */
export function splitAuthors(authors: string): readonly string[] {
  return authors
    .slice(0, 200_000)
    .replace(/\([^()]*\)/g, ' ')
    .replace(/\([^()]*\)/g, ' ')
    .split(/,| and (?=\p{Lu})|\n/u)
    .map((name) => name.replace(/^\s*(?:and|&)\s+/, '').trim());
}
