import { setTimeout as sleep } from 'node:timers/promises';
import { CannotDeliver } from '../bot/reply.ts';
import type { Log } from '../log.ts';
import type { Block, Rendered } from './blocks.ts';
import { type SlackApi, SlackApiError } from './slack-api.ts';

/** What sending works with. */
export interface SendParts {
  readonly api: SlackApi;
  readonly log: Log;
}

/** Trying again is of no use after these. */
const FOR_GOOD: ReadonlySet<string> = new Set([
  'account_inactive',
  'cannot_reply_to_message',
  'channel_not_found',
  'ekm_access_denied',
  'invalid_auth',
  'is_archived',
  'missing_scope',
  'no_permission',
  'not_authed',
  'not_in_channel',
  'restricted_action',
  'restricted_action_thread_locked',
  'team_access_not_granted',
  'thread_not_found',
  'token_revoked',
]);
const BAD_BLOCKS: ReadonlySet<string> = new Set(['invalid_blocks', 'invalid_blocks_format']);
const LONGEST_WAIT_S = 20;
const NO_PREVIEWS = { unfurl_links: false, unfurl_media: false, parse: 'none' };

/**
 * Sends a message by a method that takes blocks. Waits once where Slack asks for it, and sends plainer
 * blocks where it does not know ours. Throws CannotDeliver where trying again is of no use.
 */
export async function sendMessage(
  {
    method,
    args,
    message,
    signal,
  }: {
    readonly method: 'chat.postMessage' | 'chat.postEphemeral' | 'chat.update';
    readonly args: Readonly<Record<string, unknown>>;
    readonly message: Rendered;
    readonly signal?: AbortSignal;
  },
  parts: SendParts,
): Promise<unknown> {
  const previews = method === 'chat.update' ? { parse: 'none' } : NO_PREVIEWS;
  const send = (blocks: readonly Block[]) =>
    callPatiently(
      method,
      { ...args, ...previews, text: message.text, blocks: [...blocks] },
      {
        ...parts,
        ...(signal && { signal }),
      },
    );
  try {
    return await send(message.blocks);
  } catch (error) {
    if (!(error instanceof SlackApiError && BAD_BLOCKS.has(error.reason))) throw orForGood(error);
    parts.log.warn('slack.blocks-refused', { method });
  }
  try {
    return await send(plainer(message.blocks));
  } catch (error) {
    throw orForGood(error);
  }
}

/** A call that waits once, as long as Slack asks for, where it is asked too much. */
export async function callPatiently(
  method: string,
  args: Readonly<Record<string, unknown>>,
  { api, signal }: { readonly api: SlackApi; readonly signal?: AbortSignal },
): Promise<unknown> {
  try {
    return await api.call(method, args, signal);
  } catch (error) {
    const wait = error instanceof SlackApiError ? error.retryAfter : undefined;
    if (wait === undefined || wait > LONGEST_WAIT_S) throw error;
    await sleep(wait * 1_000, undefined, signal === undefined ? {} : { signal });
    return api.call(method, args, signal);
  }
}

const ABSENT: ReadonlySet<string> = new Set([
  'user_not_in_channel',
  'not_in_channel',
  'channel_not_found',
]);

/** Whether the bot, or the one person who is to see it, is not in that channel. */
export function isAbsent(error: unknown): boolean {
  const said = error instanceof CannotDeliver ? error.cause : error;
  return said instanceof SlackApiError && ABSENT.has(said.reason);
}

/** How long Slack wants no such call, in milliseconds; undefined for any other error. */
export function limitedFor(error: unknown): number | undefined {
  const seconds = error instanceof SlackApiError ? error.retryAfter : undefined;
  return seconds === undefined ? undefined : seconds * 1_000;
}

/** Whether nothing sent to that place will ever arrive. */
export function isForGood(error: unknown): boolean {
  return error instanceof SlackApiError && FOR_GOOD.has(error.reason);
}

/** The error, as CannotDeliver where trying again is of no use. */
export function orForGood(error: unknown): unknown {
  return isForGood(error) && error instanceof Error
    ? new CannotDeliver(error.message, { cause: error })
    : error;
}

/** The same in blocks that every workspace knows: older ones refuse the whole message for one. */
function plainer(blocks: readonly Block[]): readonly Block[] {
  return blocks.flatMap((block): readonly Block[] => {
    switch (block.type) {
      case 'container':
        return block.child_blocks;
      case 'alert':
        return [{ type: 'section', text: block.text }];
      case 'context_actions':
        return [];
      case 'table':
        return block.rows
          .flatMap((row) => row.filter((cell) => cell.type === 'rich_text'))
          .slice(0, 30);
      default:
        return [block];
    }
  });
}
