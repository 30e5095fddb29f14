import type { PaperId } from '../papers/paper.ts';
import type { Signals } from '../retrieval/signals.ts';

/** What the reader wants done; found by rules from the question. */
export type Intent =
  | 'ask'
  | 'list'
  | 'count'
  | 'compare'
  | 'similar'
  | 'claim'
  | 'help'
  | 'small-talk';

/** A quote and where it stands in the stored abstract, in UTF-16 code units, end exclusive. */
export interface Evidence {
  readonly quote: string;
  readonly start: number;
  readonly end: number;
}

/** A numbered marker in an answer, its Paper and its Evidence. */
export interface Citation {
  /** From 1, in order of first use. */
  readonly n: number;
  readonly paperId: PaperId;
  readonly title: string;
  readonly url: string;
  readonly date?: string;
  readonly evidence: readonly Evidence[];
}

/** One sentence of an answer; one that speaks of a paper carries at least one citation number. */
export interface AnswerSentence {
  readonly text: string;
  readonly citations: readonly number[];
}

/** A paper as ranked for the question. */
export interface RankedPaper {
  readonly paperId: PaperId;
  readonly title: string;
  readonly score: number;
}

/** How a paper came to its rank: what each signal says of it, and where that alone would put it. */
export interface RankedBySignals {
  readonly paperId: PaperId;
  /** From 1, by the score. */
  readonly rank: number;
  /** The signals weighed together. */
  readonly score: number;
  /** Each about 0 to 1, as `Signals` tells. */
  readonly signals: Signals;
  /** The rank among the papers found by each signal alone; equal values share the better rank. */
  readonly ranks: Readonly<Record<keyof Signals, number>>;
}

/** What the abstracts of several papers state, aspect by aspect. */
export interface ComparisonTable {
  readonly columns: readonly { readonly paperId: PaperId; readonly title: string }[];
  readonly rows: readonly {
    readonly aspect: string;
    /** One a column: a quote with its citation number, or `null`: not stated in the abstract. */
    readonly cells: readonly (({ readonly n: number } & Evidence) | null)[];
  }[];
}

/** Where a paper stands on a claim, with the quote that shows it. */
export interface Stance {
  /** The number of the paper's citation. */
  readonly n: number;
  readonly stance: 'supports' | 'contradicts' | 'unclear';
  readonly evidence: Evidence;
}

/** The same question, or one that means the same, was answered before. */
export interface AskedBefore {
  /** As it was asked then. */
  readonly question: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** Papers that are near the question now and were not then. */
  readonly newPapers: readonly RankedPaper[];
}

/** Steps, timings (milliseconds) and costs of one answer. */
export interface Trace {
  readonly answerId: string;
  readonly ms: Readonly<Record<string, number>>;
  readonly modelCalls: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
  /**
   * Who wrote the sentences: `extractive`, `model`, `cached` (by the model, earlier) or
   * `extractive-fallback` (the model failed); further words say which signals were missing.
   */
  readonly mode: string;
  /** The chat model in use, and the hash of the prompts it is given. */
  readonly model?: string;
  readonly prompts?: string;
  /** What the model calls cost; 0 where the price is not known. */
  readonly usd?: number;
  /** The searches that the model proposed for a second look. */
  readonly subQueries?: readonly string[];
  readonly notes?: readonly string[];
  /** The ten best papers by each signal, best first; answers stored by an older version have none. */
  readonly passages?: readonly RankedBySignals[];
}

/** `insufficient-evidence` is a result, not an error: it says what the corpus holds instead. */
export interface Answer {
  readonly kind: 'answered' | 'insufficient-evidence';
  readonly intent: Intent;
  /** The sentences with citation markers, as plain text. */
  readonly text: string;
  readonly sentences: readonly AnswerSentence[];
  readonly citations: readonly Citation[];
  /** The ten best papers for the question. */
  readonly passages: readonly RankedPaper[];
  /** Only with `insufficient-evidence`: the papers that come nearest. */
  readonly nearest?: readonly RankedPaper[];
  /** Only for comparisons. */
  readonly table?: ComparisonTable;
  /** Only for claims. */
  readonly stances?: readonly Stance[];
  readonly askedBefore?: AskedBefore;
  /** Which papers alone were searched and why, where its reader would not expect that. */
  readonly narrowed?: string;
  readonly trace: Trace;
}
