import { FootnoteError } from '../errors.ts';
import { joinPaper, mergePapers, paperFromRecord } from './merge.ts';
import { findPageFiles, type PageFile, type PagePath, readPageFile } from './page-files.ts';
import type { RefusedLine } from './pair-entries.ts';
import type { Paper, PaperId } from './paper.ts';
import type { PaperArchive } from './paper-archive.ts';
import { parseSavedPage } from './saved-page.ts';

/** What became of one page. */
export type PageReport =
  | { readonly kind: 'unchanged'; readonly page: string }
  | { readonly kind: 'refused'; readonly page: string; readonly reason: string }
  | {
      readonly kind: 'read';
      readonly page: string;
      /** Papers that were not there before. */
      readonly added: number;
      /** Papers known from elsewhere that gained this page or something it says. */
      readonly merged: number;
      /** Papers of this very page whose text it now gives differently. */
      readonly changed: number;
      /** Papers stored already just so. */
      readonly same: number;
      readonly refused: readonly RefusedLine[];
    };

export interface IngestRequest {
  readonly paths: readonly string[];
  readonly archive: PaperArchive;
  /** Year of dates without one; by default the page implies it. */
  readonly year?: number;
  readonly onPage?: (
    report: PageReport,
    progress: { readonly done: number; readonly total: number },
  ) => void;
  readonly signal?: AbortSignal;
}

// Raise it when the same page would give other records than before.
const PARSER_VERSION = 1;

/**
 * Reads saved pages into the archive; unchanged pages are passed over. A page that cannot be read
 * is reported and the others go on. Safe to stop at any moment: a page counts as read only once all
 * its papers are saved, and saving them again changes nothing.
 */
export async function ingestPages(request: IngestRequest): Promise<readonly PageReport[]> {
  const files = await findPageFiles(request.paths);
  const reports: PageReport[] = [];
  for (const file of files) {
    request.signal?.throwIfAborted();
    const report = await ingestFile(file, request);
    reports.push(report);
    request.onPage?.(report, { done: reports.length, total: files.length });
  }
  return reports;
}

async function ingestFile(path: PagePath, request: IngestRequest): Promise<PageReport> {
  try {
    const salt = `${PARSER_VERSION} ${request.year ?? ''}\n`;
    return await ingestPage(await readPageFile(path, salt), request);
  } catch (error) {
    if (!(error instanceof FootnoteError) || error.code !== 'input') throw error;
    return { kind: 'refused', page: path.page, reason: error.message };
  }
}

async function ingestPage(
  { page, text, hash }: PageFile,
  { archive, year }: IngestRequest,
): Promise<PageReport> {
  if ((await archive.pageHash(page)) === hash) return { kind: 'unchanged', page };
  const { records, refused } = parseSavedPage({ page, text, year });
  const papers = mergePapers(records.map(paperFromRecord));
  const known = await archive.papersByIds(papers.map(({ id }) => id));
  const outcomes = papers.map((paper) => settle(paper, { known, page }));
  await archive.savePapers(
    outcomes.filter(({ kind }) => kind !== 'same').map(({ paper }) => paper),
  );
  await archive.savePage(page, hash);
  const count = (kind: Outcome['kind']) => outcomes.filter((one) => one.kind === kind).length;
  return {
    kind: 'read',
    page,
    added: count('added'),
    merged: count('merged'),
    changed: count('changed'),
    same: count('same'),
    refused,
  };
}

interface Outcome {
  readonly kind: 'added' | 'merged' | 'changed' | 'same';
  readonly paper: Paper;
}

function settle(
  fresh: Paper,
  { known, page }: { readonly known: ReadonlyMap<PaperId, Paper>; readonly page: string },
): Outcome {
  const stored = known.get(fresh.id);
  if (stored === undefined) return { kind: 'added', paper: fresh };
  // A page that gives its own paper anew is believed; of other pages' papers it adds to what is known.
  const isOwn = stored.sources.every((origin) => origin.page === page);
  const paper = isOwn ? fresh : joinPaper(withoutPage(stored, { page, fresh }), fresh);
  if (JSON.stringify(paper) === JSON.stringify(stored)) return { kind: 'same', paper };
  return { kind: isOwn ? 'changed' : 'merged', paper };
}

/** What is known of a paper from elsewhere: a page read anew may imply another year than before. */
function withoutPage(
  stored: Paper,
  { page, fresh }: { readonly page: string; readonly fresh: Paper },
): Paper {
  const sources = stored.sources.filter((origin) => origin.page !== page);
  const isReread = sources.length < stored.sources.length;
  if (!isReread || stored.dateInferred !== true || fresh.date === undefined) {
    return { ...stored, sources };
  }
  const { date: _date, dateInferred: _inferred, ...undated } = stored;
  return { ...undated, sources };
}
