import { cutToFit } from '../llm/cut-to-fit.ts';
import type { Embedder } from '../llm/embedder.ts';
import type { BatchRequest, BatchResult } from '../llm/openai-batch-lines.ts';
import { embedWholeTexts } from '../llm/whole-texts.ts';
import type { Paper, PaperId } from '../papers/paper.ts';
import type { PaperArchive } from '../papers/paper-archive.ts';
import { textHash } from '../papers/text-hash.ts';
import { chunkPaper } from '../retrieval/chunk.ts';
import { embedPapers } from '../retrieval/embed-papers.ts';
import type { VectorArchive } from '../retrieval/vector-archive.ts';

/** The index with the Embedder whose vectors it holds. */
export interface BatchLibrary {
  readonly index: PaperArchive & VectorArchive;
  readonly embedder: Embedder;
}

/** The papers of each text, by its hash; mostly one. */
export type PapersByText = ReadonlyMap<string, readonly PaperId[]>;

export type BatchFailure = Extract<BatchResult, { readonly kind: 'failed' }>;
export type BatchVectors = Extract<BatchResult, { readonly kind: 'vectors' }>;

// Papers read at once for their requests.
const GROUP = 64;

/**
 * The papers whose text has no vectors. On the way papers that share a known text get its vectors,
 * as a plain ingest would give them.
 */
export async function papersWithoutVectors({
  index,
  embedder,
}: BatchLibrary): Promise<PapersByText> {
  const missing = new Map<string, PaperId[]>();
  const noting: VectorArchive = {
    ...archiveOf(index),
    chunksByText: async (hashes) => {
      const chunks = await index.chunksByText(hashes);
      const known = new Set(chunks.map((chunk) => chunk.textHash));
      for (const hash of hashes) if (!known.has(hash)) missing.set(hash, []);
      return chunks;
    },
  };
  // Gives no vectors: what is missing is only looked for.
  await embedPapers({ archive: noting, embedder: { ...embedder, embedTexts: async () => [] } });
  if (missing.size === 0) return missing;
  for await (const papers of index.papers()) {
    for (const paper of papers) missing.get(textHash(paper))?.push(paper.id);
  }
  return missing;
}

/** One request for each of these texts, always in the same order. */
export async function* requestsFor(
  { index, embedder }: BatchLibrary,
  { papers, hashes }: { readonly papers: PapersByText; readonly hashes: readonly string[] },
): AsyncGenerator<BatchRequest> {
  const sorted = hashes.toSorted();
  for (let from = 0; from < sorted.length; from += GROUP) {
    const ids = sorted.slice(from, from + GROUP).flatMap((hash) => papers.get(hash)?.[0] ?? []);
    const found = await index.papersByIds(ids);
    for (const id of ids) {
      const paper = found.get(id);
      if (paper === undefined) continue;
      const texts = await textsOf(paper, embedder);
      yield { id: textHash(paper), texts: texts.map((text) => cutToFit(text, embedder)) };
    }
  }
}

interface SavedBatch {
  readonly papers: PapersByText;
  readonly results: readonly BatchVectors[];
}

/** Stores the vectors with their papers, in one commit; returns what cannot be stored. */
export async function saveVectors(
  library: BatchLibrary,
  batch: SavedBatch,
): Promise<readonly BatchFailure[]> {
  const { index, embedder } = library;
  const { whole, vectors, failures } = await match(library, batch);
  const lookup = embedWholeTexts(embedder.dimensions, async (texts) =>
    texts.map((text) => vectors.get(text) ?? []),
  );
  const these: VectorArchive = {
    ...archiveOf(index),
    papers: () => oneBatch(whole),
    optimiseVectors: async () => {}, // once, when all are stored
  };
  await embedPapers({ archive: these, embedder: { ...embedder, ...lookup } });
  return failures;
}

interface Matched {
  /** The papers of which every text has its vector. */
  readonly whole: readonly Paper[];
  readonly vectors: ReadonlyMap<string, readonly number[]>;
  readonly failures: readonly BatchFailure[];
}

/** Finds out which vector is of which text: results hold no texts. */
async function match(
  { index, embedder }: BatchLibrary,
  { papers, results }: SavedBatch,
): Promise<Matched> {
  const found = await index.papersByIds(results.flatMap(({ id }) => papers.get(id) ?? []));
  const byHash = new Map(results.map((result) => [result.id, result.vectors]));
  const matched = { whole: [] as Paper[], vectors: new Map(), failures: [] as BatchFailure[] };
  for (const paper of found.values()) {
    const id = textHash(paper);
    const texts = await textsOf(paper, embedder);
    const vectors = byHash.get(id) ?? [];
    if (
      vectors.length !== texts.length ||
      !vectors.every((v) => v.length === embedder.dimensions)
    ) {
      matched.failures.push({
        kind: 'failed',
        id,
        reason: 'other vectors came back than asked for',
      });
      continue;
    }
    for (const [i, text] of texts.entries()) matched.vectors.set(text, vectors[i]);
    matched.whole.push(paper);
  }
  return matched;
}

/** The strings that a plain ingest would have embedded for this paper, uncut. */
async function textsOf(paper: Paper, embedder: Embedder): Promise<readonly string[]> {
  const asked: string[] = [];
  const recorder = embedWholeTexts(0, async (texts) => {
    asked.push(...texts);
    return texts.map(() => []);
  });
  await recorder.embedTexts(chunkPaper(paper, embedder));
  return asked;
}

async function* oneBatch(papers: readonly Paper[]): AsyncGenerator<readonly Paper[]> {
  yield papers;
}

function archiveOf(index: VectorArchive): VectorArchive {
  return {
    papers: () => index.papers(),
    chunkStamps: (ids) => index.chunkStamps(ids),
    chunksByText: (hashes) => index.chunksByText(hashes),
    saveChunks: (chunks) => index.saveChunks(chunks),
    optimiseWords: () => index.optimiseWords(),
    optimiseVectors: () => index.optimiseVectors(),
  };
}
