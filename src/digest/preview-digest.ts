import { FootnoteError } from '../errors.ts';
import { type ComposeParts, emptyDigest } from './compose-digest.ts';
import { choosePapers, sayPapers } from './compose-papers.ts';
import type { Digest } from './digest.ts';
import { nextSlot, shiftDay } from './schedule.ts';
import type { DigestPlace, PaperWish, Schedule, Subscription } from './subscription.ts';
import { changeOfEvidence } from './watch-question.ts';

export interface PreviewRequest {
  readonly wish: PaperWish;
  readonly schedule: Schedule;
  /** The local day, `YYYY-MM-DD`; see `checkDay`. */
  readonly day: string;
  /** With one, what the channel has seen and likes counts. */
  readonly place?: DigestPlace;
  readonly signal?: AbortSignal;
}

export type PreviewParts = Pick<
  ComposeParts,
  | 'index'
  | 'arrivals'
  | 'arrivalWatch'
  | 'seen'
  | 'retriever'
  | 'embedder'
  | 'feedback'
  | 'maps'
  | 'answerer'
  | 'writer'
  | 'now'
>;

/** Before any arrival; even papers that tell no day are after it. */
const BEFORE_ALL = '0000';
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const FIRST_DAY = '1991-01-01';

/**
 * What a digest of a day would say, whether it is past or to come, and without sending or noting
 * anything: papers that came since the digest before it, or the best of the library of that day
 * where none of them fits.
 */
export async function previewDigest(request: PreviewRequest, parts: PreviewParts): Promise<Digest> {
  const { day, wish, schedule } = request;
  await parts.arrivalWatch.refresh();
  const { from, to } = windowOf(day, schedule);
  const asked = {
    ...request,
    period: day,
    window: { kind: 'between', from, to },
    library: { kind: 'between', from: BEFORE_ALL, to },
  } as const;
  const chosen = await choosePapers(asked, parts);
  if (chosen.picked.length === 0) {
    return emptyDigest({ subscription: { schedule }, wish, period: day, papers: chosen.papers });
  }
  const digest = await sayPapers(chosen, asked, parts);
  const map = await parts.maps.map(chosen);
  return { ...digest, ...(map && { map }) };
}

/** What a stored subscription would be told on a day. */
export async function previewSubscription(
  { subscription, day }: { readonly subscription: Subscription; readonly day: string },
  parts: PreviewParts,
): Promise<Digest> {
  const { wish, schedule, place } = subscription;
  if (wish.kind === 'papers') return previewDigest({ wish, schedule, day, place }, parts);
  const { answer: after } = await parts.answerer.answer({ question: wish.question });
  const change = changeOfEvidence(undefined, after) ?? { gained: [], lost: [], headline: '' };
  const headline = 'The answer to the watched question as it is today.';
  const told = { ...change, headline, question: wish.question, after };
  return { kind: 'changed-answer', period: day, schedule, wish, ...told };
}

/** A day as people write it. Throws FootnoteError `input` for what is none. */
export function checkDay(day: string): string {
  const parsed = DAY.test(day) ? new Date(`${day}T00:00:00Z`) : undefined;
  const isDay = parsed !== undefined && !Number.isNaN(parsed.getTime());
  if (isDay && parsed.toISOString().startsWith(day) && day >= FIRST_DAY && day < '2200') return day;
  throw new FootnoteError('input', `“${day}” is no day. Write it as 2026-11-20.`);
}

/** From the digest before up to the end of the day, as the clocks of the zone have it. */
function windowOf(day: string, schedule: Schedule): { from: string; to: string } {
  const daily = { ...schedule, days: [1, 2, 3, 4, 5, 6, 7] as const };
  const noonBefore = new Date(`${shiftDay(day, -2)}T12:00:00Z`);
  let slot = nextSlot(daily, noonBefore);
  while (slot !== undefined && slot.period < day) slot = nextSlot(daily, slot.at);
  const to = slot?.at ?? new Date(`${day}T23:59:59Z`);
  const before = lastBefore(schedule, to);
  return { from: before.toISOString(), to: endOf(day, to) };
}

function lastBefore(schedule: Schedule, to: Date): Date {
  const week = new Date(to.getTime() - 8 * 86_400_000);
  let before = week;
  for (
    let slot = nextSlot(schedule, week);
    slot && slot.at < to;
    slot = nextSlot(schedule, slot.at)
  ) {
    before = slot.at;
  }
  return before;
}

/** Papers that are dated by their day alone count to it, whatever the time of the digest. */
function endOf(day: string, slot: Date): string {
  const end = new Date(`${day}T23:59:59.999Z`);
  return (end > slot ? end : slot).toISOString();
}
