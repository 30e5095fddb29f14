// The program of the process that `forkEmbedProcess` forks: embeds the batches it is sent, in a
// process of its own so that ending it gives the memory back. Its argument is the model's folder.
import { createLocalEmbedder } from './local-embedder.ts';
import { serveEmbedding } from './serve-embedding.ts';

const [, , folder = ''] = process.argv;
serveEmbedding({ folder, open: () => createLocalEmbedder(folder) });
