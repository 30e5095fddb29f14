import { isDeepStrictEqual } from 'node:util';
import { joinPaper } from './merge.ts';
import type { Paper, PaperId } from './paper.ts';
import { isCutShort } from './preference.ts';

/** A record whose abstract did not take the place of the stored one: where its title stands, and why. */
export interface KeptAbstract {
  readonly line: number;
  readonly reason: string;
}

/** What becomes of a stored paper, or of none, once a page has told of it. */
export interface Outcome {
  readonly kind: 'added' | 'merged' | 'changed' | 'same';
  readonly paper: Paper;
  readonly kept: readonly KeptAbstract[];
}

const CUT_SHORT = 'the abstract is cut short here; the stored one is kept';

/**
 * Joins what a page says of a paper with what is stored. A page that gives its own paper anew is
 * believed, unless it only gives the beginning of the stored abstract: then it was cut off, or is
 * another page of the same name. Of other pages' papers it adds to what is known.
 */
export function settle(
  fresh: Paper,
  { known, page }: { readonly known: ReadonlyMap<PaperId, Paper>; readonly page: string },
): Outcome {
  const stored = known.get(fresh.id);
  if (stored === undefined) return { kind: 'added', paper: fresh, kept: [] };
  const isCut = isCutShort(fresh.abstract, stored.abstract);
  const kept = isCut ? fresh.sources.map(({ line }) => ({ line, reason: CUT_SHORT })) : [];
  const isBelieved = !isCut && stored.sources.every((origin) => origin.page === page);
  const paper = isBelieved ? fresh : joinPaper(withoutPage(stored, { page, fresh }), fresh);
  if (isDeepStrictEqual(paper, stored)) return { kind: 'same', paper, kept };
  return { kind: isBelieved ? 'changed' : 'merged', paper, kept };
}

/** What is known of a paper from elsewhere: a page read anew may imply another year than before. */
function withoutPage(
  stored: Paper,
  { page, fresh }: { readonly page: string; readonly fresh: Paper },
): Paper {
  const sources = stored.sources.filter((origin) => origin.page !== page);
  const isReread = sources.length < stored.sources.length;
  if (!isReread || stored.dateInferred !== true || fresh.date === undefined) {
    return { ...stored, sources };
  }
  const { date: _date, dateInferred: _inferred, ...undated } = stored;
  return { ...undated, sources };
}
