import { DEFAULT_QUOTAS, type Quotas } from './quotas.ts';

/** How the bot works, whatever the channel. Times are in milliseconds. */
export interface BotSettings {
  /** Ids of bots whose messages are answered like those of people. */
  readonly allowedBots: readonly string[];
  readonly quotas: Quotas;
  /** Messages being worked out at once, over all processes that share the store. */
  readonly concurrency: number;
  /** How long an answer may take. */
  readonly answerMs: number;
  /** How long a status or a sentence may take to be shown. */
  readonly stepMs: number;
  /** How often a status is shown again: platforms take it away after a while. */
  readonly renewMs: number;
  /** How long sending the end of a reply may take. */
  readonly deliverMs: number;
  /** The wait before the end is sent again; it doubles each time. */
  readonly retryMs: number;
  /** After a crash a message waits this long before another worker takes it. */
  readonly leaseMs: number;
  /** How often the queue is looked at for what other processes queued or left. */
  readonly pollMs: number;
  /** How long `close` waits for what is in work. */
  readonly graceMs: number;
}

export const BOT_DEFAULTS: BotSettings = {
  allowedBots: [],
  quotas: DEFAULT_QUOTAS,
  concurrency: 4,
  answerMs: 120_000,
  stepMs: 5_000,
  // The first platform to do so waits two minutes.
  renewMs: 90_000,
  deliverMs: 30_000,
  retryMs: 2_000,
  leaseMs: 15_000,
  pollMs: 1_000,
  graceMs: 10_000,
};
