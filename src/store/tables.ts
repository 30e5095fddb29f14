import type { Platform } from '../bot/message.ts';
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
  /** 1 once its private answer was shown to the whole channel; 0 at first. */
  readonly is_shared: number;
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

/** One row of `introductions`: a channel that the bot has introduced itself in. */
export interface IntroductionRow {
  readonly platform: string;
  readonly workspace_id: string;
  readonly channel_id: string;
}

/** One row of `feedback`. */
export interface FeedbackRow {
  readonly answer_id: string;
  readonly platform: string;
  readonly author_id: string;
  readonly vote: string;
  readonly at: string;
}

/** One row of `installations`; `sealed` is encrypted. */
export interface InstallationRow {
  readonly platform: Platform;
  readonly key: string;
  readonly sealed: string;
  readonly installed_at: string;
  readonly renewing_worker: string | null;
  readonly renewing_until: string | null;
}

/** One row of `installation_links`: a workspace of an organisation that installed the bot. */
export interface InstallationLinkRow {
  readonly platform: Platform;
  readonly workspace: string;
  readonly key: string;
}

/** One row of `request_turns`: when a site may be asked again, and by whom it is asked now. */
export interface RequestTurnRow {
  readonly site: string;
  readonly holder: string | null;
  /** Milliseconds since 1970. */
  readonly free_at: number;
}

/** One row of `resolved_titles`; without an `arxiv_id` there was none. */
export interface ResolvedTitleRow {
  readonly title_id: string;
  readonly arxiv_id: string | null;
  readonly asked_at: string;
}

/** One row of `paper_snapshots`: the last one of that day. */
export interface PaperSnapshotRow {
  readonly paper_id: string;
  /** The first ten characters of `at`. */
  readonly day: string;
  readonly at: string;
  readonly upvotes: number | null;
  readonly comment_count: number | null;
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
  readonly installations: InstallationRow;
  readonly installation_links: InstallationLinkRow;
  readonly introductions: IntroductionRow;
  readonly request_turns: RequestTurnRow;
  readonly resolved_titles: ResolvedTitleRow;
  readonly paper_snapshots: PaperSnapshotRow;
}
