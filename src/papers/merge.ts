import type { Paper, PaperOrigin } from './paper.ts';
import { paperId, paperUrl } from './paper-id.ts';
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
 * The same paper on several pages becomes one, with every origin kept. The same set of papers gives
 * the same result in any order of arrival, in the order of their first origin. Pages know no arXiv
 * ids: papers are the same when their titles are.
 */
export function mergePapers(papers: readonly Paper[]): Paper[] {
  const merged = new Map<string, Paper>();
  for (const paper of papers) {
    const id = paperId({ title: paper.title });
    const known = merged.get(id);
    const sources = joinedOrigins(paper.sources);
    const fresh = { ...paper, id, url: paperUrl({ title: paper.title }), sources };
    merged.set(id, known === undefined ? fresh : joinPaper(known, fresh));
  }
  return [...merged.values()].sort(byFirstOrigin);
}

/**
 * Joins what pages say of one paper, field by field, each by a rule that does not depend on which
 * came first: the longest abstract, a written date before an inferred one, the higher counts.
 */
export function joinPaper(known: Paper, fresh: Paper): Paper {
  const title = preferred([known.title, fresh.title], bySpelling);
  const organization = preferredOrNone([known.organization, fresh.organization], byLength);
  const authors = preferredOrNone([known.authors, fresh.authors], byAuthors);
  const authorCount = highest(known.authorCount, fresh.authorCount);
  const commentCount = highest(known.commentCount, fresh.commentCount);
  return {
    id: paperId({ title }),
    title,
    abstract: preferred([known.abstract, fresh.abstract], byLength),
    url: paperUrl({ title }),
    ...joinedDate(known, fresh),
    ...(authors !== undefined && { authors }),
    ...(authorCount !== undefined && { authorCount }),
    ...(organization !== undefined && { organization }),
    ...(commentCount !== undefined && { commentCount }),
    sources: joinedOrigins([...known.sources, ...fresh.sources]),
  };
}

function joinedDate(known: Paper, fresh: Paper): Pick<Paper, 'date' | 'dateInferred'> {
  const dated = [known, fresh].filter((paper) => paper.date !== undefined);
  const explicit = dated.filter((paper) => paper.dateInferred !== true);
  const isInferred = explicit.length === 0;
  const dates = (isInferred ? dated : explicit).map((paper) => paper.date);
  const date = preferredOrNone(dates, compareText);
  return date === undefined ? {} : { date, ...(isInferred && { dateInferred: true }) };
}

/** In order, none twice. */
export function joinedOrigins(origins: readonly PaperOrigin[]): PaperOrigin[] {
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
