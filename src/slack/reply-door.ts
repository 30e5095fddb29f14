import type { ReplyDoor } from '../bot/reply.ts';
import type { Log } from '../log.ts';
import type { ChannelPace } from './channel-pace.ts';
import { createPrivateReply } from './private-reply.ts';
import type { Identity } from './read-event.ts';
import { createSharedStreams } from './shared-streams.ts';
import type { SlackApi } from './slack-api.ts';
import type { StreamParts } from './stream-place.ts';
import { createThreadReply } from './thread-reply.ts';

/** What replying works with. */
export interface ReplyDoorParts {
  readonly self: Identity;
  readonly api: SlackApi;
  readonly log: Log;
  /** Milliseconds that only grow. */
  readonly now: () => number;
  /** Of the channels, where posts wait for their turn; without it they are made at once. */
  readonly pace?: ChannelPace;
}

/** How the bot replies in Slack. */
export function createReplyDoor(given: ReplyDoorParts): ReplyDoor {
  const parts: StreamParts = { ...given, shared: createSharedStreams() };
  return {
    open: (address) =>
      address.isPrivate ? createPrivateReply(address, parts) : createThreadReply(address, parts),
  };
}
