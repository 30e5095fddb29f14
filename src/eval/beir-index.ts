import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import type { Embedder } from '../llm/embedder.ts';
import type { Paper, PaperId } from '../papers/paper.ts';
import { embedPapers } from '../retrieval/embed-papers.ts';
import { type LanceIndex, openLanceIndex } from '../retrieval/lance/lance-index.ts';
import type { BeirDocument, BeirFolder } from './beir.ts';

export interface BeirIndexRequest {
  readonly folder: string;
  readonly beir: BeirFolder;
  readonly embedder: Embedder;
  /** Names what `beir` leaves out of the folder's corpus; such an index is kept apart. */
  readonly part?: string;
  /** Where indexes of this kind are kept, apart from the user's. */
  readonly cacheDir: string;
  readonly onEmbedded?: (progress: { readonly done: number; readonly total: number }) => void;
  readonly signal?: AbortSignal;
}

const SAVE_BATCH = 1000;

/**
 * The index of a BEIR corpus; made once for each content of `corpus.jsonl`, and part of it, and used
 * again after.
 * Texts keep their `_id` as PaperId, so equal titles stay two papers.
 */
export async function openBeirIndex(request: BeirIndexRequest): Promise<LanceIndex> {
  const { beir, embedder, folder, part = '', onEmbedded, signal } = request;
  const hash = await hashFile(join(folder, 'corpus.jsonl'));
  const index = await openLanceIndex({
    location: join(
      request.cacheDir,
      `${hash.slice(0, 16)}${part && `-${part}`}-${safeName(embedder.model)}`,
    ),
    model: embedder.model,
    dimensions: embedder.dimensions,
  });
  if ((await index.pageHash('corpus.jsonl')) !== hash) {
    await saveCorpus(beir, index, signal);
    await index.optimiseWords();
    await index.savePage('corpus.jsonl', hash);
  }
  const { papers } = await index.status();
  await embedPapers({
    archive: index,
    embedder,
    onProgress: (done) => onEmbedded?.({ done, total: papers }),
    ...(signal !== undefined && { signal }),
  });
  return index;
}

async function saveCorpus(
  beir: BeirFolder,
  index: LanceIndex,
  signal: AbortSignal | undefined,
): Promise<void> {
  let batch: Paper[] = [];
  for await (const document of beir.corpus()) {
    signal?.throwIfAborted();
    batch.push(toPaper(document));
    if (batch.length === SAVE_BATCH) {
      await index.savePapers(batch);
      batch = [];
    }
  }
  await index.savePapers(batch);
}

function toPaper({ id, title, text }: BeirDocument): Paper {
  // In an index of its own the corpus's ids stand for themselves.
  return { id: id as PaperId, title, abstract: text, url: '', sources: [] };
}

async function hashFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest('hex');
}

function safeName(model: string): string {
  return model.replace(/[^\w.-]+/g, '-');
}
