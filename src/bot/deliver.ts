import { within } from '../llm/time-limit.ts';
import type { Log } from '../log.ts';
import type { HeldLease } from './held-lease.ts';
import { persist } from './persist.ts';
import type { QuestionQueue, QueuedQuestion, Settled } from './question-queue.ts';
import { CannotDeliver, type Delivery, type Final, type Reply } from './reply.ts';
import type { ReplyLine } from './reply-line.ts';

export interface DeliveryParts {
  readonly queue: Pick<QuestionQueue, 'beginDelivery' | 'finish' | 'release'>;
  readonly now: () => Date;
  readonly log: Log;
  /** How long sending the end may take before it counts as failed. */
  readonly deliverMs: number;
  /** The wait before the end is sent again; it doubles each time. */
  readonly retryMs: number;
}

interface Delivering {
  readonly question: QueuedQuestion;
  readonly parts: DeliveryParts;
  readonly line: ReplyLine;
  readonly lease: Pick<HeldLease, 'signal'>;
}

type End = Final | Extract<Settled, { kind: 'failed' }>;

/** With doubling waits from two seconds, a platform may be away for a quarter of an hour. */
const MOST_DELIVERIES = 10;
const LONGEST_WAIT_MS = 300_000;

/**
 * Sends the end of a reply. What is guaranteed: once a message is accepted its end is sent, until
 * the platform has taken it or MOST_DELIVERIES were tried; and whenever it may have been sent before,
 * it is sent with `isRepeat`. No order of steps closes the gap between the platform taking the end
 * and our noting that: who dies in it, or is cut off from the store for a whole lease while sending,
 * leaves a repeat. The Reply closes it where the platform can be asked for the delivery key, or
 * where the end is an edit of what was placed; where neither is so, an end may be seen twice.
 */
export async function deliver(end: End, delivering: Delivering): Promise<void> {
  const { question, parts, line } = delivering;
  const { lease } = question;
  const { queue, log, now } = parts;
  // Others may deliver meanwhile, and nothing was sent yet: giving it back costs no second message.
  await line.ready(delivering.lease.signal);
  const before = await persist(() => queue.beginDelivery(lease));
  if (before === undefined) return;
  try {
    await line.end((reply) =>
      within(parts.deliverMs, (signal) => send(end, reply, { isRepeat: before > 0, signal })),
    );
  } catch (error) {
    return putOff(error, before, { question, parts });
  }
  await persist(() => queue.finish(lease.id, now().toISOString()));
  log('bot.delivered', { question: lease.id, kind: end.kind, repeats: before });
}

function send(end: End, reply: Reply, delivery: Delivery): Promise<void> {
  return end.kind === 'failed' ? reply.fail(end.failure, delivery) : reply.final(end, delivery);
}

async function putOff(
  error: unknown,
  before: number,
  { question, parts }: Pick<Delivering, 'question' | 'parts'>,
): Promise<void> {
  const { queue, log, now, retryMs } = parts;
  const { lease } = question;
  const isForGood = error instanceof CannotDeliver;
  if (isForGood || before + 1 >= MOST_DELIVERIES) {
    // The channel is gone or the bot was sent away: nothing of ours has failed.
    if (isForGood) log.warn('bot.not-delivered', { question: lease.id, why: error.message });
    else log('bot.not-delivered', { question: lease.id, err: error });
    return queue.finish(lease.id, now().toISOString());
  }
  const wait = Math.min(LONGEST_WAIT_MS, retryMs * 2 ** before);
  log.warn('bot.delivery-put-off', { question: lease.id, wait, err: error });
  return queue.release(lease, new Date(now().getTime() + wait).toISOString());
}
