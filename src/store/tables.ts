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

/** The tables as Kysely sees them. */
export interface Tables {
  readonly turns: TurnRow;
}
