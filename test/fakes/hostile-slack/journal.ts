import type { Channels, StoredMessage } from './channels.ts';
import type { Signs } from './signs.ts';
import type { Sent } from './sockets.ts';

/** A question that a person put where all can see it. */
export interface AskedThere {
  readonly channel: string;
  readonly ts: string;
  readonly threadTs: string;
  /** When its first event was sent, in milliseconds. */
  readonly deliveredAt: number;
  readonly events: readonly Sent[];
}

interface JournalParts {
  readonly channels: Channels;
  readonly signs: Signs;
}

/** What is no answer, whatever else it says. */
const APOLOGY = /The reference is \w|used up (?:your|its) /;
const UNFINISHED = 'Writing…';

/** What people asked and what they got, counted from what stands in Slack. */
export class Journal {
  readonly asked: AskedThere[] = [];
  /** Whatever was sent that Slack should never get; a good run leaves it empty. */
  readonly violations: string[] = [];
  readonly #parts: JournalParts;

  constructor(parts: JournalParts) {
    this.#parts = parts;
  }

  /** Questions that stand there without an answer of their own. */
  get lost(): readonly string[] {
    return this.#threads().flatMap(({ root, questions, answers }) =>
      Array<string>(Math.max(0, questions - answers)).fill(root),
    );
  }

  /** Messages of the app beyond one for each question, whatever they say. */
  get doubled(): readonly string[] {
    return this.#threads().flatMap(({ root, questions, replies }) =>
      Array<string>(Math.max(0, replies - questions)).fill(root),
    );
  }

  /** Milliseconds from the event that was sent to the status that was seen, for each that had one. */
  statusDelays(asked: readonly AskedThere[] = this.asked): readonly number[] {
    return asked.flatMap(({ channel, threadTs, deliveredAt }) => {
      const at = this.#parts.signs.firstStatusAt(channel, threadTs);
      return at === undefined ? [] : [at - deliveredAt];
    });
  }

  /** Events for which nobody said in time that they came. */
  get unacknowledged(): number {
    return this.asked.flatMap(({ events }) => events).filter(({ sentAt }) => sentAt.length > 1)
      .length;
  }

  #threads() {
    const counts = new Map<string, AskedThere[]>();
    for (const each of this.asked) {
      const key = `${each.channel} ${each.threadTs}`;
      const same = counts.get(key);
      if (same === undefined) counts.set(key, [each]);
      else same.push(each);
    }
    const byThread = this.#repliesByThread();
    return [...counts].map(([root, { length: questions }]) => {
      const replies = byThread.get(root) ?? [];
      const answers = replies.filter(isAnswer).length;
      return { root, questions, replies: replies.length, answers };
    });
  }

  #repliesByThread(): ReadonlyMap<string, readonly StoredMessage[]> {
    const { channels } = this.#parts;
    const all = channels.messages.filter((each) => each.isOfApp && !each.isDeleted);
    return Map.groupBy(all, ({ channel, threadTs }) => `${channel} ${threadTs}`);
  }
}

/** Whole, and not what the bot says when it has no answer. */
export function isAnswer({ stream, text, blocks }: StoredMessage): boolean {
  if (stream?.isOpen === true || text === UNFINISHED || blocks.length === 0) return false;
  return !APOLOGY.test(JSON.stringify([text, blocks]));
}
