// The program of the process that embeds for the library: as `src/llm/embed-process.ts`, and keeps
// every vector before it hands it over. Its arguments are the model's folder and the cache's file.
// Because it keeps them itself, even the vectors that it is at when its parent is killed are kept.
import { createLocalEmbedder } from '../llm/local-embedder.ts';
import { serveEmbedding } from '../llm/serve-embedding.ts';
import { withVectorCache } from '../llm/vector-cache.ts';
import { openVectorCache } from '../store/vector-cache.ts';

// About a third of a second of work: as long may it live on after its parent.
const AT_ONCE = 16;

const [, , folder = '', cache = ''] = process.argv;
serveEmbedding({
  folder,
  open: async () =>
    withVectorCache(await createLocalEmbedder(folder), {
      open: () => openVectorCache(cache),
      atOnce: AT_ONCE,
    }),
});
