interface Waiter {
  readonly begin: () => void;
}

interface Lane {
  freeAt: number;
  /** Turns that somebody waited for and has not used yet. */
  kept: number;
  readonly waiting: Waiter[];
  timer?: NodeJS.Timeout;
}

interface PaceOptions {
  /** Milliseconds that only grow. */
  readonly now: () => number;
  /** Between two posts of a channel. */
  readonly gapMs?: number;
}

export interface TurnOptions {
  readonly signal?: AbortSignal;
  /** Before all others: it had its turn already, and Slack did not take the post. */
  readonly isAgain?: boolean;
}

/** Slack takes about one message a second in a channel; a little more allows for the way there. */
const GAP_MS = 1_050;

/** Lets the posts of a channel follow each other as fast as Slack takes them; channels do not wait for each other. */
export class ChannelPace {
  readonly #now: () => number;
  readonly #gapMs: number;
  readonly #lanes = new Map<string, Lane>();

  constructor({ now, gapMs = GAP_MS }: PaceOptions) {
    this.#now = now;
    this.#gapMs = gapMs;
  }

  /** Ends when a post may be made; rejects when the signal aborts before. */
  turn(channel: string, { signal, isAgain = false }: TurnOptions = {}): Promise<void> {
    const lane = this.#lane(channel);
    if (lane.kept > 0 && !isAgain) {
      lane.kept -= 1;
      return Promise.resolve();
    }
    return this.#wait(channel, lane, { isAgain, ...(signal && { signal }) });
  }

  /** Waits for a turn that the next post in the channel then has. */
  async keep(channel: string, signal?: AbortSignal): Promise<void> {
    const lane = this.#lane(channel);
    await this.#wait(channel, lane, signal === undefined ? {} : { signal });
    lane.kept += 1;
  }

  /** A turn that was kept is not needed. */
  giveBack(channel: string): void {
    const lane = this.#lane(channel);
    lane.kept = Math.max(0, lane.kept - 1);
  }

  /** Slack wants no post there for so long. */
  pause(channel: string, ms: number): void {
    const lane = this.#lane(channel);
    lane.freeAt = Math.max(lane.freeAt, this.#now() + ms);
  }

  /** Whether a post could be made now. */
  isFree(channel: string): boolean {
    const lane = this.#lanes.get(channel);
    return lane === undefined || (lane.waiting.length === 0 && lane.freeAt <= this.#now());
  }

  #wait(channel: string, lane: Lane, { signal, isAgain = false }: TurnOptions): Promise<void> {
    signal?.throwIfAborted();
    return new Promise((resolve, reject) => {
      const stop = () => {
        const at = lane.waiting.indexOf(waiter);
        if (at !== -1) lane.waiting.splice(at, 1);
        reject(signal?.reason);
      };
      const begin = () => {
        signal?.removeEventListener('abort', stop);
        resolve();
      };
      const waiter: Waiter = { begin };
      signal?.addEventListener('abort', stop, { once: true });
      if (isAgain) lane.waiting.unshift(waiter);
      else lane.waiting.push(waiter);
      this.#run(channel, lane);
    });
  }

  #run(channel: string, lane: Lane): void {
    if (lane.timer !== undefined) return;
    const wait = lane.freeAt - this.#now();
    if (wait > 0) {
      lane.timer = setTimeout(() => {
        delete lane.timer;
        this.#run(channel, lane);
      }, wait);
      return;
    }
    const next = lane.waiting.shift();
    if (next === undefined) {
      if (lane.kept === 0) this.#lanes.delete(channel);
      return;
    }
    lane.freeAt = this.#now() + this.#gapMs;
    next.begin();
    // Also when nobody waits: the lane is then forgotten.
    this.#run(channel, lane);
  }

  #lane(channel: string): Lane {
    const lane = this.#lanes.get(channel) ?? { freeAt: 0, kept: 0, waiting: [] };
    this.#lanes.set(channel, lane);
    return lane;
  }
}
