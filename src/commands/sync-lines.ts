import type { BatchReport } from '../papers/sync.ts';
import { safeText } from '../terminal/safe-text.ts';

const SHOWN_REFUSED = 5;

/** What a batch brought, for people: a line, and one for each of the first that were refused. */
export function batchLines(source: string, report: BatchReport): readonly string[] {
  const { added, changed, same, revised, withdrawn, passedOver, refused } = report;
  const more = [
    revised > 0 ? `${revised} of them with a new version` : '',
    withdrawn > 0 ? `${withdrawn} withdrawn` : '',
    `${same} already there`,
    passedOver > 0 ? `${passedOver} older ones passed over` : '',
    refused.length > 0 ? `${refused.length} refused` : '',
  ].filter(Boolean);
  const name = safeText(`${source} ${report.label}`);
  const hidden = refused.length - SHOWN_REFUSED;
  return [
    `${name}: ${added} added, ${changed} changed, ${more.join(', ')}`,
    ...refused
      .slice(0, SHOWN_REFUSED)
      .map(({ place, reason }) => `${name}, ${safeText(place)}: refused: ${safeText(reason)}`),
    ...(hidden > 0 ? [`${name}: ${hidden} more refused`] : []),
  ];
}

/** All that a run brought, in one line. */
export function totalLine(reports: readonly BatchReport[]): string {
  const sum = (of: (report: BatchReport) => number) =>
    reports.reduce((total, report) => total + of(report), 0);
  return `${sum(({ added }) => added)} papers added, ${sum(({ changed }) => changed)} changed.`;
}
