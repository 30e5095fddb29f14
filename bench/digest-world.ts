import {
  DEFAULT_WISH,
  EVERY_DAY,
  type Subscription,
  WORKDAYS,
} from '../src/digest/subscription.ts';
import type { Paper } from '../src/papers/paper.ts';
import { paperId, paperUrl } from '../src/papers/paper-id.ts';

/** A paper and the moment at which it comes into the library, in milliseconds. */
export interface ArrivingPaper {
  readonly at: number;
  readonly paper: Paper;
}

/** Everything a worker is told when it begins. */
export interface DigestWorld {
  readonly storeFile: string;
  readonly platformUrl: string;
  readonly papers: readonly ArrivingPaper[];
}

/** Both changes of clocks lie within: Berlin, Cairo and New York go back, Sydney and Auckland ahead. */
export const START = Date.parse('2026-09-20T00:00:00Z');
export const DAYS = 60;
export const DAY_MS = 86_400_000;
export const HOUR_MS = 3_600_000;
/** Every process is away. */
export const OFFLINE = { from: START + 30 * DAY_MS, to: START + 33 * DAY_MS };
export const PLATFORM = 'loopback';
/** It is deleted on this day; what was set up there ends, and its owner is told. */
export const DELETED = { channelId: 'C19', onDay: 45 };

const TOPICS = ['walrus', 'orchid', 'glacier', 'trombone', 'saffron', 'lighthouse'];
const PAPERS_EACH = 2;
// At 02:15 and 02:30 some of these have a day without that time, others one that has it twice.
const CLOCKS: readonly (readonly [zone: string, time: string])[] = [
  ['Europe/Berlin', '02:30'],
  ['Europe/London', '01:15'],
  ['America/New_York', '01:30'],
  ['America/Los_Angeles', '09:00'],
  ['Australia/Sydney', '02:15'],
  ['Pacific/Auckland', '02:30'],
  ['Asia/Tokyo', '08:00'],
  ['Asia/Kolkata', '09:30'],
  ['Africa/Cairo', '23:45'],
  ['America/Sao_Paulo', '00:00'],
  ['Australia/Lord_Howe', '01:45'],
  ['Asia/Kathmandu', '17:05'],
];
const CHANNELS = 20;

/** Twenty channels; every fifth has a second subscription that wants some of the same papers. */
export function makeSubscriptions(): readonly Subscription[] {
  return Array.from({ length: CHANNELS }, (_, c) => c).flatMap((c) => {
    const first = makeSubscription(c, 0);
    return c % 5 === 0 ? [first, makeSubscription(c, 1)] : [first];
  });
}

function makeSubscription(channel: number, offset: number): Subscription {
  const [timeZone = 'UTC', time = '09:00'] = CLOCKS[channel % CLOCKS.length] ?? [];
  const topics = [0, 1].map((next) => TOPICS[(channel + offset + next) % TOPICS.length] ?? '');
  return {
    id: `channel-${channel}-${offset}`,
    place: { platform: PLATFORM, workspaceId: 'W', channelId: `C${channel}` },
    ownerId: `U${channel}`,
    wish: { ...DEFAULT_WISH, topics, most: 3, pickiness: 'broad' },
    schedule: { days: channel % 3 === 2 ? WORKDAYS : EVERY_DAY, time, timeZone },
    state: 'active',
    activeFrom: new Date(START).toISOString(),
  };
}

/** Two papers a day on each topic, each for itself; more than any channel is shown. */
export function makePapers(): readonly ArrivingPaper[] {
  const papers: ArrivingPaper[] = [];
  for (let day = -3; day < DAYS; day++) {
    for (const topic of TOPICS) {
      for (let n = 0; n < PAPERS_EACH; n++) {
        const at = START + day * DAY_MS + n * 7 * HOUR_MS;
        papers.push({ at, paper: makePaper({ topic, n, at }) });
      }
    }
  }
  return papers;
}

function makePaper({ topic, n, at }: { topic: string; n: number; at: number }): Paper {
  const date = new Date(at).toISOString().slice(0, 10);
  const own = `w${(at / HOUR_MS).toString(36)}x${n}`;
  const title = `${topic} ${own}: ${topic} ${n}`;
  const abstract = `We propose ${own} for the ${topic}. The ${topic} of ${own} is a ${topic}. ${own} ${own} helps the ${topic} by ${n} on day ${date}.`;
  const sources = [{ page: 'made up', line: 1 }];
  return { id: paperId({ title }), title, abstract, url: paperUrl({ title }), date, sources };
}
