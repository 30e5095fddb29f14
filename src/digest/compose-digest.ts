import type { Answerer } from '../answer/answerer.ts';
import { shownPaper } from './abstract-change.ts';
import { choosePapers, type PaperParts, sayPapers } from './compose-papers.ts';
import type { DeliveryStore, EarlierDigests, KeptDigest } from './delivery.ts';
import type { EmptyDigest } from './digest.ts';
import type { MapMaker } from './digest-map.ts';
import type { Window } from './find-candidates.ts';
import { emptyHeadline } from './headline.ts';
import type { ArrivalWatch } from './note-arrivals.ts';
import { shiftDay, weekdayOf } from './schedule.ts';
import type { PaperWish, QuestionWish, Subscription } from './subscription.ts';
import { changeOfEvidence } from './watch-question.ts';
import { weekInShort } from './week-in-short.ts';

export interface ComposeParts extends PaperParts {
  readonly arrivalWatch: ArrivalWatch;
  readonly maps: MapMaker;
  readonly deliveries: Pick<DeliveryStore, 'posted' | 'earlier'>;
  readonly answerer: Pick<Answerer, 'answer'>;
  readonly now: () => Date;
}

export interface ComposeRequest {
  readonly subscription: Subscription;
  /** The local day that it is for, `YYYY-MM-DD`. */
  readonly period: string;
  readonly signal?: AbortSignal;
}

/** Makes what a subscription is told on a day. */
export interface Composer {
  compose(request: ComposeRequest): Promise<KeptDigest>;
}

const DAY_MS = 86_400_000;
/** The first digest looks back so far. */
const FIRST_LOOK_BACK_DAYS = 7;
/** Before any arrival; even papers that tell no day are after it. */
const BEFORE_ALL = '0000';

export function createComposer(parts: ComposeParts): Composer {
  return {
    async compose(request) {
      await parts.arrivalWatch.refresh();
      const earlier = await parts.deliveries.earlier(request.subscription.id);
      const { wish } = request.subscription;
      return wish.kind === 'papers'
        ? composePapers({ ...request, wish, earlier }, parts)
        : composeAnswer({ ...request, wish, earlier }, parts);
    },
  };
}

interface PapersToCompose extends ComposeRequest {
  readonly wish: PaperWish;
  readonly earlier: EarlierDigests;
}

async function composePapers(request: PapersToCompose, parts: ComposeParts): Promise<KeptDigest> {
  const { subscription, period, wish, signal } = request;
  const { place, schedule } = subscription;
  const chosing = {
    wish,
    schedule,
    period,
    place,
    ...windowsOf(request, parts.now()),
    ...(signal !== undefined && { signal }),
  };
  const chosen = await choosePapers(chosing, parts);
  const week = await weekOf(request, parts);
  const { cutoff } = chosen;
  if (chosen.picked.length === 0) {
    const empty = emptyDigest({ subscription, wish, period, papers: chosen.papers });
    return { digest: { ...empty, ...(week && { week }) }, papers: [], updated: [], cutoff };
  }
  const digest = await sayPapers(chosen, chosing, parts);
  const map = await parts.maps.map(chosen);
  const shown = chosen.picked.flatMap(({ best, alike }) => [best, ...alike]);
  const isUpdate = ({ candidate }: (typeof shown)[number]) => candidate.change !== undefined;
  return {
    digest: { ...digest, ...(map && { map }), ...(week && { week }) },
    papers: shown
      .filter((one) => !isUpdate(one))
      .map(({ candidate }) => shownPaper(candidate.paper)),
    updated: shown.filter(isUpdate).map(({ candidate }) => shownPaper(candidate.paper)),
    cutoff,
  };
}

/** After the last digest by number; the first one takes what came lately, else the whole library. */
function windowsOf(
  { subscription, earlier }: PapersToCompose,
  now: Date,
): { readonly window: Window; readonly library?: Window } {
  if (earlier.cutoff !== undefined) return { window: { kind: 'after', sequence: earlier.cutoff } };
  const begun = Math.min(Date.parse(subscription.activeFrom), now.getTime());
  const from = new Date(begun - FIRST_LOOK_BACK_DAYS * DAY_MS).toISOString();
  const to = now.toISOString();
  return {
    window: { kind: 'between', from, to },
    library: { kind: 'between', from: BEFORE_ALL, to },
  };
}

/** A day without papers. */
export function emptyDigest({
  subscription: { schedule },
  wish,
  period,
  papers,
}: {
  readonly subscription: Pick<Subscription, 'schedule'>;
  readonly wish: PaperWish;
  readonly period: string;
  readonly papers: number;
}): EmptyDigest {
  const counts = { papers, fitting: 0, shown: 0 };
  const headline = emptyHeadline(counts, { wish, schedule });
  return { kind: 'empty', period, schedule, wish, counts, headline };
}

async function weekOf(
  { subscription, period, wish }: PapersToCompose,
  { deliveries }: ComposeParts,
) {
  if (wish.rollUp !== weekdayOf(period)) return undefined;
  const days = { from: shiftDay(period, -6), to: period };
  return weekInShort(await deliveries.posted(subscription.place, days.from, days.to), days);
}

async function composeAnswer(
  {
    subscription,
    period,
    wish,
    earlier,
    signal,
  }: ComposeRequest & { readonly wish: QuestionWish; readonly earlier: EarlierDigests },
  { answerer, arrivals }: ComposeParts,
): Promise<KeptDigest> {
  const { schedule } = subscription;
  const cutoff = await arrivals.last();
  const { question } = wish;
  const { answer: after } = await answerer.answer({
    question,
    ...(signal !== undefined && { signal }),
  });
  const { answer: before } = earlier;
  const change = changeOfEvidence(before, after);
  const kept = { papers: [], updated: [], cutoff };
  if (change === undefined) {
    const counts = { papers: 0, fitting: 0, shown: 0 };
    const headline = 'The evidence for this question is what it was.';
    return { ...kept, digest: { kind: 'empty', period, schedule, wish, counts, headline } };
  }
  const told = { ...change, question, after, ...(before !== undefined && { before }) };
  return {
    ...kept,
    digest: { kind: 'changed-answer', period, schedule, wish, ...told },
    answer: after,
  };
}
