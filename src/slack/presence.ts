import type { Log } from '../log.ts';
import { type SlackApi, SlackApiError } from './slack-api.ts';

/** The signs that a question is in work; without them an answer is still an answer. */
export interface PresenceParts {
  readonly api: SlackApi;
  readonly log: Log;
  readonly shared: { hasNoStatus?: boolean };
  readonly signal: AbortSignal;
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

/** Puts the eyes on a question. Never throws. */
export function markSeen(
  { channel, ts, isMessage }: Question,
  parts: PresenceParts,
): Promise<void> {
  if (!isMessage) return Promise.resolve();
  return quietly('reactions.add', { channel, timestamp: ts, name: EYES }, parts);
}

/** Says what is going on; an empty text says no more. Never throws. */
export async function showStatus(
  { channel, threadTs }: Question,
  status: string,
  parts: PresenceParts,
): Promise<void> {
  if (parts.shared.hasNoStatus) return;
  const args = { channel_id: channel, thread_ts: threadTs, status };
  await quietly('assistant.threads.setStatus', args, parts);
}

/** Takes both signs away. Never throws. */
export async function unmark(question: Question, parts: PresenceParts): Promise<void> {
  const { channel, ts, isMessage } = question;
  const takeAway = { channel, timestamp: ts, name: EYES };
  await Promise.all([
    showStatus(question, '', parts),
    ...(isMessage ? [quietly('reactions.remove', takeAway, parts)] : []),
  ]);
}

/** The last one: uninstalled meanwhile. */
const EXPECTED: ReadonlySet<string> = new Set([
  'already_reacted',
  'no_reaction',
  'account_inactive',
]);

async function quietly(
  method: string,
  args: Readonly<Record<string, unknown>>,
  { api, log, shared, signal }: PresenceParts,
): Promise<void> {
  try {
    await api.call(method, args, signal);
  } catch (error) {
    const reason = error instanceof SlackApiError ? error.reason : 'stopped';
    if (EXPECTED.has(reason)) return;
    if (reason === 'unknown_method') shared.hasNoStatus = true;
    log.warn('slack.sign-not-shown', { method, reason });
  }
}
