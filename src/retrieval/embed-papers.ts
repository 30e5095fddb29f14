import { createHash } from 'node:crypto';
import type { Embedder, EmbedderInput } from '../llm/embedder.ts';
import type { Paper, PaperId } from '../papers/paper.ts';
import { textHash } from '../papers/text-hash.ts';
import { chunkPaper } from './chunk.ts';
import type { ChunkRow, VectorArchive } from './vector-archive.ts';

export interface EmbedPapersRequest {
  readonly archive: VectorArchive;
  readonly embedder: Embedder;
  /** Told after each commit how many papers have their vectors so far. */
  readonly onProgress?: (done: number) => void;
  readonly signal?: AbortSignal;
}

// One commit each: what is lost when the process dies, and few enough versions of the table.
const BATCH = 64;

/**
 * Embeds every stored paper whose vectors are missing or of an older text; returns how many texts
 * the model had to read. Safe to stop at any moment: the next call goes on where this one ended.
 */
export async function embedPapers(request: EmbedPapersRequest): Promise<number> {
  const { archive } = request;
  let looked = 0;
  let embedded = 0;
  for await (const papers of archive.papers()) {
    const stale = await stalePapers(archive, papers);
    looked += papers.length - stale.length;
    for (let from = 0; from < stale.length; from += BATCH) {
      request.signal?.throwIfAborted();
      const batch = stale.slice(from, from + BATCH);
      embedded += await embedStale(request, batch);
      looked += batch.length;
      request.onProgress?.(looked);
    }
  }
  await archive.optimiseVectors();
  return embedded;
}

/** The same for these papers, in one commit and without folding in; returns as `embedPapers` does. */
export async function embedThese(
  request: Omit<EmbedPapersRequest, 'onProgress' | 'signal'> & {
    readonly signal?: AbortSignal | undefined;
  },
  papers: readonly Paper[],
): Promise<number> {
  const stale = await stalePapers(request.archive, papers);
  return stale.length === 0 ? 0 : embedStale(request, stale);
}

/** Longest first, so that batches hold texts of like length. */
async function stalePapers(
  archive: VectorArchive,
  papers: readonly Paper[],
): Promise<readonly Paper[]> {
  const stamps = await archive.chunkStamps(papers.map(({ id }) => id));
  return papers
    .filter((paper) => stamps.get(paper.id) !== stampOf(paper))
    .sort((a, b) => b.abstract.length - a.abstract.length);
}

async function embedStale(
  { archive, embedder, signal }: Parameters<typeof embedThese>[0],
  batch: readonly Paper[],
): Promise<number> {
  const known = await knownChunks(archive, batch);
  const fresh = batch.filter((paper) => !known.has(paper.id));
  const rows = await embedBatch({ papers: fresh, embedder, ...(signal && { signal }) });
  await archive.saveChunks([...known.values()].flat().concat(rows));
  return fresh.length;
}

/** Chunks already made from the same text, made out to these papers. */
async function knownChunks(
  archive: VectorArchive,
  papers: readonly Paper[],
): Promise<ReadonlyMap<PaperId, readonly ChunkRow[]>> {
  const chunks = await archive.chunksByText(papers.map(textHash));
  const known = new Map<PaperId, readonly ChunkRow[]>();
  for (const paper of papers) {
    const same = chunks.filter((chunk) => chunk.textHash === textHash(paper));
    const owner = same[0]?.paperId;
    const rows = same.filter((chunk) => chunk.paperId === owner);
    if (rows.length > 0)
      known.set(
        paper.id,
        rows.map((row) => ({ ...row, ...identity(paper) })),
      );
  }
  return known;
}

async function embedBatch({
  papers,
  embedder,
  signal,
}: {
  readonly papers: readonly Paper[];
  readonly embedder: Embedder;
  readonly signal?: AbortSignal;
}): Promise<readonly ChunkRow[]> {
  const inputs: EmbedderInput[] = [];
  const owners: { readonly paper: Paper; readonly part: number }[] = [];
  for (const paper of papers) {
    chunkPaper(paper, embedder).forEach((input, part) => {
      inputs.push(input);
      owners.push({ paper, part });
    });
  }
  if (inputs.length === 0) return [];
  const embedded = await embedder.embedTexts(inputs, signal === undefined ? {} : { signal });
  return owners.flatMap(({ paper, part }, i) => {
    const text = embedded[i];
    return text === undefined ? [] : [{ ...identity(paper), part, ...text }];
  });
}

function identity(paper: Paper): Omit<ChunkRow, 'part' | 'vector' | 'sentences'> {
  return {
    paperId: paper.id,
    textHash: textHash(paper),
    stamp: stampOf(paper),
    ...(paper.date === undefined ? {} : { date: paper.date }),
    sources: paper.sources.map(({ page }) => page),
  };
}

function stampOf(paper: Paper): string {
  const sources = paper.sources.map(({ page }) => page);
  return createHash('sha256')
    .update(JSON.stringify([textHash(paper), paper.date ?? null, sources]))
    .digest('hex');
}
