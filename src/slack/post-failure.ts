import { CannotDeliver } from '../bot/reply.ts';
import { PostFailure } from '../digest/digest-door.ts';
import { SlackApiError } from './slack-api.ts';

const GONE: ReadonlySet<string> = new Set([
  'cannot_dm_bot',
  'channel_not_found',
  'ekm_access_denied',
  'is_archived',
  'no_permission',
  'not_in_channel',
  'restricted_action',
  'restricted_action_non_threadable_channel',
  'restricted_action_read_only_channel',
  'restricted_action_thread_only_channel',
  'team_access_not_granted',
  'user_disabled',
  'user_not_found',
]);
const REFUSED: ReadonlySet<string> = new Set([
  'cannot_reply_to_message',
  'invalid_arguments',
  'invalid_blocks',
  'invalid_blocks_format',
  'msg_blocks_too_long',
  'msg_too_long',
  'no_text',
  'restricted_action_thread_locked',
  'thread_not_found',
  'too_many_attachments',
]);
/** Whoever manages the app can put these right. */
const REPAIRABLE: ReadonlySet<string> = new Set([
  'account_inactive',
  'invalid_auth',
  'message_limit_exceeded',
  'missing_scope',
  'not_authed',
  'token_expired',
  'token_revoked',
]);
const REPAIR_MS = 15 * 60_000;

/** What kept a digest from being posted, where Slack said so; any other error as it is. */
export function toPostFailure(error: unknown): unknown {
  const said = error instanceof CannotDeliver ? error.cause : error;
  if (!(said instanceof SlackApiError)) return error;
  const { reason, retryAfter, message } = said;
  if (retryAfter !== undefined) {
    return new PostFailure('later', message, { retryAfterMs: retryAfter * 1_000, cause: said });
  }
  if (REPAIRABLE.has(reason)) {
    return new PostFailure('later', message, { retryAfterMs: REPAIR_MS, cause: said });
  }
  if (GONE.has(reason)) return new PostFailure('gone', message, { cause: said });
  return REFUSED.has(reason) ? new PostFailure('refused', message, { cause: said }) : said;
}
