import type { EmbedderChoice } from '../config.ts';
import type { Embedder } from './embedder.ts';
import { withQueryCache } from './query-cache.ts';

/**
 * The Embedder that the settings choose, with a cache of query vectors. `local` only checks its
 * files now; the others embed one word to learn their dimensions. Throws FootnoteError `model`
 * (damaged or missing files, a refused key, an unknown name) or `network`.
 */
export async function createEmbedder(choice: EmbedderChoice): Promise<Embedder> {
  return withQueryCache(await createChosen(choice));
}

// Imported one by one when chosen: each brings a heavy package with it.
async function createChosen(choice: EmbedderChoice): Promise<Embedder> {
  switch (choice.kind) {
    case 'local': {
      const { createProcessEmbedder } = await import('./process-embedder.ts');
      return createProcessEmbedder(choice);
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
