import { FootnoteError } from '../errors.ts';
import { assimilate } from './assimilate.ts';
import { mergePapers, paperFromRecord } from './merge.ts';
import { findPageFiles, type PageFile, type PagePath, readPageFile } from './page-files.ts';
import type { RefusedLine } from './pair-entries.ts';
import type { Paper, PaperId } from './paper.ts';
import type { PaperArchive } from './paper-archive.ts';
import { titleId } from './paper-id.ts';
import { paperOfRecord, recordOfPaper } from './record-facts.ts';
import { parseSavedPage } from './saved-page.ts';
import { type KeptAbstract, type Outcome, settle } from './settle.ts';

/** What became of one page. */
export type PageReport =
  | { readonly kind: 'unchanged'; readonly page: string }
  | {
      readonly kind: 'refused';
      readonly page: string;
      readonly reason: string;
      /** The lines of a page that was read, though none of its papers could be kept. */
      readonly refused: readonly RefusedLine[];
    }
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
      /** Papers, counted above, whose stored abstract was left as it is. */
      readonly kept: readonly KeptAbstract[];
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
  /** Awaited before what a page says is saved; not called for pages that change nothing. */
  readonly beforeSaving?: () => Promise<void>;
  readonly signal?: AbortSignal;
}

// Raise it when the same page would give other records than before.
const PARSER_VERSION = 1;
const NOTHING_KEPT =
  'none of its papers could be kept; mend the lines below, or save the page again';

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
    return await ingestPage(await readPageFile(path, { salt, signal: request.signal }), request);
  } catch (error) {
    if (!(error instanceof FootnoteError) || error.code !== 'input') throw error;
    return { kind: 'refused', page: path.page, reason: error.message, refused: [] };
  }
}

async function ingestPage(
  { page, text, hash }: PageFile,
  { archive, year, beforeSaving }: IngestRequest,
): Promise<PageReport> {
  if ((await archive.pageHash(page)) === hash) return { kind: 'unchanged', page };
  const { records, refused } = parseSavedPage({ page, text, year });
  if (records.length === 0) return { kind: 'refused', page, reason: NOTHING_KEPT, refused };
  await beforeSaving?.();
  const papers = mergePapers(records.map(paperFromRecord));
  const known = await pageParts(archive, papers);
  const outcomes = papers.map((paper) => settle(paper, { known, page }));
  const news = outcomes.filter(({ kind }) => kind !== 'same');
  const told = news.map(({ paper }) => ({ record: recordOfPaper(paper) }));
  await assimilate({ archive, records: told, isAnew: true });
  await archive.savePage(page, hash);
  const count = (kind: Outcome['kind']) => outcomes.filter((one) => one.kind === kind).length;
  return {
    kind: 'read',
    page,
    added: count('added'),
    merged: count('merged'),
    changed: count('changed'),
    same: count('same'),
    kept: outcomes.flatMap(({ kept }) => kept),
    refused,
  };
}

/** What pages, and pages alone, have told of these papers so far, by the id of their title. */
async function pageParts(
  archive: PaperArchive,
  papers: readonly Paper[],
): Promise<ReadonlyMap<PaperId, Paper>> {
  const ids = papers.map(({ id }) => id);
  const parts = new Map<PaperId, Paper>();
  for (const [id, paper] of await archive.papersByIds(ids)) {
    if (recordOfPaper(paper).source === 'pages') parts.set(id, paper);
  }
  const kept = await archive.keptRecords({ paperIds: [], titleIds: ids });
  for (const { record } of kept) {
    if (record.source === 'pages') parts.set(titleId(record.title), paperOfRecord(record));
  }
  return parts;
}
