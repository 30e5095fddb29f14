// The stand-in's process, in the place of `src/commands/embed-process.ts`: it keeps what it makes in
// the same cache by the same way. Its arguments are the cache's file and the one to count in.
import { serveEmbedding } from '../src/llm/serve-embedding.ts';
import { withVectorCache } from '../src/llm/vector-cache.ts';
import { openVectorCache } from '../src/store/vector-cache.ts';
import { createStandIn } from './stand-in-embedder.ts';

const [, , cache = '', counted = ''] = process.argv;
serveEmbedding({
  folder: 'of the stand-in',
  open: async () => withVectorCache(createStandIn(counted), { open: () => openVectorCache(cache) }),
});
