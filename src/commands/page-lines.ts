import type { PageReport } from '../papers/ingest.ts';
import { safeText } from '../terminal/safe-text.ts';

/** What became of a page, for people: a line, and one more for each place that was refused. */
export function pageLines(report: PageReport): readonly string[] {
  const page = safeText(report.page);
  switch (report.kind) {
    case 'unchanged':
      return [`${page}: unchanged`];
    case 'refused':
      return [`${page}: refused: ${safeText(report.reason)}`];
    case 'read':
      return [
        `${page}: ${report.added} added, ${report.merged} merged, ${report.changed} changed, ${report.same} already there, ${report.refused.length} refused`,
        ...report.refused.map(
          ({ line, reason }) => `${page}:${line}: refused: ${safeText(reason)}`,
        ),
      ];
  }
}
