/** One row of `turns`; `answer` and `papers` hold JSON. */
export interface TurnRow {
  readonly answer_id: string;
  readonly conversation_id: string;
  /** From 1 within a conversation, in the order of asking. */
  readonly sequence: number;
  readonly asked_at: string;
  readonly question: string;
  readonly answer: string;
  readonly papers: string;
}

/** One row of `expenses`: one call to a model. */
export interface ExpenseRow {
  /** The first ten characters of `at`. */
  readonly day: string;
  readonly at: string;
  readonly model: string;
  readonly task: string;
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly usd: number;
}

/** One row of `answers_kept`; `answered` holds JSON, `vector` 32-bit floats, little-endian. */
export interface KeptAnswerRow {
  readonly key: string;
  readonly answer_group: string;
  readonly question: string;
  readonly vector: Uint8Array;
  readonly given: string;
  readonly answered_at: string;
  readonly answered: string;
}

/** The tables as Kysely sees them. */
export interface Tables {
  readonly turns: TurnRow;
  readonly expenses: ExpenseRow;
  readonly answers_kept: KeptAnswerRow;
}
