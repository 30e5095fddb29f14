import type { PageReport } from '../papers/ingest.ts';
import type { BulkReport } from '../retrieval/bulk-build.ts';
import type { UnfinishedReading } from '../retrieval/unfinished-reading.ts';
import { safeText, stripUnsafe } from '../terminal/safe-text.ts';

/** What became of a page, for people: a line, and one more for each place refused or not believed. */
export function pageLines(report: PageReport): readonly string[] {
  const page = safeText(report.page);
  switch (report.kind) {
    case 'unchanged':
      return [`${page}: unchanged`];
    case 'refused':
      return [
        `${page}: refused: ${safeText(report.reason)}`,
        ...report.refused.map((refused) => placeLine(page, 'refused', refused)),
      ];
    case 'read':
      return [
        `${page}: ${report.added} added, ${report.merged} merged, ${report.changed} changed, ${report.same} already there, ${report.refused.length} refused`,
        ...report.refused.map((refused) => placeLine(page, 'refused', refused)),
        ...report.kept.map((kept) => placeLine(page, 'kept', kept)),
      ];
  }
}

/** What became of a file with one paper a line, for people; of its refused lines the first few. */
export function bulkLines(file: string, report: BulkReport): readonly string[] {
  const { added, changed, same, passedOver, malformed, examples } = report;
  const page = safeText(file);
  const left = passedOver === 0 ? '' : `${passedOver} left out as not asked for, `;
  const more = malformed - examples.length;
  return [
    `${page}: ${added} added, ${changed} changed, ${same} already there, ${left}${malformed} refused`,
    ...examples.map((refused) => placeLine(page, 'refused', refused)),
    ...(more > 0 ? [`${page}: and ${more} more lines refused`] : []),
  ];
}

/** That the last reading of pages was cut short, for people: what is read now, and what cannot be. */
export function unfinishedLines({ paths, lost }: UnfinishedReading): readonly string[] {
  const now = paths.map(
    (path) =>
      `The reading of ${stripUnsafe(path)} was cut short the last time; it is finished now.`,
  );
  const never = lost.map(
    (path) =>
      `The reading of ${stripUnsafe(path)} was cut short the last time, and no pages are there any more: some of its papers may be missing. Run "npm run ingest -- FILE|DIR" with the place where they are now.`,
  );
  return [...now, ...never];
}

function placeLine(
  page: string,
  fate: 'refused' | 'kept',
  { line, reason }: { readonly line: number; readonly reason: string },
): string {
  return `${page}:${line}: ${fate}: ${safeText(reason)}`;
}
