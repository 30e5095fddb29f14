import { type DeliverParts, LEASE_MS, workOnDelivery } from './deliver-digest.ts';
import { deliveryKey } from './delivery-key.ts';
import { lastSlot, nextSlot, shiftDay } from './schedule.ts';
import type { Subscription, SubscriptionStore } from './subscription.ts';
import { localTime } from './time-zone.ts';

export interface SchedulerParts extends DeliverParts {
  readonly subscriptions: SubscriptionStore;
  /** Names this process; no two that share a store have the same. */
  readonly worker: string;
}

/** Posts what is due, in however many processes. */
export interface DigestScheduler {
  /** Looks every half minute from now on, so that a clock that jumps is noticed. */
  start(): void;
  /** Opens and works on all that is due now. Calls at once do the work once. */
  tick(): Promise<void>;
  /** Begins nothing more and waits for what is in work. */
  close(): Promise<void>;
}

const TICK_MS = 30_000;
/** A delivery of a day further ahead than this was made by a clock that was wrong. */
const HORIZON_DAYS = 7;

export function createDigestScheduler(parts: SchedulerParts): DigestScheduler {
  const settled = new Map<string, Settled>();
  const closing = new AbortController();
  let running: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  const tick = () => {
    running ??= runDue(parts, { settled, signal: closing.signal }).finally(() => {
      running = undefined;
    });
    return running;
  };
  const safely = () =>
    tick().catch((error: unknown) => parts.log.warn('digest.tick-failed', { err: error }));
  return {
    tick,
    start() {
      timer ??= setInterval(safely, TICK_MS).unref();
      void safely();
    },
    async close() {
      clearInterval(timer);
      closing.abort();
      await running?.catch(() => {}); // logged by whoever ticked
    },
  };
}

/** For this long nothing is due of a subscription that has the schedule. */
interface Settled {
  readonly schedule: string;
  readonly from: number;
  readonly until: number;
}

interface Running {
  readonly settled: Map<string, Settled>;
  readonly signal: AbortSignal;
}

async function runDue(parts: SchedulerParts, running: Running): Promise<void> {
  // Where a late one was superseded, or an earlier one had to end first, there is more to open.
  for (let isMore = true; isMore && !running.signal.aborted; ) {
    await openDue(parts, running);
    isMore = await workOff(parts, running);
  }
}

async function openDue(parts: SchedulerParts, { settled }: Running): Promise<void> {
  const { subscriptions, deliveries, doors, now } = parts;
  const at = now();
  for (const subscription of await subscriptions.active(Object.keys(doors))) {
    const known = settled.get(subscription.id);
    if (known !== undefined && isWithin(known, subscription, at)) continue;
    const due = dueOf(subscription, at);
    if (due !== undefined && (await deliveries.open(due)) === 'waits') continue;
    settled.set(subscription.id, settledUntilNext(subscription, at));
  }
}

function isWithin(known: Settled, subscription: Subscription, at: Date): boolean {
  const time = at.getTime();
  return known.schedule === named(subscription) && time >= known.from && time < known.until;
}

/** Until the next slot, or until the clock is found to have gone back. */
function settledUntilNext(subscription: Subscription, at: Date): Settled {
  const next = nextSlot(subscription.schedule, at)?.at.getTime() ?? Number.POSITIVE_INFINITY;
  return { schedule: named(subscription), from: at.getTime(), until: next };
}

function named({ schedule, activeFrom }: Subscription): string {
  return JSON.stringify([schedule, activeFrom]);
}

function dueOf({ id, place, schedule, activeFrom }: Subscription, now: Date) {
  const slot = lastSlot(schedule, now);
  if (slot === undefined || slot.at.getTime() < Date.parse(activeFrom)) return undefined;
  const { period } = slot;
  const horizon = shiftDay(localTime(now, schedule.timeZone).day, HORIZON_DAYS);
  const key = deliveryKey(id, period);
  return { key, subscriptionId: id, period, place, at: now.toISOString(), horizon };
}

/** True when something ended, so that more may be due. */
async function workOff(parts: SchedulerParts, { signal }: Running): Promise<boolean> {
  const { deliveries, doors, worker, now } = parts;
  let isMore = false;
  while (!signal.aborted) {
    const at = now();
    const taken = await deliveries.take({
      platforms: Object.keys(doors),
      worker,
      now: at.toISOString(),
      until: new Date(at.getTime() + LEASE_MS).toISOString(),
    });
    if (taken === undefined) return isMore;
    const worked = await workOnDelivery(taken, parts);
    if (worked !== 'put-off' && worked !== 'lost') isMore = true;
  }
  return isMore;
}
