import type { Paper } from '../papers/paper.ts';
import type { Mention } from './mentions.ts';
import type { IndexStatus } from './paper-index.ts';
import type { Query } from './query.ts';
import type { Signals } from './signals.ts';
import type { TermStatistics } from './term-statistics.ts';

/** How near the question and its clauses are to one sentence, as cosines. */
export interface SentenceNearness {
  readonly question: number;
  /** The nearest clause; the question's own where it has only one. */
  readonly clause: number;
}

/** A paper returned for a question, with its rank from 1 and what speaks for it. */
export interface Passage {
  readonly paper: Paper;
  readonly rank: number;
  readonly score: number;
  readonly signals: Signals;
  /** How the question names the paper, when it does. */
  readonly mention?: Mention;
  /** For each sentence of the abstract, in order; empty without vectors. */
  readonly sentences: readonly SentenceNearness[];
}

/** Which papers a filter leaves, whatever the question. */
export interface Filtered {
  readonly papers: number;
  /** The pages asked for that there are not, and those that there are. */
  readonly unknownPages?: readonly string[];
  readonly pages?: readonly string[];
}

/** What a question found. */
export interface Retrieval {
  /** Best first; empty when nothing matches. */
  readonly passages: readonly Passage[];
  /** `words` while vectors are still being made. */
  readonly mode: 'hybrid' | 'words';
  readonly status: IndexStatus;
  /** Only of a question with a filter. */
  readonly filtered?: Filtered;
  readonly query: Query;
  readonly statistics: TermStatistics;
  readonly ms: Readonly<Record<string, number>>;
}
