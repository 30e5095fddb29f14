import { describeSubscription } from './describe-subscription.ts';
import type { DigestResult } from './digest-commands.ts';
import { readSubscription } from './read-subscription.ts';
import { checkSchedule } from './schedule.ts';
import type { Subscription, SubscriptionStore } from './subscription.ts';

interface ChangeParts {
  readonly subscriptions: Pick<SubscriptionStore, 'change'>;
  readonly now: () => Date;
}

/** Changes what a sentence names and leaves the rest; nothing of one that cannot be read. */
export async function reword(
  one: Subscription,
  sentence: string,
  parts: ChangeParts,
): Promise<DigestResult> {
  const { wish, schedule } = one;
  const read = readSubscription(sentence);
  if (read.kind === 'unclear') return { kind: 'refused', text: read.problems.join('\n') };
  if (wish.kind === 'question' && Object.keys(read.wish).length > 0) {
    return {
      kind: 'refused',
      text: 'Of a watched question only days, time and time zone can be changed.',
    };
  }
  const changed = {
    wish: wish.kind === 'question' ? wish : { ...wish, ...read.wish },
    schedule: { ...schedule, ...read.schedule },
  };
  return replace(one, changed, parts);
}

/** Puts a wish and a schedule in the place of another; throws FootnoteError `input` for bad times. */
export async function replace(
  { id, schedule, state }: Subscription,
  wanted: Pick<Subscription, 'wish' | 'schedule'>,
  { subscriptions, now }: ChangeParts,
): Promise<DigestResult> {
  const changed = { wish: wanted.wish, schedule: checkSchedule(wanted.schedule) };
  const isMoved = JSON.stringify(changed.schedule) !== JSON.stringify(schedule);
  // A new time that has passed today is not made up for.
  await subscriptions.change(id, {
    ...changed,
    ...(isMoved && { activeFrom: now().toISOString() }),
  });
  return { kind: 'text', text: `Changed: ${describeSubscription({ ...changed, state })}.` };
}

/** Pauses a subscription, or lets it go on with what is due from now on. */
export async function setState(
  one: Subscription,
  kind: 'pause' | 'resume',
  { subscriptions, now }: ChangeParts,
): Promise<DigestResult> {
  if (kind === 'pause') await subscriptions.change(one.id, { state: 'paused' });
  else await subscriptions.change(one.id, { state: 'active', activeFrom: now().toISOString() });
  const state = kind === 'pause' ? 'paused' : 'active';
  return {
    kind: 'text',
    text: `${kind === 'pause' ? 'Paused' : 'Goes on'}: ${describeSubscription({ ...one, state })}.`,
  };
}
