import type { Log } from '../log.ts';
import { type HeldLease, holdLease } from './held-lease.ts';
import { Interrupted } from './interrupted.ts';
import type { Platform } from './message.ts';
import type { QuestionQueue, QueuedQuestion } from './question-queue.ts';

export interface DispatcherParts {
  readonly queue: QuestionQueue;
  readonly platforms: readonly Platform[];
  /** Works on one message to its end. */
  readonly work: (question: QueuedQuestion, hand: InHand) => Promise<void>;
  readonly newId: () => string;
  readonly now: () => Date;
  readonly log: Log;
  readonly concurrency: number;
  readonly leaseMs: number;
  /** How often the queue is looked at for what other processes left or queued. */
  readonly pollMs: number;
}

/** What holds a message while it is in work. */
export interface InHand {
  readonly lease: HeldLease;
  /** From here on it waits for the platform alone, and makes room for the next one. */
  readonly onSettled: () => void;
}

/** Takes messages from the queue, several at once. */
export interface Dispatcher {
  start(): void;
  /**
   * Looks at the queue now; ends when all that can be taken is in work, which may be late when more
   * comes all the time. Never throws, and does
   * nothing before `start` and after `close`.
   */
  poke(): Promise<void>;
  /** Whether one more could be begun now. */
  hasRoom(): boolean;
  isWorkingOn(id: string): boolean;
  interrupt(id: string): void;
  /** Takes no more, waits for what is in work, and after `graceMs` gives the rest back. */
  close(graceMs: number): Promise<void>;
}

/** How long a message that its worker could not end waits before it is tried again. */
const RETRY_MS = 1_000;

/** Answers that may wait for their platform at once. */
const MOST_SETTLED = 500;

interface Running {
  readonly lease: HeldLease;
  readonly end: Promise<void>;
}

export function createDispatcher(parts: DispatcherParts): Dispatcher {
  const inWork = createInWork(parts.concurrency);
  const state = { isOpen: false, isPoked: false };
  let pumping: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;

  const begin = (question: QueuedQuestion) => {
    const { id } = question.lease;
    const lease = holdLease(question.lease, parts);
    const onSettled = () => {
      inWork.settle(id);
      void poke();
    };
    const end = runToEnd(question, { lease, onSettled }, parts).finally(() => {
      inWork.remove(id);
      void poke();
    });
    inWork.add(id, { lease, end });
  };
  const pump = async () => {
    // With nothing to wait for it would end before `pumping` is set, and unset it too early.
    await Promise.resolve();
    do {
      state.isPoked = false;
      while (state.isOpen && inWork.hasRoom()) {
        const question = await takeOne(parts);
        if (question === undefined) break;
        begin(question);
      }
    } while (state.isPoked && state.isOpen);
    pumping = undefined;
  };
  const poke = () => {
    state.isPoked = true;
    pumping ??= pump();
    return pumping;
  };

  return {
    start() {
      state.isOpen = true;
      timer ??= setInterval(poke, parts.pollMs);
      void poke();
    },
    poke,
    hasRoom: inWork.hasRoom,
    isWorkingOn: (id) => inWork.get(id) !== undefined,
    interrupt: (id) => inWork.get(id)?.lease.interrupt('stopped'),
    async close(graceMs) {
      state.isOpen = false;
      clearInterval(timer);
      await pumping;
      const patience = setTimeout(() => {
        for (const { lease } of inWork.all()) lease.interrupt('closing');
      }, graceMs);
      await Promise.all(inWork.all().map(({ end }) => end));
      clearTimeout(patience);
    },
  };
}

/** What this process has in work; what is settled makes room for more, up to a bound. */
function createInWork(concurrency: number) {
  const running = new Map<string, Running>();
  const settled = new Set<string>();
  return {
    add: (id: string, work: Running) => void running.set(id, work),
    settle(id: string) {
      if (running.has(id)) settled.add(id);
    },
    remove(id: string) {
      running.delete(id);
      settled.delete(id);
    },
    get: (id: string) => running.get(id),
    all: () => [...running.values()],
    hasRoom: () => running.size - settled.size < concurrency && settled.size < MOST_SETTLED,
  };
}

async function takeOne(parts: DispatcherParts): Promise<QueuedQuestion | undefined> {
  const { queue, platforms, newId, now, leaseMs, concurrency, log } = parts;
  const at = now();
  try {
    return await queue.take({
      worker: newId(),
      platforms,
      most: concurrency,
      now: at.toISOString(),
      until: new Date(at.getTime() + leaseMs).toISOString(),
    });
  } catch (error) {
    // The next poll tries again.
    log('bot.take-failed', { err: error });
    return undefined;
  }
}

/** Never throws: what could not be ended is given back, or comes back when its lease runs out. */
async function runToEnd(
  question: QueuedQuestion,
  hand: InHand,
  { work, queue, now, log }: DispatcherParts,
): Promise<void> {
  const { id } = question.lease;
  try {
    await work(question, hand);
  } catch (error) {
    const why = error instanceof Interrupted ? error.why : undefined;
    log.warn('bot.given-back', { question: id, why, err: why === undefined ? error : undefined });
    const wait = why === 'closing' ? 0 : RETRY_MS;
    const notBefore = new Date(now().getTime() + wait).toISOString();
    await queue.release(question.lease, notBefore).catch((err: unknown) => {
      log.warn('bot.not-given-back', { question: id, err });
    });
  } finally {
    hand.lease.end();
  }
}
