import type { Log } from '../log.ts';
import { callPatiently, limitedFor } from './send.ts';
import { type SlackApi, SlackApiError } from './slack-api.ts';

/** The signs that a question is in work; without them an answer is still an answer. */
export interface PresenceParts {
  readonly api: SlackApi;
  readonly log: Log;
  /** Milliseconds that only grow. */
  readonly now: () => number;
  readonly shared: SharedSigns;
  readonly signal: AbortSignal;
}

/** What is known of Slack's patience with signs, for all replies together. */
export interface SharedSigns {
  hasNoStatus?: boolean;
  /** By method: until when Slack wants none. Signs are dropped until then, not queued. */
  readonly quietUntil: Map<string, number>;
}

/** The question that is marked, and the thread whose status is shown. */
export interface Question {
  readonly channel: string;
  readonly threadTs: string;
  readonly ts: string;
  /** False for a slash command or a form, which leave no message to mark. */
  readonly isMessage: boolean;
}

const EYES = 'eyes';
const SET_STATUS = 'assistant.threads.setStatus';

/** Puts the eyes on a question, unless nobody could take them away again soon. Never throws. */
export async function markSeen(
  { channel, ts, isMessage }: Question,
  parts: PresenceParts,
): Promise<void> {
  if (!isMessage || isQuiet('reactions.remove', parts)) return;
  await quietly('reactions.add', { channel, timestamp: ts, name: EYES }, parts);
}

/** Says what is going on. Never throws. */
export async function showStatus(
  { channel, threadTs }: Question,
  status: string,
  parts: PresenceParts,
): Promise<void> {
  if (parts.shared.hasNoStatus) return;
  await quietly(SET_STATUS, { channel_id: channel, thread_ts: threadTs, status }, parts);
}

/**
 * Takes both signs away. A status that stands there still is taken away for certain: Slack does that
 * by itself only where a message came after it. Never throws.
 */
export async function unmark(
  question: Question,
  { isStatusUp }: { readonly isStatusUp: boolean },
  parts: PresenceParts,
): Promise<void> {
  const { channel, ts, isMessage } = question;
  const takeAway = { channel, timestamp: ts, name: EYES };
  await Promise.all([
    isStatusUp ? clearStatus(question, parts) : showStatus(question, '', parts),
    ...(isMessage ? [quietly('reactions.remove', takeAway, parts)] : []),
  ]);
}

async function clearStatus({ channel, threadTs }: Question, parts: PresenceParts): Promise<void> {
  if (parts.shared.hasNoStatus) return;
  const args = { channel_id: channel, thread_ts: threadTs, status: '' };
  try {
    await callPatiently(SET_STATUS, args, parts);
  } catch (error) {
    // Once more, where it was no limit but a slip.
    if (!parts.signal.aborted) await showStatusAgain(error, args, parts);
  }
}

async function showStatusAgain(
  error: unknown,
  args: Readonly<Record<string, unknown>>,
  parts: PresenceParts,
): Promise<void> {
  if (error instanceof SlackApiError && /^(?:http_|unreachable)/.test(error.reason)) {
    await quietly(SET_STATUS, args, parts);
  } else {
    note(SET_STATUS, error, parts);
  }
}

async function quietly(
  method: string,
  args: Readonly<Record<string, unknown>>,
  parts: PresenceParts,
): Promise<void> {
  if (isQuiet(method, parts)) return;
  try {
    await parts.api.call(method, args, parts.signal);
  } catch (error) {
    note(method, error, parts);
  }
}

function isQuiet(method: string, { shared, now }: PresenceParts): boolean {
  return now() < (shared.quietUntil.get(method) ?? 0);
}

/** The last one: uninstalled meanwhile. */
const EXPECTED: ReadonlySet<string> = new Set([
  'already_reacted',
  'no_reaction',
  'account_inactive',
]);

function note(method: string, error: unknown, { log, now, shared }: PresenceParts): void {
  const reason = error instanceof SlackApiError ? error.reason : 'stopped';
  const wait = limitedFor(error);
  if (wait !== undefined) shared.quietUntil.set(method, now() + wait);
  if (EXPECTED.has(reason)) return;
  if (reason === 'unknown_method' && method === SET_STATUS) shared.hasNoStatus = true;
  log.warn('slack.sign-not-shown', { method, reason });
}
