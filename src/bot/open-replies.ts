import type { Log } from '../log.ts';
import type { IncomingMessage, Platform } from './message.ts';
import type { QuestionQueue } from './question-queue.ts';
import type { ReplyDoor } from './reply.ts';
import { createReplyLine, type ReplyLine } from './reply-line.ts';

export interface OpenRepliesParts {
  readonly doors: Readonly<Partial<Record<Platform, ReplyDoor>>>;
  readonly queue: Pick<QuestionQueue, 'place' | 'ahead' | 'stop'>;
  readonly log: Log;
  readonly stepMs: number;
  readonly renewMs: number;
}

interface Opening {
  readonly id: string;
  readonly message: IncomingMessage;
  readonly isPrivate: boolean;
  readonly placed?: string;
}

/** The replies of this process: whoever waits in line keeps the one reply when the turn comes. */
export interface OpenReplies {
  /** Opens the reply of a message that was not taken yet. */
  open(opening: Opening): ReplyLine;
  /** The reply of a message that is now in work: the one that is open, or a new one. */
  take(opening: Opening): ReplyLine;
}

/** Beyond it the oldest are dropped: another process may have taken their messages. */
const MOST_OPEN = 5_000;

export function createOpenReplies(parts: OpenRepliesParts): OpenReplies {
  const { doors, queue } = parts;
  const open = new Map<string, ReplyLine>();
  /** In work here, or still waiting; whoever else has it shows its own status. */
  const isOurs = async (id: string) => {
    if (!open.has(id) || (await queue.ahead(id)) !== undefined) return true;
    // Taken here meanwhile, or elsewhere.
    return !open.delete(id);
  };
  const create = ({ id, message, isPrivate, placed }: Opening) => {
    const door = doors[message.platform];
    if (door === undefined) throw new Error(`There is no door to ${message.platform}.`);
    const reply = door.open({
      deliveryKey: id,
      message,
      isPrivate,
      ...(placed !== undefined && { placed }),
      place: (note) => queue.place(id, note),
      stop: () => queue.stop(id),
    });
    const mayRenew = () => isOurs(id);
    return createReplyLine({ ...parts, reply, mayRenew });
  };
  return {
    open(opening) {
      const line = open.get(opening.id) ?? create(opening);
      open.set(opening.id, line);
      const [oldest] = open.keys();
      if (open.size > MOST_OPEN && oldest !== undefined) {
        open.get(oldest)?.drop();
        open.delete(oldest);
      }
      return line;
    },
    take(opening) {
      const line = open.get(opening.id) ?? create(opening);
      open.delete(opening.id);
      return line;
    },
  };
}
