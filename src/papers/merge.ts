import { foldTitle } from './fold.ts';
import type { Paper, PaperOrigin } from './paper.ts';
import { paperId, paperUrl, unversionedArxivId } from './paper-id.ts';
import {
  byAuthors,
  byLength,
  bySpelling,
  compareText,
  highest,
  preferred,
  preferredOrNone,
} from './preference.ts';
import type { PageRecord } from './saved-page.ts';

/** The Paper that one record of a page describes. */
export function paperFromRecord(record: PageRecord): Paper {
  const { origin, ...known } = record;
  return { id: paperId(record), url: paperUrl(record), ...known, sources: [origin] };
}

/**
 * The same paper from several sources becomes one, with every origin kept. The same set of papers
 * gives the same result in any order of arrival, in the order of their first origin.
 * Papers are the same when their arXiv ids are; one without an id joins the paper of its title.
 */
export function mergePapers(papers: readonly Paper[]): Paper[] {
  const arxivIds = arxivIdsByTitle(papers);
  const merged = new Map<string, Paper>();
  for (const paper of papers) {
    const arxivId = paper.arxivId ?? arxivIds.get(foldTitle(paper.title));
    const id = paperId({ arxivId, title: paper.title });
    const known = merged.get(id);
    const fresh = identified(paper, arxivId);
    merged.set(id, known === undefined ? fresh : joinPaper(known, fresh));
  }
  return [...merged.values()].sort(byFirstOrigin);
}

/**
 * Joins two records of one paper, field by field, each by a rule that does not depend on which
 * came first: the longest abstract, a written date before an inferred one, the higher counts.
 */
export function joinPaper(known: Paper, fresh: Paper): Paper {
  const title = preferred([known.title, fresh.title], bySpelling);
  const arxivId = preferredOrNone([known, fresh].map(arxivIdOf), compareText);
  const organization = preferredOrNone([known.organization, fresh.organization], byLength);
  const authors = preferredOrNone([known.authors, fresh.authors], byAuthors);
  const authorCount = highest(known.authorCount, fresh.authorCount);
  const commentCount = highest(known.commentCount, fresh.commentCount);
  return {
    id: paperId({ arxivId, title }),
    title,
    abstract: preferred([known.abstract, fresh.abstract], byLength),
    url: paperUrl({ arxivId, title }),
    ...(arxivId !== undefined && { arxivId }),
    ...joinedDate(known, fresh),
    ...(authors !== undefined && { authors }),
    ...(authorCount !== undefined && { authorCount }),
    ...(organization !== undefined && { organization }),
    ...(commentCount !== undefined && { commentCount }),
    sources: joinedOrigins([...known.sources, ...fresh.sources]),
  };
}

// Two papers may share a title; one that has the title only joins the first of them by id.
function arxivIdsByTitle(papers: readonly Paper[]): Map<string, string> {
  const ids = new Map<string, string>();
  for (const { arxivId, title } of papers) {
    if (arxivId === undefined) continue;
    const key = foldTitle(title);
    const fresh = unversionedArxivId(arxivId);
    ids.set(key, preferred([ids.get(key) ?? fresh, fresh], compareText));
  }
  return ids;
}

function arxivIdOf({ arxivId }: Paper): string | undefined {
  return arxivId === undefined ? undefined : unversionedArxivId(arxivId);
}

function identified(paper: Paper, arxivId: string | undefined): Paper {
  const key = { title: paper.title, ...(arxivId && { arxivId: unversionedArxivId(arxivId) }) };
  const sources = joinedOrigins(paper.sources);
  return { ...paper, ...key, id: paperId(key), url: paperUrl(key), sources };
}

function joinedDate(known: Paper, fresh: Paper): Pick<Paper, 'date' | 'dateInferred'> {
  const dated = [known, fresh].filter((paper) => paper.date !== undefined);
  const explicit = dated.filter((paper) => paper.dateInferred !== true);
  const isInferred = explicit.length === 0;
  const dates = (isInferred ? dated : explicit).map((paper) => paper.date);
  const date = preferredOrNone(dates, compareText);
  return date === undefined ? {} : { date, ...(isInferred && { dateInferred: true }) };
}

function joinedOrigins(origins: readonly PaperOrigin[]): PaperOrigin[] {
  const sorted = origins.toSorted(byOrigin);
  return sorted.filter((origin, at) => at === 0 || byOrigin(sorted[at - 1], origin) !== 0);
}

function byFirstOrigin(a: Paper, b: Paper): number {
  return byOrigin(a.sources[0], b.sources[0]) || compareText(a.id, b.id);
}

// A paper without an origin comes last.
function byOrigin(a: PaperOrigin | undefined, b: PaperOrigin | undefined): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  return compareText(a.page, b.page) || a.line - b.line;
}
