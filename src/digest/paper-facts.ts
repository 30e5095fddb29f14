import { foldText } from '../papers/fold.ts';
import type { Paper } from '../papers/paper.ts';

/** What a digest reads off a paper besides its text; absent where its source does not tell. */
export interface PaperFacts {
  readonly categories?: readonly string[];
  readonly upvotes?: number;
  /** The day it was first listed or published, `YYYY-MM-DD`. */
  readonly day?: string;
  readonly isWithdrawn: boolean;
}

/** Fields that papers of some sources carry; read with doubt, since a stored paper may be older. */
type Told = Partial<
  Readonly<Record<'categories' | 'upvotes' | 'listedOn' | 'isWithdrawn' | 'withdrawn', unknown>>
>;

/** The facts of a paper; a field of another form than expected counts as not there. */
export function factsOf(paper: Paper): PaperFacts {
  const told: Paper & Told = paper;
  const categories = namesIn(told.categories);
  const upvotes = countIn(told.upvotes);
  const day = typeof told.listedOn === 'string' ? told.listedOn.slice(0, 10) : paper.date;
  return {
    ...(categories !== undefined && { categories }),
    ...(upvotes !== undefined && { upvotes }),
    ...(day !== undefined && { day }),
    isWithdrawn: told.isWithdrawn === true || told.withdrawn === true,
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

function namesIn(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const names = value.filter((name) => typeof name === 'string');
  return names.length === 0 ? undefined : names;
}

function countIn(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0
    ? Math.floor(value)
    : undefined;
}
