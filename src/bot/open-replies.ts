import type { Log } from '../log.ts';
import type { IncomingMessage, Platform } from './message.ts';
import type { Lease, QuestionQueue } from './question-queue.ts';
import type { ReplyDoor } from './reply.ts';
import { createReplyLine, type ReplyLine } from './reply-line.ts';

export interface OpenRepliesParts {
  readonly doors: Readonly<Partial<Record<Platform, ReplyDoor>>>;
  readonly queue: Pick<QuestionQueue, 'place' | 'placeHeld' | 'ahead' | 'stop'>;
  readonly log: Log;
  readonly stepMs: number;
  readonly renewMs: number;
}

interface Opening {
  readonly id: string;
  readonly message: IncomingMessage;
  readonly isPrivate: boolean;
  readonly placed?: string;
  /** Of a message that is in work here. */
  readonly lease?: Lease;
}

/** The replies of this process: whoever waits in line keeps the one reply when the turn comes. */
export interface OpenReplies {
  /** Opens the reply of a message that was not taken yet. */
  open(opening: Opening): ReplyLine;
  /** The reply of a message that is now in work: the one that is open, or a new one. */
  take(opening: Opening): ReplyLine;
}

interface OpenLine {
  readonly line: ReplyLine;
  readonly held: { lease?: Lease };
}

/** Beyond it the oldest are dropped: another process may have taken their messages. */
const MOST_OPEN = 5_000;

export function createOpenReplies(parts: OpenRepliesParts): OpenReplies {
  const { doors, queue } = parts;
  const open = new Map<string, OpenLine>();
  /** In work here, or still waiting; whoever else has it shows its own status. */
  const isOurs = async (id: string) => {
    if (!open.has(id) || (await queue.ahead(id)) !== undefined) return true;
    // Taken here meanwhile, or elsewhere.
    return !open.delete(id);
  };
  const create = ({ id, message, isPrivate, placed, lease }: Opening): OpenLine => {
    const held = { ...(lease && { lease }) };
    const door = doors[message.platform];
    if (door === undefined) throw new Error(`There is no door to ${message.platform}.`);
    const reply = door.open({
      deliveryKey: id,
      message,
      isPrivate,
      ...(placed !== undefined && { placed }),
      place: (note) => queue.place(id, note),
      begin: async (note) => held.lease === undefined || queue.placeHeld(held.lease, note),
      stop: () => queue.stop(id),
    });
    const mayRenew = () => isOurs(id);
    return { held, line: createReplyLine({ ...parts, reply, mayRenew }) };
  };
  return {
    open(opening) {
      const opened = open.get(opening.id) ?? create(opening);
      open.set(opening.id, opened);
      const [oldest] = open.keys();
      if (open.size > MOST_OPEN && oldest !== undefined) {
        open.get(oldest)?.line.drop();
        open.delete(oldest);
      }
      return opened.line;
    },
    take(opening) {
      const opened = open.get(opening.id) ?? create(opening);
      open.delete(opening.id);
      if (opening.lease !== undefined) opened.held.lease = opening.lease;
      return opened.line;
    },
  };
}
