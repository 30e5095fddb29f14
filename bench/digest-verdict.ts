import { deliveryKey } from '../src/digest/delivery-key.ts';
import { shiftDay, weekdayOf } from '../src/digest/schedule.ts';
import type { Subscription } from '../src/digest/subscription.ts';
import { localTime } from '../src/digest/time-zone.ts';
import type { DigestPlatform } from './digest-platform.ts';
import { DAYS, DELETED, OFFLINE, START } from './digest-world.ts';

/** What the simulation comes to. */
export interface Outcome {
  readonly doubled: number;
  readonly missed: number;
  readonly repeatedPapers: number;
  /** Posts for days on which there was nothing to post, or for too many of the offline days. */
  readonly unexpected: number;
  readonly caughtUp: number;
}

/** Counts by what the platform was sent, and by a calendar of its own. */
export function judge(platform: DigestPlatform, subscriptions: readonly Subscription[]): Outcome {
  const outcome = { doubled: 0, missed: 0, repeatedPapers: 0, unexpected: 0, caughtUp: 0 };
  const byKey = Map.groupBy(platform.posts, ({ key }) => key);
  const expected = new Set<string>();
  for (const subscription of subscriptions) {
    const { sure, offline } = periodsOf(subscription);
    for (const period of [...sure, ...offline]) expected.add(deliveryKey(subscription.id, period));
    const countOf = (period: string) =>
      byKey.get(deliveryKey(subscription.id, period))?.length ?? 0;
    outcome.missed += sure.filter((period) => countOf(period) === 0).length;
    const late = offline.filter((period) => countOf(period) > 0).length;
    outcome.caughtUp += late;
    if (offline.length > 0 && late !== 1) outcome.unexpected++;
  }
  for (const [key, posts] of byKey) {
    outcome.doubled += posts.length - 1;
    if (!expected.has(key) && !isAtTheEdge(posts[0]?.period ?? '')) outcome.unexpected++;
  }
  for (const posts of Map.groupBy(platform.posts, ({ channel }) => channel).values()) {
    const papers = posts.flatMap((post) => post.papers);
    outcome.repeatedPapers += papers.length - new Set(papers).size;
  }
  return outcome;
}

const FIRST = shiftDay(new Date(START).toISOString().slice(0, 10), 2);
const LAST = shiftDay(new Date(START).toISOString().slice(0, 10), DAYS - 3);

function isAtTheEdge(period: string): boolean {
  return period < FIRST || period > LAST;
}

/** The days on which it had to post, and those of which one alone had to be made up for. */
function periodsOf({ schedule, place }: Subscription): {
  readonly sure: readonly string[];
  readonly offline: readonly string[];
} {
  const from = localTime(new Date(OFFLINE.from), schedule.timeZone);
  const to = localTime(new Date(OFFLINE.to), schedule.timeZone);
  const end = shiftDay(new Date(START).toISOString().slice(0, 10), DELETED.onDay - 1);
  const last = place.channelId === DELETED.channelId && end < LAST ? end : LAST;
  const sure: string[] = [];
  const offline: string[] = [];
  for (let day = FIRST; day <= last; day = shiftDay(day, 1)) {
    if (!schedule.days.includes(weekdayOf(day))) continue;
    const at = `${day} ${schedule.time}`;
    const isOffline = at > `${from.day} ${from.time}` && at <= `${to.day} ${to.time}`;
    (isOffline ? offline : sure).push(day);
  }
  return { sure, offline };
}
