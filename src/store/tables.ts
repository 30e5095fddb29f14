import type { DigestTables } from './digest-tables.ts';

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
  /** Names a call that was not settled yet; `usd` is then the most that it can cost. */
  readonly reservation: string | null;
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

/** One row of `claims`: a message that was taken in or refused within the last day. */
export interface ClaimRow {
  readonly platform: string;
  readonly workspace_id: string;
  readonly channel_id: string;
  readonly message_id: string;
  readonly author_id: string;
  readonly claimed_at: string;
  /** 1 when it counts towards the quotas, 0 when it was refused. */
  readonly is_counted: number;
}

/** One row of `questions`; `message` and `outcome` hold JSON, `is_...` 0 or 1. */
export interface QuestionRow {
  readonly id: string;
  /** From 1, in the order of acceptance. */
  readonly sequence: number;
  readonly platform: string;
  readonly workspace_id: string;
  readonly channel_id: string;
  readonly conversation_id: string;
  readonly author_id: string;
  readonly is_private: number;
  readonly is_unasked: number;
  readonly message: string;
  readonly accepted_at: string;
  readonly state: 'accepted' | 'working' | 'done';
  readonly attempts: number;
  readonly deliveries: number;
  readonly is_stopped: number;
  /** From 1, in the order of taking; of the last time when it was taken more than once. */
  readonly taken: number | null;
  readonly worker: string | null;
  readonly lease_until: string | null;
  readonly not_before: string | null;
  readonly outcome: string | null;
  readonly answer_id: string | null;
  readonly placed: string | null;
  readonly finished_at: string | null;
}

/** One row of `channel_settings`; `settings` holds JSON. */
export interface ChannelSettingsRow {
  readonly platform: string;
  readonly workspace_id: string;
  readonly channel_id: string;
  readonly settings: string;
}

/** One row of `feedback`. */
export interface FeedbackRow {
  readonly answer_id: string;
  readonly platform: string;
  readonly author_id: string;
  readonly vote: string;
  readonly at: string;
}

/** The tables as Kysely sees them. */
export interface Tables extends DigestTables {
  readonly turns: TurnRow;
  readonly expenses: ExpenseRow;
  readonly answers_kept: KeptAnswerRow;
  readonly claims: ClaimRow;
  readonly questions: QuestionRow;
  readonly channel_settings: ChannelSettingsRow;
  readonly muted_threads: { readonly conversation_id: string };
  readonly feedback: FeedbackRow;
}
