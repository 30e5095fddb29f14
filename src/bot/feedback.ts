import type { Platform } from './message.ts';

/** One person's judgement of one answer. */
export interface Vote {
  readonly answerId: string;
  readonly platform: Platform;
  readonly authorId: string;
  readonly vote: 'up' | 'down';
  /** ISO 8601, UTC. */
  readonly at: string;
}

/** Where votes are kept: the last one of each person for each answer. */
export interface FeedbackStore {
  put(vote: Vote): Promise<void>;
  /** How many people found the answer good and bad. */
  count(answerId: string): Promise<{ readonly up: number; readonly down: number }>;
}
