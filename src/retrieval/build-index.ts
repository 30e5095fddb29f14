import type { Embedder } from '../llm/embedder.ts';
import { type IngestRequest, ingestPages, type PageReport } from '../papers/ingest.ts';
import type { PaperArchive } from '../papers/paper-archive.ts';
import { embedPapers } from './embed-papers.ts';
import type { PaperIndex } from './paper-index.ts';
import {
  findUnfinishedReading,
  forgetReading,
  isUnfinished,
  noteReading,
  type UnfinishedReading,
} from './unfinished-reading.ts';
import type { VectorArchive } from './vector-archive.ts';

export interface BuildRequest extends Pick<IngestRequest, 'year' | 'onPage' | 'signal'> {
  readonly index: PaperIndex & PaperArchive & VectorArchive;
  /** Saved pages to read first; none only completes what is missing. */
  readonly paths?: readonly string[];
  /** Without it papers are stored and can be found by their words only. */
  readonly embedder?: Embedder;
  /** Told, before any page is read, of pages that an earlier run was cut short in reading. */
  readonly onUnfinished?: (unfinished: UnfinishedReading) => void;
  readonly onEmbedded?: (progress: { readonly done: number; readonly total: number }) => void;
  /** Told when all words can be searched. */
  readonly onWords?: () => void;
}

export interface BuildReport {
  readonly pages: readonly PageReport[];
  /** Texts that the embedding model had to read. */
  readonly embedded: number;
}

/** Whether there are papers, all pages whose reading was begun among them, and with `embed` vectors. */
export async function isLibraryWhole(
  index: PaperIndex & PaperArchive,
  { embed }: { readonly embed: boolean },
): Promise<boolean> {
  const { papers, embedded } = await index.status();
  if (papers === 0 || isUnfinished(await findUnfinishedReading(index))) return false;
  return !embed || embedded >= papers;
}

/**
 * Makes what is missing: the pages whose reading was cut short, those of `pagesDir` where there are
 * no papers yet, then vectors.
 */
export async function completeLibrary({
  pagesDir,
  ...request
}: Omit<BuildRequest, 'paths'> & { readonly pagesDir: string }): Promise<BuildReport> {
  const { index } = request;
  const { papers } = await index.status();
  const isFirst = papers === 0 && (await findUnfinishedReading(index)).paths.length === 0;
  return buildIndex({ ...request, paths: isFirst ? [pagesDir] : [] });
}

/**
 * Reads pages, indexes their words, then embeds what has no vectors yet; safe to stop and repeat:
 * the next call reads what was left, whatever it is asked for itself. One call at a time.
 */
export async function buildIndex(request: BuildRequest): Promise<BuildReport> {
  const { index, embedder, signal } = request;
  const pages = await readPages(request);
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

async function readPages(request: BuildRequest): Promise<readonly PageReport[]> {
  const { index, year, onPage, signal } = request;
  const unfinished = await findUnfinishedReading(index);
  if (isUnfinished(unfinished)) request.onUnfinished?.(unfinished);
  const paths = [...unfinished.paths, ...(request.paths ?? [])];
  let isNoted = false;
  const pages = await ingestPages({
    paths,
    archive: index,
    // Only now: pages that are all known are passed over even where nothing can be written.
    beforeSaving: async () => {
      if (!isNoted) await noteReading(index, paths);
      isNoted = true;
    },
    ...(year !== undefined && { year }),
    ...(onPage !== undefined && { onPage }),
    ...(signal !== undefined && { signal }),
  });
  await index.optimiseWords();
  if (isNoted || isUnfinished(unfinished)) await forgetReading(index);
  return pages;
}
