import { CannotDeliver, type Reply, type ReplyAddress, type ReplyDoor } from '../bot/reply.ts';
import type { Log } from '../log.ts';
import type { ChannelPace } from './channel-pace.ts';
import { createPrivateReply } from './private-reply.ts';
import type { Workspaces } from './room.ts';
import type { SharedStreams } from './shared-streams.ts';
import type { StreamParts } from './stream-place.ts';
import { createThreadReply } from './thread-reply.ts';

/** What replying works with. */
export interface ReplyDoorParts {
  readonly workspaces: Pick<Workspaces, 'find'>;
  readonly log: Log;
  /** Milliseconds that only grow. */
  readonly now: () => number;
  /** What the streams of a workspace share. */
  readonly streamsIn: (teamId: string) => SharedStreams;
  /** Of the channels, where posts wait for their turn; without it they are made at once. */
  readonly pace?: ChannelPace;
}

/** How the bot replies in Slack, in whichever workspace the message came from. */
export function createReplyDoor({ workspaces, streamsIn, ...parts }: ReplyDoorParts): ReplyDoor {
  return {
    open: (address) =>
      openLate(async () => {
        const { workspaceId: teamId } = address.message;
        const workspace = await workspaces.find({ teamId });
        if (workspace === undefined) return undefined;
        return createReply(address, { ...parts, ...workspace, shared: streamsIn(teamId) });
      }),
  };
}

function createReply(address: ReplyAddress, parts: StreamParts): Reply {
  return address.isPrivate ? createPrivateReply(address, parts) : createThreadReply(address, parts);
}

/** A reply that looks for its workspace when there is something to say. */
function openLate(find: () => Promise<Reply | undefined>): Reply {
  let found: Reply | undefined;
  const reply = async () => {
    found ??= await find();
    return found;
  };
  const orNever = async () => {
    const there = await reply();
    if (there === undefined) throw new CannotDeliver('The app is not installed there any more.');
    return there;
  };
  return {
    status: async (text, signal) => (await reply())?.status(text, signal),
    sentence: async (grown, signal) => (await reply())?.sentence(grown, signal),
    ready: async (signal) => (await reply())?.ready?.(signal),
    final: async (final, delivery) => (await orNever()).final(final, delivery),
    fail: async (failure, delivery) => (await orNever()).fail(failure, delivery),
  };
}
