import type { Candidate } from './candidate.ts';
import { nameKey } from './paper-facts.ts';
import type { PaperWish, Pickiness } from './subscription.ts';
import { type Taste, tasteTerms } from './taste.ts';
import { scoreOf, type Term, toPlaces } from './terms.ts';
import type { TopicLens } from './topic-lens.ts';

/** A paper with what speaks for it, and against. */
export interface ScoredPaper {
  readonly candidate: Candidate;
  readonly terms: readonly Term[];
  /** The sum of the terms. */
  readonly score: number;
  /** The topic that it fits best, of those that it fits. */
  readonly lens?: TopicLens;
}

export interface ScoreRequest {
  readonly wish: PaperWish;
  readonly lenses: readonly TopicLens[];
  /** Topics that the channel wants no more. */
  readonly muted: readonly TopicLens[];
  readonly taste: Taste;
  /** The local day of the digest, `YYYY-MM-DD`. */
  readonly today: string;
}

// On the shipped abstracts papers on a topic have .45 to .75, and others seldom more than .25.
const LEAST_LIKENESS: Readonly<Record<Pickiness, number>> = {
  broad: 0.25,
  normal: 0.35,
  strict: 0.5,
};
// A score below this is of a paper that the channel has said it does not want.
const LEAST_SCORE = 0.05;
const AUTHOR = 0.4;
const ORGANIZATION = 0.3;
const CATEGORY = 0.05;
const UPVOTES = 0.12;
/** So many upvotes count in full. */
const MANY_UPVOTES = 100;
const FRESH = 0.06;
const FRESH_DAYS = 7;
const DAY_MS = 86_400_000;

/** The papers that fit a wish, best first: by topic, author or organisation, none that is muted. */
export function scorePapers(
  candidates: readonly Candidate[],
  request: ScoreRequest,
): readonly ScoredPaper[] {
  return candidates
    .filter((candidate) => isAllowed(candidate, request.wish))
    .flatMap((candidate) => score(candidate, request) ?? [])
    .filter((paper) => paper.score >= LEAST_SCORE)
    .sort(byScore);
}

function byScore(a: ScoredPaper, b: ScoredPaper): number {
  return b.score - a.score || (a.candidate.paper.id < b.candidate.paper.id ? -1 : 1);
}

/** What is known of a paper decides; one whose categories nobody told stays. */
function isAllowed({ paper, facts }: Candidate, { categories, sources }: PaperWish): boolean {
  const isOfCategory =
    categories.length === 0 ||
    facts.categories === undefined ||
    facts.categories.some((name) => categories.includes(name));
  const isOfSource =
    sources.length === 0 || paper.sources.some(({ page }) => sources.includes(page));
  return isOfCategory && isOfSource;
}

function score(candidate: Candidate, request: ScoreRequest): ScoredPaper | undefined {
  const { wish, taste } = request;
  const best = bestTopic(candidate, request);
  const followed = followedTerms(candidate, wish);
  const isOpen = wish.topics.length + wish.authors.length + wish.organizations.length === 0;
  if (best === 'muted' || (best === undefined && followed.length === 0 && !isOpen)) {
    return undefined;
  }
  const terms: readonly Term[] = [
    ...(best === undefined
      ? []
      : [{ kind: 'topic', topic: best.lens.topic, value: toPlaces(best.likeness) } as const]),
    ...followed,
    ...categoryTerms(candidate, wish),
    ...tasteTerms(candidate, taste),
    ...upvoteTerms(candidate),
    ...freshTerms(candidate, request.today),
  ];
  return { candidate, terms, score: scoreOf(terms), ...(best && { lens: best.lens }) };
}

interface Fit {
  readonly lens: TopicLens;
  readonly likeness: number;
}

/** The topic that a paper fits best; `muted` when it fits a muted one better than any other. */
function bestTopic(
  candidate: Candidate,
  { wish, lenses, muted }: ScoreRequest,
): Fit | 'muted' | undefined {
  const least = LEAST_LIKENESS[wish.pickiness];
  const best = nearest(candidate, lenses);
  const worst = nearest(candidate, muted);
  if (worst !== undefined && worst.likeness >= LEAST_LIKENESS.normal) {
    if (best === undefined || worst.likeness >= best.likeness) return 'muted';
  }
  return best !== undefined && best.likeness >= least ? best : undefined;
}

function nearest(candidate: Candidate, lenses: readonly TopicLens[]): Fit | undefined {
  return lenses
    .map((lens) => ({ lens, likeness: lens.likeness(candidate) }))
    .toSorted((a, b) => b.likeness - a.likeness)[0];
}

function followedTerms({ paper }: Candidate, wish: PaperWish): readonly Term[] {
  const written = new Set((paper.authors ?? []).map(nameKey));
  const authors = wish.authors.filter((name) => written.has(nameKey(name)));
  const home = nameKey(paper.organization ?? '');
  const organizations = wish.organizations.filter((name) =>
    ` ${home} `.includes(` ${nameKey(name)} `),
  );
  return [
    ...authors.map((name) => ({ kind: 'author', name, value: AUTHOR }) as const),
    ...organizations.map((name) => ({ kind: 'organization', name, value: ORGANIZATION }) as const),
  ];
}

function categoryTerms({ facts }: Candidate, { categories }: PaperWish): readonly Term[] {
  const name = categories.find((wanted) => facts.categories?.includes(wanted));
  return name === undefined ? [] : [{ kind: 'category', name, value: CATEGORY }];
}

/** Each doubling of the upvotes adds the same. */
function upvoteTerms({ facts }: Candidate): readonly Term[] {
  const { upvotes = 0 } = facts;
  const value = toPlaces(UPVOTES * Math.min(1, Math.log1p(upvotes) / Math.log1p(MANY_UPVOTES)));
  return value === 0 ? [] : [{ kind: 'upvotes', upvotes, value }];
}

function freshTerms({ facts }: Candidate, today: string): readonly Term[] {
  if (facts.day === undefined) return [];
  const days = Math.max(0, Math.round((Date.parse(today) - Date.parse(facts.day)) / DAY_MS));
  const value = toPlaces(FRESH * Math.max(0, 1 - days / FRESH_DAYS));
  return value === 0 ? [] : [{ kind: 'fresh', days, value }];
}
