import { z } from 'zod';
import type { PaperOrigin } from '../paper.ts';
import type { ReadItem } from '../paper-record.ts';
import { isKaggleLine, readKaggleLine } from './kaggle.ts';
import { parseJson } from './parse-json.ts';
import { lax, readRecord, text } from './read-record.ts';

/** One line of `papers --json`. */
const ExportedPaper = z.object({
  title: text,
  abstract: text,
  id: lax(text),
  arxivId: lax(text),
  version: lax(z.number()),
  date: lax(z.string()),
  dateInferred: lax(z.boolean()),
  updated: lax(z.string()),
  authors: lax(z.array(z.string())),
  authorCount: lax(z.number()),
  organization: lax(z.string()),
  commentCount: lax(z.number()),
  upvotes: lax(z.number()),
  categories: lax(z.array(z.string())),
  license: lax(z.string()),
  doi: lax(z.string()),
  journal: lax(z.string()),
  comment: lax(z.string()),
  withdrawn: lax(z.boolean()),
  sources: lax(
    z.array(z.object({ page: z.string().min(1).max(300), line: z.int().min(1) })).max(1_000),
  ),
});

/** Reads one line of a JSONL file of papers: Kaggle's arXiv file, or what `papers --json` printed. */
export function readJsonlLine(line: string, origin: PaperOrigin): ReadItem {
  const place = `line ${origin.line}`;
  const value = parseJson(line);
  if (value === undefined) {
    const reason = 'it is not JSON; each line must hold one whole object';
    return { kind: 'refused', place, reason };
  }
  return isKaggleLine(value) ? readKaggleLine(value, origin) : readExported(value, origin);
}

function readExported(value: unknown, origin: PaperOrigin): ReadItem {
  const place = `line ${origin.line}`;
  const parsed = ExportedPaper.safeParse(value);
  if (!parsed.success) {
    const reason =
      'it is no paper: it must have a title and an abstract, as "papers --json" prints them';
    return { kind: 'refused', place, reason };
  }
  const { id, arxivId, sources, version, dateInferred, withdrawn, ...paper } = parsed.data;
  const named = arxivId ?? (id?.startsWith('arxiv:') === true ? id : undefined);
  return readRecord({
    ...paper,
    source: 'export',
    // Where the paper came from, not where it was handed on.
    origins: sources && sources.length > 0 ? sources : [origin],
    place,
    arxivId: named,
    version: version ?? undefined,
    dateInferred: dateInferred ?? undefined,
    withdrawn: withdrawn ?? undefined,
    authors: paper.authors ?? undefined,
    categories: paper.categories ?? undefined,
  });
}
