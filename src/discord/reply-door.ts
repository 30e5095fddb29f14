import type { ReplyDoor } from '../bot/reply.ts';
import type { Log } from '../log.ts';
import type { Acknowledgements } from './acknowledgements.ts';
import { createChannelReply } from './channel-reply.ts';
import type { DiscordApi, Self } from './discord-api.ts';
import { createInteractionReply } from './interaction-reply.ts';
import { readReplyTo } from './notes.ts';

/** What replying works with. */
export interface ReplyParts {
  readonly api: DiscordApi;
  readonly self: Pick<Self, 'userId'>;
  readonly acknowledgements: Pick<Acknowledgements, 'ended'>;
  readonly log: Log;
  /** Milliseconds that only grow. */
  readonly now: () => number;
  /** The time of day, in milliseconds. */
  readonly clock: () => number;
  /** Names of what the bot may not do in a channel and needs to; none where that is not known. */
  readonly missingIn: (channelId: string) => readonly string[];
}

/** How the bot replies in Discord. */
export function createReplyDoor(parts: ReplyParts): ReplyDoor {
  return {
    open: (address) =>
      readReplyTo(address.message).token === undefined
        ? createChannelReply(address, parts)
        : createInteractionReply(address, parts),
  };
}
