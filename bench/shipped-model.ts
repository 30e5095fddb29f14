import { parseConfig } from '../src/config.ts';

/** The folder of the embedding model that ships, whatever the settings choose. */
export function shippedModel(): string {
  const { embedder } = parseConfig({});
  if (embedder.kind !== 'local') throw new Error('Without settings the embedder is the local one.');
  return embedder.folder;
}
