import type { Log } from '../log.ts';
import { Interrupted } from './interrupted.ts';
import type { Lease, QuestionQueue } from './question-queue.ts';

/** A lease that is prolonged until it ends. */
export interface HeldLease {
  /** Aborts with an Interrupted when the lease is lost or somebody asked to stop. */
  readonly signal: AbortSignal;
  interrupt(why: 'stopped' | 'closing'): void;
  end(): void;
}

interface HeldLeaseParts {
  readonly queue: Pick<QuestionQueue, 'renew'>;
  readonly now: () => Date;
  readonly log: Pick<Log, 'warn'>;
  readonly leaseMs: number;
}

/** Heartbeats in the life of a lease: one or two may fail without its being lost. */
const BEATS = 4;

/**
 * Prolongs a lease until `end`. A store that does not answer costs the lease once it has run out:
 * by then another worker may have the message.
 */
export function holdLease(lease: Lease, { queue, now, log, leaseMs }: HeldLeaseParts): HeldLease {
  const controller = new AbortController();
  const interrupt = (why: Interrupted['why']) => controller.abort(new Interrupted(why));
  let heldUntil = performance.now() + leaseMs;
  let isBeating = false;
  const beat = async () => {
    if (performance.now() > heldUntil) interrupt('lost');
    if (isBeating) return;
    isBeating = true;
    const [asked, until] = [performance.now(), new Date(now().getTime() + leaseMs).toISOString()];
    try {
      const state = await queue.renew(lease, until);
      if (state !== 'held') interrupt(state);
      heldUntil = asked + leaseMs;
    } catch (error) {
      log.warn('bot.lease-not-renewed', { question: lease.id, err: error });
    } finally {
      isBeating = false;
    }
  };
  const timer = setInterval(beat, leaseMs / BEATS);
  return { signal: controller.signal, interrupt, end: () => clearInterval(timer) };
}
