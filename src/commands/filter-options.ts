import type { PaperFilter } from '../retrieval/paper-index.ts';
import { wrongUsage } from './command.ts';

/** Options of `ask` and `search` that narrow the papers. */
export const FILTER_OPTIONS = {
  from: { type: 'string' },
  to: { type: 'string' },
  source: { type: 'string', multiple: true },
} as const;

export const FILTER_USAGE = '[--from YYYY-MM-DD] [--to YYYY-MM-DD] [--source PAGE]';

/** The filter that the options ask for, or undefined; a year or month stands for all of its days. */
export function readFilter(
  values: { readonly from?: string; readonly to?: string; readonly source?: readonly string[] },
  usage: string,
): PaperFilter | undefined {
  if (values.from === undefined && values.to === undefined && values.source === undefined) {
    return undefined;
  }
  const filter = {
    ...(values.from !== undefined && { from: readDay(values.from, '-01-01', usage) }),
    ...(values.to !== undefined && { to: readDay(values.to, '-12-31', usage) }),
    ...(values.source !== undefined && { sources: values.source }),
  };
  if (filter.from !== undefined && filter.to !== undefined && filter.from > filter.to) {
    throw wrongUsage(`--from ${values.from} is later than --to ${values.to}.`, usage);
  }
  return filter;
}

function readDay(text: string, rest: '-01-01' | '-12-31', usage: string): string {
  if (/^\d{4}$/.test(text)) return `${text}${rest}`;
  const month = /^\d{4}-(?:0[1-9]|1[0-2])$/.exec(text);
  // Dates compare as text, so a 31st that the month does not have still stands after its last day.
  if (month !== null) return rest === '-01-01' ? `${text}-01` : `${text}-31`;
  if (!isDay(text)) {
    throw wrongUsage(`"${text}" is no date; write it as 2025, 2025-06 or 2025-06-30.`, usage);
  }
  return text;
}

/** JavaScript takes 30 February for a day of March: only a date that comes back the same is one. */
function isDay(text: string): boolean {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
