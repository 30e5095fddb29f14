import { type Args, Refused, text } from './refused.ts';

interface Shown {
  readonly text: string;
  readonly at: number;
}

/** Statuses of threads and reactions, as people see them. */
export class Signs {
  readonly #now: () => number;
  readonly #statusMs: number;
  readonly #statuses = new Map<string, Shown>();
  readonly #reactions = new Set<string>();
  /** Every status that was set, by thread; an empty one took it away. */
  readonly history = new Map<string, Shown[]>();

  constructor({ now, statusMs }: { readonly now: () => number; readonly statusMs: number }) {
    this.#now = now;
    this.#statusMs = statusMs;
  }

  setStatus(args: Args): void {
    const key = keyOf(text(args, 'channel_id'), text(args, 'thread_ts'));
    if (typeof args.status !== 'string') throw new Refused('invalid_arguments');
    const shown = { text: args.status, at: this.#now() };
    this.#statuses.set(key, shown);
    this.history.set(key, [...(this.history.get(key) ?? []), shown]);
  }

  /** A reply in a thread takes its status away. */
  replied(channel: string, threadTs: string | undefined): void {
    if (threadTs !== undefined) this.#statuses.delete(keyOf(channel, threadTs));
  }

  /** What is shown now; nothing where it was taken away, or was left alone too long. */
  status(channel: string, threadTs: string): string {
    const shown = this.#statuses.get(keyOf(channel, threadTs));
    return shown !== undefined && this.#now() - shown.at < this.#statusMs ? shown.text : '';
  }

  /** The threads that show a status now. */
  get withStatus(): readonly string[] {
    return [...this.#statuses].filter(([, { text }]) => text !== '').map(([key]) => key);
  }

  /** When the first status of a thread was visible. */
  firstStatusAt(channel: string, threadTs: string): number | undefined {
    return this.history.get(keyOf(channel, threadTs))?.find((each) => each.text !== '')?.at;
  }

  react(method: string, args: Args): void {
    const key = `${text(args, 'channel')} ${text(args, 'timestamp')} ${text(args, 'name')}`;
    const isAdding = method === 'reactions.add';
    if (isAdding === this.#reactions.has(key)) {
      throw new Refused(isAdding ? 'already_reacted' : 'no_reaction');
    }
    if (isAdding) this.#reactions.add(key);
    else this.#reactions.delete(key);
  }

  get reactions(): readonly string[] {
    return [...this.#reactions];
  }
}

function keyOf(channel: string, threadTs: string): string {
  return `${channel} ${threadTs}`;
}
