import { setTimeout as sleep } from 'node:timers/promises';
import { within } from '../llm/time-limit.ts';
import type { Log } from '../log.ts';
import { SlackApiError, toSlackApiError } from './slack-api.ts';

/** One connection of Socket Mode, until it ends. Every try to connect makes a new one. */
export interface SocketAttempt {
  /** Rejects where Slack lets us not connect. */
  open(): Promise<void>;
  /** Ends when an opened connection has ended, whoever closed it. */
  readonly ended: Promise<void>;
  close(): void;
}

/** A connection that is opened again whenever it ends. */
export interface KeptSocket {
  /** Rejects where the first try fails. */
  start(): Promise<void>;
  stop(): void;
  /** Why there will never be a connection again, such as a token that was taken back. */
  readonly lost: Promise<SlackApiError>;
}

export interface KeptSocketParts {
  readonly attempt: () => SocketAttempt;
  readonly log: Pick<Log, 'warn'>;
  /** The wait after the first failure; it doubles each time. */
  readonly retryMs?: number;
  /** How long Slack may take to let us in. */
  readonly patienceMs?: number;
  /** A connection that ends sooner counts as a failure. */
  readonly lastingMs?: number;
}

const RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 30_000;
const PATIENCE_MS = 20_000;
const LASTING_MS = 5_000;

/** Waiting is of no use after these; after anything else Slack may let us in again. */
const FOR_GOOD: ReadonlySet<string> = new Set([
  'account_inactive',
  'app_not_found',
  'forbidden_team',
  'invalid_auth',
  'missing_scope',
  'not_allowed_token_type',
  'not_authed',
  'team_disabled',
  'token_expired',
  'token_revoked',
  'user_removed_from_team',
]);

/**
 * Slack renews a connection now and then, and networks fail: this opens the next one at once, and
 * after failures ever later. The client's own reconnecting is not used: it waits five seconds, and
 * what fails there surfaces nowhere but as an unhandled rejection.
 */
export function keepSocket(parts: KeptSocketParts): KeptSocket {
  const lost = Promise.withResolvers<SlackApiError>();
  const stopping = new AbortController();
  const { signal } = stopping;
  const { retryMs = RETRY_MS } = parts;
  let current: SocketAttempt | undefined;

  const connect = async () => {
    current = parts.attempt();
    return opened(current, parts.patienceMs ?? PATIENCE_MS);
  };
  /** After so many connections that failed or hardly lasted. */
  const connectAgain = async (failed: number): Promise<SocketAttempt | undefined> => {
    if (failed > 0) await pause(waitAfter(failed - 1, retryMs), signal);
    for (let failures = 0; !signal.aborted; failures += 1) {
      try {
        return await connect();
      } catch (error) {
        if (!(error instanceof SlackApiError)) throw error;
        if (FOR_GOOD.has(error.reason)) return void lost.resolve(error);
        parts.log.warn('slack.not-reconnected', { reason: error.reason, failures });
        await pause(
          Math.max(waitAfter(failures, retryMs), (error.retryAfter ?? 0) * 1_000),
          signal,
        );
      }
    }
    return undefined;
  };
  const keep = async (first: SocketAttempt) => {
    let attempt: SocketAttempt | undefined = first;
    let brief = 0;
    while (attempt !== undefined && !signal.aborted) {
      const openedAt = performance.now();
      await attempt.ended;
      const isBrief = performance.now() - openedAt < (parts.lastingMs ?? LASTING_MS);
      brief = isBrief ? brief + 1 : 0;
      // One may end so by chance, and is opened again at once.
      if (!signal.aborted) attempt = await connectAgain(brief - 1);
    }
    // Stopped while it was opened.
    if (signal.aborted) attempt?.close();
  };
  return {
    async start() {
      void keep(await connect());
    },
    stop() {
      stopping.abort();
      current?.close();
    },
    lost: lost.promise,
  };
}

/** Throws SlackApiError, and then it is closed. */
async function opened(attempt: SocketAttempt, patienceMs: number): Promise<SocketAttempt> {
  try {
    await within(patienceMs, () => attempt.open());
    return attempt;
  } catch (error) {
    attempt.close();
    throw toSlackApiError('apps.connections.open', error);
  }
}

function waitAfter(failures: number, retryMs: number): number {
  return Math.min(LONGEST_RETRY_MS, retryMs * 2 ** failures);
}

/** Ends early, without an error, when it is stopped. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => {});
}
