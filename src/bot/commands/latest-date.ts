import type { PaperIndex } from '../../retrieval/paper-index.ts';

const FIRST_DAY = '1991-01-01';
const DAY_MS = 86_400_000;

/**
 * The latest publication day in the index, by halving: the index counts papers from a day on and
 * does not list dates. Undefined when no paper has a date.
 */
export async function latestDate(
  index: Pick<PaperIndex, 'count'>,
  now: Date,
): Promise<string | undefined> {
  // Pages may be dated ahead of time, by a year at most.
  let [low, high] = [Date.parse(FIRST_DAY) / DAY_MS, Math.ceil(now.getTime() / DAY_MS) + 366];
  if ((await index.count({ from: dayOf(low) })) === 0) return undefined;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if ((await index.count({ from: dayOf(middle) })) > 0) low = middle;
    else high = middle;
  }
  return dayOf(low);
}

function dayOf(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}
