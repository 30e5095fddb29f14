import { CannotDeliver, type Reply, type ReplyAddress, type ReplyDoor } from '../bot/reply.ts';
import type { Log } from '../log.ts';
import type { SharedStreams } from './growing-message.ts';
import { createPrivateReply } from './private-reply.ts';
import type { Workspaces } from './room.ts';
import { createThreadReply } from './thread-reply.ts';

/** What replying works with. */
export interface ReplyDoorParts {
  readonly workspaces: Pick<Workspaces, 'find'>;
  readonly log: Log;
  /** Milliseconds that only grow. */
  readonly now: () => number;
  /** What the streams of a workspace share. */
  readonly streamsIn: (teamId: string) => SharedStreams;
}

/** How the bot replies in Slack, in whichever workspace the message came from. */
export function createReplyDoor({ workspaces, log, now, streamsIn }: ReplyDoorParts): ReplyDoor {
  return {
    open: (address) =>
      openLate(async () => {
        const { workspaceId: teamId } = address.message;
        const workspace = await workspaces.find({ teamId });
        if (workspace === undefined) return undefined;
        const parts = { ...workspace, log, now, shared: streamsIn(teamId) };
        return createReply(address, parts);
      }),
  };
}

function createReply(address: ReplyAddress, parts: Parameters<typeof createThreadReply>[1]): Reply {
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
    final: async (final, delivery) => (await orNever()).final(final, delivery),
    fail: async (failure, delivery) => (await orNever()).fail(failure, delivery),
  };
}
