import type { Log } from '../log.ts';
import type { IncomingMessage, Platform } from './message.ts';
import type { QuestionQueue } from './question-queue.ts';
import type { ReplyDoor } from './reply.ts';
import { createReplyLine, type ReplyLine } from './reply-line.ts';

export interface OpenRepliesParts {
  readonly doors: Readonly<Partial<Record<Platform, ReplyDoor>>>;
  readonly queue: Pick<QuestionQueue, 'place'>;
  readonly log: Log;
  readonly stepMs: number;
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

export function createOpenReplies({ doors, queue, log, stepMs }: OpenRepliesParts): OpenReplies {
  const open = new Map<string, ReplyLine>();
  const create = ({ id, message, isPrivate, placed }: Opening) => {
    const door = doors[message.platform];
    if (door === undefined) throw new Error(`There is no door to ${message.platform}.`);
    const reply = door.open({
      deliveryKey: id,
      message,
      isPrivate,
      ...(placed !== undefined && { placed }),
      place: (note) => queue.place(id, note),
    });
    return createReplyLine({ reply, log, stepMs });
  };
  return {
    open(opening) {
      const line = open.get(opening.id) ?? create(opening);
      open.set(opening.id, line);
      const [oldest] = open.keys();
      if (open.size > MOST_OPEN && oldest !== undefined) open.delete(oldest);
      return line;
    },
    take(opening) {
      const line = open.get(opening.id) ?? create(opening);
      open.delete(opening.id);
      return line;
    },
  };
}
