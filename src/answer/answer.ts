import type { PaperId } from '../papers/paper.ts';

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

/** Steps, timings (milliseconds) and costs of one answer. */
export interface Trace {
  readonly answerId: string;
  readonly ms: Readonly<Record<string, number>>;
  readonly modelCalls: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** Who wrote the sentences, and which signals ranked the papers. */
  readonly mode: string;
  readonly notes?: readonly string[];
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
  readonly trace: Trace;
}
