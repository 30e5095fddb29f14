import type { Paper } from '../papers/paper.ts';
import type { PaperFilter } from '../retrieval/paper-index.ts';

/** What a filter looks at. */
export type PaperFacts = Pick<Paper, 'date' | 'sources'>;

/** Whether a paper in hand is one of those that a filter lets through; without a date none is in time. */
export function passesFilter(
  { date = '', sources }: PaperFacts,
  filter: PaperFilter = {},
): boolean {
  const { from = '', to = '9', sources: pages } = filter;
  const isTimed = filter.from !== undefined || filter.to !== undefined;
  const isInTime = !isTimed || (date !== '' && date >= from && date <= to);
  return isInTime && (pages === undefined || sources.some(({ page }) => pages.includes(page)));
}

/** Orders papers by date, those without one last. */
export function latestFirst(one: PaperFacts, other: PaperFacts): number {
  return (other.date ?? '').localeCompare(one.date ?? '');
}
