import { createAnswerer } from '../../src/answer/answerer.ts';
import { type ComposeParts, createComposer } from '../../src/digest/compose-digest.ts';
import { createMapMaker } from '../../src/digest/digest-map.ts';
import { createArrivalWatch } from '../../src/digest/note-arrivals.ts';
import type { SummaryWriter } from '../../src/digest/write-summaries.ts';
import type { Embedder } from '../../src/llm/embedder.ts';
import type { Paper } from '../../src/papers/paper.ts';
import { embedPapers } from '../../src/retrieval/embed-papers.ts';
import { createRetriever } from '../../src/retrieval/retriever.ts';
import { type DigestStores, openStore } from '../../src/store/open-store.ts';
import { MemoryIndex } from '../fakes/memory-index.ts';
import { WordCountEmbedder } from '../fakes/word-count-embedder.ts';

/** What makes digests, over papers in memory and a store in memory, at a time that tests set. */
export interface DigestRig {
  readonly stores: DigestStores;
  readonly index: MemoryIndex;
  readonly parts: ComposeParts;
  readonly composer: ReturnType<typeof createComposer>;
  readonly clock: { now: Date };
  /** Puts papers into the library, with their vectors. */
  arrive(...papers: readonly Paper[]): Promise<void>;
  close(): Promise<void>;
}

export async function openDigestRig({
  embedder = new WordCountEmbedder(),
  writer,
  at = '2026-11-20T09:00:00.000Z',
}: {
  readonly embedder?: Embedder;
  readonly writer?: SummaryWriter;
  readonly at?: string;
} = {}): Promise<DigestRig> {
  const { digestStores: stores, close } = await openStore({ file: ':memory:' });
  const index = new MemoryIndex();
  const retriever = createRetriever({ index, embedder });
  const clock = { now: new Date(at) };
  const now = () => clock.now;
  const parts: ComposeParts = {
    ...stores,
    index,
    retriever,
    embedder,
    now,
    maps: createMapMaker(index),
    arrivalWatch: createArrivalWatch({ index, arrivals: stores.arrivals, now }),
    answerer: createAnswerer({ retriever, newId: () => 'answer', now }),
    ...(writer !== undefined && { writer }),
  };
  return {
    stores,
    index,
    parts,
    clock,
    composer: createComposer(parts),
    async arrive(...papers) {
      await index.savePapers(papers);
      await embedPapers({ archive: index, embedder });
    },
    close,
  };
}
