import type { Embedder } from '../llm/embedder.ts';
import { type IngestRequest, ingestPages, type PageReport } from '../papers/ingest.ts';
import type { PaperArchive } from '../papers/paper-archive.ts';
import { embedPapers } from './embed-papers.ts';
import type { PaperIndex } from './paper-index.ts';
import type { VectorArchive } from './vector-archive.ts';

export interface BuildRequest extends Pick<IngestRequest, 'year' | 'onPage' | 'signal'> {
  readonly index: PaperIndex & PaperArchive & VectorArchive;
  /** Saved pages to read first; none only completes what is missing. */
  readonly paths?: readonly string[];
  /** Without it papers are stored and can be found by their words only. */
  readonly embedder?: Embedder;
  readonly onEmbedded?: (progress: { readonly done: number; readonly total: number }) => void;
  /** Told when all words can be searched. */
  readonly onWords?: () => void;
}

export interface BuildReport {
  readonly pages: readonly PageReport[];
  /** Texts that the embedding model had to read. */
  readonly embedded: number;
}

// Noted like a page: whether the first reading of the shipped pages has come to its end.
const FIRST_READING = '(first reading)';
const BEGUN = 'begun';
const DONE = 'done';

/** Whether there are papers, all pages of a first reading among them, and `embed` or not, vectors. */
export async function isLibraryWhole(
  index: PaperIndex & PaperArchive,
  { embed }: { readonly embed: boolean },
): Promise<boolean> {
  const { papers, embedded } = await index.status();
  if (papers === 0 || (await index.pageHash(FIRST_READING)) === BEGUN) return false;
  return !embed || embedded >= papers;
}

/** Makes what is missing: the pages of `pagesDir` where there are no papers yet, then vectors. */
export async function completeLibrary({
  pagesDir,
  ...request
}: Omit<BuildRequest, 'paths'> & { readonly pagesDir: string }): Promise<BuildReport> {
  const { index } = request;
  const isFirst =
    (await index.status()).papers === 0 || (await index.pageHash(FIRST_READING)) === BEGUN;
  if (!isFirst) return buildIndex(request);
  await index.savePage(FIRST_READING, BEGUN);
  const report = await buildIndex({ ...request, paths: [pagesDir] });
  await index.savePage(FIRST_READING, DONE);
  return report;
}

/** Reads pages, indexes their words, then embeds what has no vectors yet; safe to stop and repeat. */
export async function buildIndex(request: BuildRequest): Promise<BuildReport> {
  const { index, paths = [], embedder, year, onPage, signal } = request;
  const pages =
    paths.length === 0
      ? []
      : await ingestPages({
          paths,
          archive: index,
          ...(year !== undefined && { year }),
          ...(onPage !== undefined && { onPage }),
          ...(signal !== undefined && { signal }),
        });
  await index.optimiseWords();
  request.onWords?.();
  if (embedder === undefined) return { pages, embedded: 0 };
  const { papers } = await index.status();
  const embedded = await embedPapers({
    archive: index,
    embedder,
    onProgress: (done) => request.onEmbedded?.({ done, total: papers }),
    ...(signal !== undefined && { signal }),
  });
  return { pages, embedded };
}
