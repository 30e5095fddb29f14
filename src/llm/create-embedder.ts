import type { ChildProcess } from 'node:child_process';
import type { EmbedderChoice } from '../config.ts';
import type { Embedder } from './embedder.ts';
import { withQueryCache } from './query-cache.ts';
import { type VectorCache, withVectorCache } from './vector-cache.ts';

/** Where the vectors of texts are kept, so that none is made twice. */
export interface VectorKeeping {
  readonly open: () => VectorCache;
  /** Starts the process of the local model, which keeps what it makes itself. */
  readonly fork: (folder: string) => ChildProcess;
}

/**
 * The Embedder that the settings choose, with a cache of query vectors. `local` only checks its
 * files now; the others embed one word to learn their dimensions. Throws FootnoteError `model`
 * (damaged or missing files, a refused key, an unknown name) or `network`.
 */
export async function createEmbedder(
  choice: EmbedderChoice,
  keeping?: VectorKeeping,
): Promise<Embedder> {
  const embedder = await createChosen(choice, keeping);
  const isKept = keeping === undefined || choice.kind === 'local';
  return withQueryCache(isKept ? embedder : withVectorCache(embedder, keeping));
}

// Imported one by one when chosen: each brings a heavy package with it.
async function createChosen(
  choice: EmbedderChoice,
  keeping: VectorKeeping | undefined,
): Promise<Embedder> {
  switch (choice.kind) {
    case 'local': {
      const { createProcessEmbedder } = await import('./process-embedder.ts');
      return createProcessEmbedder({ ...choice, ...(keeping && { fork: keeping.fork }) });
    }
    case 'hugging-face': {
      const { createHuggingFaceEmbedder } = await import('./hugging-face-embedder.ts');
      return createHuggingFaceEmbedder(choice);
    }
    case 'openai': {
      const { createOpenAIEmbedder } = await import('./openai-embedder.ts');
      return createOpenAIEmbedder(choice);
    }
  }
}
