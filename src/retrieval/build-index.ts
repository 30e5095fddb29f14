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
  if (pages.some(({ kind }) => kind === 'read')) await index.optimiseWords();
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
