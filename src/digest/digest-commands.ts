import { checkQuestion } from '../answer/read/check-question.ts';
import { visibleLine } from '../answer/show/visible-text.ts';
import { replace, reword, setState } from './change-subscription.ts';
import { describeSubscription } from './describe-subscription.ts';
import type { Digest } from './digest.ts';
import { checkDay, type PreviewParts, previewSubscription } from './preview-digest.ts';
import { readWanted } from './read-subscription.ts';
import { checkSchedule } from './schedule.ts';
import {
  DEFAULT_SCHEDULE,
  type DigestPlace,
  LIMITS,
  type Subscription,
  type SubscriptionStore,
} from './subscription.ts';
import type { DigestFeedback } from './taste.ts';
import { localTime } from './time-zone.ts';

type Wanted = Pick<Subscription, 'wish' | 'schedule'>;

/** What a person asks of the digests of a channel; `number` is that of the list, from 1. */
export type DigestCommand =
  | { readonly kind: 'list' | 'help' }
  /** The digests of all channels of the workspace, direct conversations among them. */
  | { readonly kind: 'everywhere' }
  | { readonly kind: 'create'; readonly sentence: string }
  /** The same from a form, all of it said; sent twice with one `id` it is one digest. */
  | ({ readonly kind: 'add'; readonly id?: string } & Wanted)
  | { readonly kind: 'watch'; readonly question: string }
  | { readonly kind: 'change'; readonly number: number; readonly sentence: string }
  /** The same from a form, all of it said. */
  | ({ readonly kind: 'replace'; readonly number: number } & Wanted)
  | { readonly kind: 'pause' | 'resume'; readonly number: number }
  | { readonly kind: 'remove'; readonly number: number }
  | { readonly kind: 'preview'; readonly number: number; readonly day?: string }
  | { readonly kind: 'unmute'; readonly topic: string };

export interface DigestRequest {
  readonly place: DigestPlace;
  readonly author: { readonly id: string };
  /** The author may change what is posted there. */
  readonly isAdmin: boolean;
}

/** What comes of it, in words for people, or as a digest to render. */
export type DigestResult =
  | { readonly kind: 'text' | 'refused'; readonly text: string }
  | {
      readonly kind: 'list';
      readonly text: string;
      readonly subscriptions: readonly Subscription[];
    }
  | { readonly kind: 'preview'; readonly digest: Digest };

export interface DigestDesk {
  run(command: DigestCommand, request: DigestRequest): Promise<DigestResult>;
}

export interface DeskParts extends PreviewParts {
  readonly feedback: DigestFeedback;
  readonly subscriptions: SubscriptionStore;
  readonly newId: () => string;
}

const HELP = [
  'digest WHAT AND WHEN, such as: digest weekdays at 9 Berlin time, agents and diffusion, at most 5',
  'digest watch QUESTION: posts the answer again when its evidence has changed',
  'digest list; digest preview 1; digest change 1 at most 3; digest pause 1; digest resume 1; digest remove 1; digest unmute TOPIC',
].join('\n');
const NOT_ALLOWED = 'Only those who may manage this channel can change its digests.';

/** What people set up and change from inside a chat; the words are theirs, checked here. */
export function createDigestDesk(parts: DeskParts): DigestDesk {
  return {
    async run(command, request) {
      switch (command.kind) {
        case 'help':
          return { kind: 'text', text: HELP };
        case 'list':
          return list(request, parts);
        case 'preview':
          return preview(command, request, parts);
        case 'everywhere':
          return request.isAdmin ? everywhere(request, parts) : refused(NOT_ALLOWED);
        case 'create':
        case 'add':
        case 'watch':
        case 'change':
        case 'replace':
        case 'pause':
        case 'resume':
        case 'remove':
        case 'unmute':
          return request.isAdmin ? change(command, request, parts) : refused(NOT_ALLOWED);
      }
    },
  };
}

type Changing = Exclude<
  DigestCommand,
  { readonly kind: 'help' | 'list' | 'preview' | 'everywhere' }
>;

function change(
  command: Changing,
  request: DigestRequest,
  parts: DeskParts,
): Promise<DigestResult> | DigestResult {
  switch (command.kind) {
    case 'create':
      return add(readWanted(command.sentence), request, parts);
    case 'add':
      return add(command, request, parts);
    case 'watch': {
      const question = checkQuestion(visibleLine(command.question));
      return add(
        { wish: { kind: 'question', question }, schedule: DEFAULT_SCHEDULE },
        request,
        parts,
      );
    }
    case 'unmute':
      return unmute(command.topic, request, parts);
    case 'change':
      return withNumber(command.number, request, parts, (one) =>
        reword(one, command.sentence, parts),
      );
    case 'replace':
      return withNumber(command.number, request, parts, (one) => replace(one, command, parts));
    case 'pause':
    case 'resume': {
      const { kind, number } = command;
      return withNumber(number, request, parts, (one) => setState(one, kind, parts));
    }
    case 'remove':
      return withNumber(command.number, request, parts, async (one) => {
        await parts.subscriptions.remove(one.id);
        return said(`Removed: ${describeSubscription(one)}.`);
      });
  }
}

async function list({ place }: DigestRequest, parts: DeskParts): Promise<DigestResult> {
  const subscriptions = await parts.subscriptions.of(place);
  const muted = await parts.feedback.muted(place);
  const lines = subscriptions.map((one, i) => describeSubscription(one, i + 1));
  const left = muted.map((topic) => `Left out here: “${topic}”.`);
  const none =
    'There are no digests here yet. Say for example: digest weekdays at 9 Berlin time, agents';
  return {
    kind: 'list',
    text: [...(lines.length === 0 ? [none] : lines), ...left].join('\n'),
    subscriptions,
  };
}

async function everywhere(
  { place }: DigestRequest,
  { subscriptions }: DeskParts,
): Promise<DigestResult> {
  const all = (await subscriptions.all()).filter(
    (one) => one.place.platform === place.platform && one.place.workspaceId === place.workspaceId,
  );
  const text = all.map((one) => describeSubscription(one)).join('\n');
  return { kind: 'list', text, subscriptions: all };
}

async function add(
  { wish, schedule, id }: Wanted & { readonly id?: string },
  { place, author }: DigestRequest,
  { subscriptions, newId, now }: DeskParts,
): Promise<DigestResult> {
  const before = await subscriptions.of(place);
  const known = before.findIndex((one) => one.id === id);
  if (known === -1 && before.length >= LIMITS.subscriptions) {
    return refused(
      `There are ${before.length} digests here already. Remove one first: see “digest list”.`,
    );
  }
  const subscription: Subscription = {
    id: id ?? newId(),
    place,
    ownerId: author.id,
    wish,
    schedule: checkSchedule(schedule),
    state: 'active',
    activeFrom: now().toISOString(),
  };
  await subscriptions.add(subscription);
  const number = known === -1 ? before.length + 1 : known + 1;
  return said(
    `Set up: ${describeSubscription(subscription, number)}. See what it would say now with “digest preview ${number}”, or change it, such as “digest change ${number} at 8:30 Berlin time”.`,
  );
}

async function preview(
  { number, day }: Extract<DigestCommand, { readonly kind: 'preview' }>,
  request: DigestRequest,
  parts: DeskParts,
): Promise<DigestResult> {
  return withNumber(number, request, parts, async (subscription) => {
    const today = localTime(parts.now(), subscription.schedule.timeZone).day;
    const asked = { subscription, day: day === undefined ? today : checkDay(day) };
    return { kind: 'preview', digest: await previewSubscription(asked, parts) };
  });
}

async function unmute(
  topic: string,
  { place }: DigestRequest,
  { feedback }: DeskParts,
): Promise<DigestResult> {
  const wanted = visibleLine(topic).trim().toLowerCase();
  const muted = (await feedback.muted(place)).find((one) => one.toLowerCase() === wanted);
  if (muted === undefined) return refused(`“${visibleLine(topic).trim()}” is not left out here.`);
  await feedback.unmute(place, muted);
  return said(`“${muted}” may come in the digests here again.`);
}

async function withNumber(
  number: number,
  { place }: DigestRequest,
  { subscriptions }: DeskParts,
  work: (subscription: Subscription) => Promise<DigestResult>,
): Promise<DigestResult> {
  const all = await subscriptions.of(place);
  const one = all[number - 1];
  if (one !== undefined) return work(one);
  return refused(
    all.length === 0
      ? 'There are no digests here yet.'
      : `There is no digest ${number} here; see “digest list” for the ${all.length === 1 ? 'one' : all.length} there ${all.length === 1 ? 'is' : 'are'}.`,
  );
}

function said(text: string): DigestResult {
  return { kind: 'text', text };
}

function refused(text: string): DigestResult {
  return { kind: 'refused', text };
}
