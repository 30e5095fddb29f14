import type { ModelError } from '../../llm/model-error.ts';
import type { Prompts } from '../../llm/prompts.ts';
import type { Passage, Retrieval } from '../../retrieval/passage.ts';
import type { Stance } from '../answer.ts';
import type { DraftSentence, Quote } from '../draft.ts';
import type { ModelUse } from './model-call.ts';

/** What a model is to write from. */
export interface WriteRequest {
  readonly use: ModelUse;
  readonly prompts: Prompts;
  readonly question: string;
  /** Best first; as many as fit are given to the model. */
  readonly passages: readonly Passage[];
  readonly retrieval: Retrieval;
  /** Called with each sentence as soon as it is checked. */
  readonly onSentence: (sentence: DraftSentence) => void;
  readonly verify: 'rules' | 'model';
}

/** A comparison before its papers are numbered: for each column a quote, or nothing. */
export interface DraftTable {
  readonly columns: readonly Passage[];
  readonly rows: readonly {
    readonly aspect: string;
    readonly cells: readonly (Quote | undefined)[];
  }[];
}

export interface DraftStance {
  readonly stance: Stance['stance'];
  readonly quote: Quote;
}

/** What came of a model's reply once it was checked. */
export type Written =
  | {
      readonly kind: 'written';
      /** What cut the reply short: the answer stands, but is not worth keeping. */
      readonly cutBy?: ModelError;
      readonly sentences: readonly DraftSentence[];
      readonly table?: DraftTable;
      readonly stances?: readonly DraftStance[];
      readonly notes: readonly string[];
    }
  /** The model finds the answer nowhere, or nothing it wrote passed. */
  | {
      readonly kind: 'none';
      /** By the model's own word, not for want of sentences that pass. */
      readonly saidNone: boolean;
      readonly notes: readonly string[];
    }
  /** The reply cannot be used: none came, or none in the form. */
  | {
      readonly kind: 'unusable';
      readonly failure?: ModelError;
      readonly notes: readonly string[];
    };
