import type { AnsweredQuestion } from './finish.ts';

/** An answer that may serve again. */
export interface CachedAnswer extends CachedQuestion {
  readonly answered: AnsweredQuestion;
}

/** What is needed to tell whether a question was asked before. */
export interface CachedQuestion {
  /** Of the standalone question, filters, corpus version, model and prompts. */
  readonly key: string;
  /** Of all that but the question and the corpus version: only answers of one group can be compared. */
  readonly group: string;
  readonly question: string;
  /** The unit vector of the question; empty where there was none. */
  readonly vector: Float32Array;
  /** The ids of the papers that the model was given, best first, joined by a blank. */
  readonly given: string;
  /** ISO 8601, UTC. */
  readonly answeredAt: string;
}

/** Answers kept to be given again. Old ones go when there are too many. */
export interface AnswerCache {
  get(key: string): Promise<CachedAnswer | undefined>;
  /** The questions of a group, the latest first, at most 1,000. */
  questions(group: string): Promise<readonly CachedQuestion[]>;
  /** Replaces what stood under the key. */
  put(answer: CachedAnswer): Promise<void>;
}
