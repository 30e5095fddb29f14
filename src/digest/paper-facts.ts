import { foldText } from '../papers/fold.ts';
import type { Paper } from '../papers/paper.ts';

/** What a digest reads off a paper besides its text; absent where its source does not tell. */
export interface DigestFacts {
  readonly categories?: readonly string[];
  readonly upvotes?: number;
  /** The day it was first listed, announced or published, `YYYY-MM-DD`. */
  readonly day?: string;
  readonly isWithdrawn: boolean;
}

/** The facts of a paper. */
export function factsOf(paper: Paper): DigestFacts {
  const { categories, upvotes, listed, announced, date, withdrawn = false } = paper;
  const day = listed?.at(-1)?.date ?? announced?.at(-1) ?? date;
  return {
    ...(categories !== undefined && { categories }),
    ...(upvotes !== undefined && { upvotes }),
    ...(day !== undefined && { day }),
    isWithdrawn: withdrawn,
  };
}

/** A name as it is compared: case, accents and dots do not count. */
export function nameKey(name: string): string {
  return foldText(name)
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
