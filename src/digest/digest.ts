import type { Answer, Evidence } from '../answer/answer.ts';
import type { PaperId } from '../papers/paper.ts';
import type { Schedule, Wish } from './subscription.ts';
import type { Term } from './terms.ts';

/** A sentence about a paper with the quotes that bear it out; offsets are into the stored abstract. */
export interface SummarySentence {
  readonly text: string;
  readonly evidence: readonly Evidence[];
}

/** One or two sentences, by a model and checked, or one of the abstract's own. */
export interface Summary {
  readonly by: 'model' | 'abstract';
  readonly sentences: readonly SummarySentence[];
}

/** What is different in the abstract of a paper since the channel was shown it. */
export interface AbstractChange {
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** A paper that says nearly the same as the one it stands beside. */
export interface AlikePaper {
  readonly paperId: PaperId;
  readonly title: string;
  readonly url: string;
}

/** One paper in a digest. Titles, names and quotes are foreign text: escape them. */
export interface DigestItem {
  /** From 1, in the order of showing. */
  readonly n: number;
  readonly paperId: PaperId;
  readonly title: string;
  readonly url: string;
  readonly authors: readonly string[];
  /** How many there are, where not all are named. */
  readonly authorCount: number;
  readonly organization?: string;
  readonly date?: string;
  readonly upvotes?: number;
  readonly summary: Summary;
  /** Why this channel is shown it: what its score is the sum of. */
  readonly terms: readonly Term[];
  /** The same in words; see `whyHere`. */
  readonly why: string;
  readonly score: number;
  /** The name of its theme. */
  readonly theme?: string;
  readonly alike: readonly AlikePaper[];
  /** Only of a paper that was shown before and has a new abstract since. */
  readonly change?: AbstractChange;
}

/** Papers of the day that are about the same, named from their own words. */
export interface Theme {
  readonly name: string;
  /** All that fit, shown or not. */
  readonly papers: number;
}

/** Where the papers of a day lie among those of the library, each about -1 to 1. */
export interface DigestMap {
  readonly library: readonly (readonly [x: number, y: number])[];
  readonly papers: readonly {
    readonly x: number;
    readonly y: number;
    /** The place of its theme in the list of themes. */
    readonly theme?: number;
    /** Its number where it is shown. */
    readonly n?: number;
  }[];
}

/** How much there was to choose from. */
export interface DigestCounts {
  /** New to the channel, whatever they are about. */
  readonly papers: number;
  readonly fitting: number;
  readonly shown: number;
}

/** The week looked back on: papers that digests of the same channel showed. */
export interface WeekInShort {
  readonly from: string;
  readonly to: string;
  readonly papers: number;
  readonly themes: readonly Theme[];
  readonly best: readonly Pick<DigestItem, 'paperId' | 'title' | 'url'>[];
}

interface DigestFrame {
  /** The local day it is for, `YYYY-MM-DD`. */
  readonly period: string;
  readonly schedule: Schedule;
  readonly wish: Wish;
  readonly headline: string;
}

/** The digest of a day with papers. */
export interface PapersDigest extends DigestFrame {
  readonly kind: 'papers';
  /** `library`: nothing was new, so these are the best of what there is. */
  readonly from: 'new' | 'library';
  readonly counts: DigestCounts;
  readonly themes: readonly Theme[];
  readonly items: readonly DigestItem[];
  /** Not there while the library is small or has no vectors; see `drawDigest`. */
  readonly map?: DigestMap;
  readonly week?: WeekInShort;
}

/** A day without papers. */
export interface EmptyDigest extends DigestFrame {
  readonly kind: 'empty';
  readonly counts: DigestCounts;
  readonly week?: WeekInShort;
}

/** A watched question whose evidence has changed; the first answer has none before it. */
export interface ChangedAnswer extends DigestFrame {
  readonly kind: 'changed-answer';
  readonly question: string;
  readonly before?: Answer;
  readonly after: Answer;
  /** Papers cited now that were not, and those that are no longer. */
  readonly gained: readonly AlikePaper[];
  readonly lost: readonly AlikePaper[];
}

/** One delivery, for a room to render. */
export type Digest = PapersDigest | EmptyDigest | ChangedAnswer;
