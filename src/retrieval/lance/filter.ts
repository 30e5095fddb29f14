import type { PaperFilter } from '../paper-index.ts';
import { quote } from './connection.ts';

/** The filter as an SQL condition over the columns `date` and `sources`, or undefined. */
export function filterCondition(filter: PaperFilter | undefined): string | undefined {
  const conditions: string[] = [];
  if (filter?.from !== undefined) conditions.push(`date >= ${quote(filter.from)}`);
  if (filter?.to !== undefined) conditions.push(`date <= ${quote(filter.to)}`);
  if (filter?.sources !== undefined) {
    const any = filter.sources.map((source) => `array_has(sources, ${quote(source)})`);
    conditions.push(any.length === 0 ? 'false' : `(${any.join(' OR ')})`);
  }
  return conditions.length === 0 ? undefined : conditions.join(' AND ');
}
