import { cleanLine, clip } from '../answer/show/clean-text.ts';
import type { Log } from '../log.ts';
import { escapePlain } from './escape.ts';
import { type SlackApi, SlackApiError } from './slack-api.ts';

/** A thread that an agent works in, with the button that stops it. */
export interface Session {
  readonly channel: string;
  readonly threadTs: string;
  /** Told where the session begins: the question, untrusted, and who asked it. */
  readonly title?: string;
  readonly userId?: string;
}

export interface SessionParts {
  readonly api: SlackApi;
  readonly log: Log;
  /** Workspaces without sessions are asked once. */
  readonly shared: { hasNoSessions?: boolean };
  readonly signal?: AbortSignal;
}

const LONGEST_TITLE = 200;
const NO_SESSIONS: ReadonlySet<string> = new Set([
  'feature_disabled',
  'feature_not_enabled',
  'missing_scope',
  'not_agent_app',
  'unknown_method',
]);

/** Opens or closes the session of a thread, where the workspace has such. Never throws. */
export async function setSession(
  { channel, threadTs, title, userId }: Session,
  status: 'active' | 'closed',
  { api, log, shared, signal }: SessionParts,
): Promise<void> {
  if (shared.hasNoSessions) return;
  const shown = clip(escapePlain(cleanLine(title ?? '')), LONGEST_TITLE);
  const args = {
    channel_id: channel,
    thread_ts: threadTs,
    status,
    ...(shown !== '' && { title: shown }),
    ...(userId !== undefined && { initiator_user_id: userId }),
  };
  try {
    await api.call('agents.sessions.setStatus', args, signal);
  } catch (error) {
    const reason = error instanceof SlackApiError ? error.reason : 'stopped';
    if (NO_SESSIONS.has(reason)) shared.hasNoSessions = true;
    log.debug('slack.session-not-set', { status, reason });
  }
}
