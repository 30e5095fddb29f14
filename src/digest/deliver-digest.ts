import { within } from '../llm/time-limit.ts';
import type { Log } from '../log.ts';
import type { Composer } from './compose-digest.ts';
import type { DeliveryEnd, DeliveryStore, TakenDelivery } from './delivery.ts';
import { describeSubscription } from './describe-subscription.ts';
import type { Digest } from './digest.ts';
import { type DigestDoor, PostFailure, type Posting } from './digest-door.ts';
import { lastSlot } from './schedule.ts';
import type { Subscription, SubscriptionStore } from './subscription.ts';

export interface DeliverParts {
  readonly subscriptions: Pick<SubscriptionStore, 'get' | 'change'>;
  readonly deliveries: DeliveryStore;
  readonly composer: Composer;
  /** By platform. */
  readonly doors: Readonly<Record<string, DigestDoor>>;
  readonly now: () => Date;
  readonly log: Log;
}

/** What has become of a delivery that was worked on. */
export type Worked = DeliveryEnd['kind'] | 'put-off' | 'lost';

/** Time for one digest from taking to posted; who takes longer has lost it to another process. */
export const LEASE_MS = 6 * 60_000;
const COMPOSE_MS = 4 * 60_000;
const POST_MS = 60_000;
const FIRST_WAIT_MS = 15_000;
const LONGEST_WAIT_MS = 30 * 60_000;
/** With the waits above: about a day. */
const MOST_ATTEMPTS = 50;
const MOST_TELLINGS = 6;
const MOST_CHOICES = 4;

/**
 * Brings a delivery as far as it gets. What is guaranteed: each period of a subscription is posted
 * once, however often processes die or the platform fails in between. What is posted was kept
 * before, attempts are counted before they are made, and after the first one the platform is asked
 * for the key. Where a platform cannot be asked, the gap between its taking a message and our noting
 * it stays.
 */
export async function workOnDelivery(taken: TakenDelivery, parts: DeliverParts): Promise<Worked> {
  try {
    return await work(taken, parts);
  } catch (error) {
    return putOff(error, taken, parts);
  }
}

async function work(taken: TakenDelivery, parts: DeliverParts): Promise<Worked> {
  const subscription = await parts.subscriptions.get(taken.subscriptionId);
  if (subscription === undefined) return end(taken, { kind: 'superseded' }, parts);
  if (taken.isGone) return tellOwner(taken, subscription, parts);
  if (isOutdated(taken, subscription, parts.now())) {
    return end(taken, { kind: 'superseded' }, parts);
  }
  const digest = taken.digest ?? (await composeAndKeep(taken, subscription, parts));
  if (digest === undefined) return 'lost';
  if (await isSilent(digest, taken, parts)) return end(taken, { kind: 'silent' }, parts);
  if (Date.parse(taken.lease.until) - parts.now().getTime() < POST_MS) {
    await parts.deliveries.release(taken.lease, parts.now().toISOString());
    return 'put-off';
  }
  return post({ key: taken.lease.key, place: taken.place, digest }, taken, parts);
}

/** Paused, or so late that the next one is due; only what can be nowhere yet. */
function isOutdated(
  { digest, attempts, period }: TakenDelivery,
  { state, schedule }: Subscription,
  now: Date,
): boolean {
  if (attempts > 0) return false;
  if (state !== 'active') return true;
  const due = lastSlot(schedule, now)?.period ?? period;
  return digest === undefined && due > period;
}

/** Chooses again when another digest of the channel has shown one of the papers meanwhile. */
async function composeAndKeep(
  { lease, period }: TakenDelivery,
  subscription: Subscription,
  { composer, deliveries }: DeliverParts,
): Promise<Digest | undefined> {
  const signal = AbortSignal.timeout(COMPOSE_MS);
  for (let choice = 0; choice < MOST_CHOICES; choice++) {
    const kept = await composer.compose({ subscription, period, signal });
    const outcome = await deliveries.keep(lease, kept);
    if (outcome === 'kept') return kept.digest;
    if (outcome === 'lost') return undefined;
  }
  throw new Error(`The papers of the digest ${lease.key} were shown elsewhere again and again.`);
}

/** An empty day is told of once, until there was something again. */
async function isSilent(
  digest: Digest,
  { subscriptionId }: TakenDelivery,
  { deliveries }: DeliverParts,
): Promise<boolean> {
  if (digest.kind !== 'empty' || digest.week !== undefined) return false;
  if (digest.wish.kind === 'question' || digest.wish.onEmpty === 'silent') return true;
  return (await deliveries.earlier(subscriptionId)).last === 'empty';
}

async function post(posting: Posting, taken: TakenDelivery, parts: DeliverParts): Promise<Worked> {
  const before = await parts.deliveries.begin(taken.lease);
  if (before === undefined) return 'lost';
  const door = doorOf(taken, parts);
  const messages = await within(POST_MS, async (signal) => {
    const standing = before === 0 ? undefined : await door.find(posting, { signal });
    if (standing?.isWhole) return standing.messages;
    return door.post(posting, { signal, ...(standing && { standing }) });
  });
  parts.log('digest.delivered', { delivery: posting.key, kind: posting.digest.kind, before });
  return end(taken, { kind: 'posted', messages }, parts);
}

/** The channel is gone: the subscription rests, and its owner is told. */
async function tellOwner(
  taken: TakenDelivery,
  subscription: Subscription,
  parts: DeliverParts,
): Promise<Worked> {
  const before = await parts.deliveries.begin(taken.lease);
  if (before === undefined) return 'lost';
  const text = `I could not post a digest in its channel any more: it is gone, or I may no longer write there. So I have ended it. It was: ${describeSubscription({ ...subscription, state: 'active' })}. To have it elsewhere, set it up there.`;
  try {
    await within(POST_MS, (signal) =>
      doorOf(taken, parts).tell(subscription.ownerId, text, { signal, place: taken.place }),
    );
  } catch (error) {
    parts.log.warn('digest.owner-not-told', { delivery: taken.lease.key, err: error });
    if (before + 1 < MOST_TELLINGS && !(error instanceof PostFailure && error.kind !== 'later')) {
      await release(taken, { before, error }, parts);
      return 'put-off';
    }
  }
  return end(taken, { kind: 'gone' }, parts);
}

async function putOff(error: unknown, taken: TakenDelivery, parts: DeliverParts): Promise<Worked> {
  const { log, deliveries, subscriptions } = parts;
  const facts = { delivery: taken.lease.key, attempts: taken.attempts, err: error };
  if (error instanceof PostFailure && error.kind === 'gone') {
    log.warn('digest.channel-gone', facts);
    await subscriptions.change(taken.subscriptionId, { state: 'gone' });
    await deliveries.markGone(taken.lease);
    await deliveries.release(taken.lease, parts.now().toISOString());
    return 'put-off';
  }
  const isRefused = error instanceof PostFailure && error.kind === 'refused';
  if (isRefused || taken.attempts + 1 >= MOST_ATTEMPTS) {
    log('digest.given-up', facts);
    return end(taken, { kind: 'given-up' }, parts);
  }
  log.warn('digest.put-off', facts);
  await release(taken, { before: taken.attempts, error }, parts);
  return 'put-off';
}

function release(
  taken: TakenDelivery,
  { before, error }: { readonly before: number; readonly error: unknown },
  { deliveries, now }: DeliverParts,
): Promise<void> {
  const told = error instanceof PostFailure ? error.retryAfterMs : 0;
  const wait = Math.max(told, Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** before));
  return deliveries.release(taken.lease, new Date(now().getTime() + wait).toISOString());
}

async function end(
  { lease }: TakenDelivery,
  outcome: DeliveryEnd,
  { deliveries, now }: DeliverParts,
): Promise<Worked> {
  const isOurs = await deliveries.finish(lease, outcome, now().toISOString());
  return isOurs ? outcome.kind : 'lost';
}

function doorOf({ place }: TakenDelivery, { doors }: DeliverParts): DigestDoor {
  const door = doors[place.platform];
  if (door === undefined) throw new Error(`There is no door to ${place.platform}.`);
  return door;
}
