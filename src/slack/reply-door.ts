import type { ReplyDoor } from '../bot/reply.ts';
import type { Log } from '../log.ts';
import type { SharedStreams, StreamParts } from './growing-message.ts';
import { createPrivateReply } from './private-reply.ts';
import type { Identity } from './read-event.ts';
import type { SlackApi } from './slack-api.ts';
import { createThreadReply } from './thread-reply.ts';

/** What replying works with. */
export interface ReplyDoorParts {
  readonly self: Identity;
  readonly api: SlackApi;
  readonly log: Log;
  /** Milliseconds that only grow. */
  readonly now: () => number;
  /** Its own where none is given. */
  readonly shared?: SharedStreams;
}

/** How the bot replies in Slack. */
export function createReplyDoor(given: ReplyDoorParts): ReplyDoor {
  const parts: StreamParts = { ...given, shared: given.shared ?? { isOff: false, open: 0 } };
  return {
    open: (address) =>
      address.isPrivate ? createPrivateReply(address, parts) : createThreadReply(address, parts),
  };
}
