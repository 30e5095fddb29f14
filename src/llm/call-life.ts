import { type ChatServer, chatError } from './chat-errors.ts';

/** A reader who needs no more; the call then ended well. */
const LEFT = Symbol('the reader left');

/**
 * From the start of a call to its end: its signal aborts at the deadline, with the caller's signal
 * (and its reason), and when the reader leaves.
 */
export class CallLife {
  /** Whether a piece of the reply went out; from then on nothing is asked again. */
  begun = false;
  readonly #controller = new AbortController();
  readonly #madeAt = performance.now();
  readonly #timeoutMs: number;
  #turnAt: number | undefined;
  readonly #stop: () => void;

  constructor(parts: {
    readonly server: ChatServer;
    readonly timeoutMs: number;
    readonly caller: AbortSignal | undefined;
  }) {
    const { server, timeoutMs, caller } = parts;
    this.#timeoutMs = timeoutMs;
    const abort = () => this.#controller.abort(caller?.reason);
    const timer = setTimeout(() => this.#controller.abort(this.#overdue(server)), timeoutMs);
    caller?.addEventListener('abort', abort, { once: true });
    if (caller?.aborted) abort();
    this.#stop = () => {
      clearTimeout(timer);
      caller?.removeEventListener('abort', abort);
    };
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get hasLeft(): boolean {
    return this.signal.reason === LEFT;
  }

  get remainingMs(): number {
    return this.#madeAt + this.#timeoutMs - performance.now();
  }

  /** Its turn has come. */
  start(): void {
    this.#turnAt = performance.now();
  }

  /** Ends whatever still runs; without effect on a call that has ended. */
  end(): void {
    this.#stop();
    this.#controller.abort(LEFT);
  }

  // A server that was left less than half of the time is not to blame.
  #overdue(server: ChatServer) {
    const waitedMs = (this.#turnAt ?? Number.POSITIVE_INFINITY) - this.#madeAt;
    return waitedMs > this.#timeoutMs / 2
      ? chatError({ failure: 'busy', server, reason: 'its turn came too late' })
      : chatError({ failure: 'timeout', server, reason: 'the time for the whole reply is over' });
  }
}
