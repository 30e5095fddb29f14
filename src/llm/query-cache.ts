import type { Embedder } from './embedder.ts';

/**
 * The same Embedder, with the vectors of the `maxQueries` latest queries kept in memory. Equal
 * queries asked at once are embedded once. Vectors are shared between callers: do not change them.
 */
export function withQueryCache(
  embedder: Embedder,
  { maxQueries = 2_000 }: { readonly maxQueries?: number } = {},
): Embedder {
  // A Map keeps its order, so that its first key is the one not asked for longest.
  const kept = new Map<string, Promise<Float32Array>>();

  const embedMissing = (queries: readonly string[]) => {
    const missing = [...new Set(queries.filter((query) => !kept.has(query)))];
    if (missing.length === 0) return;
    const batch = embedder.embedQueries(missing);
    missing.forEach((query, i) => {
      const vector = batch.then((vectors) => vectorAt(vectors, i));
      kept.set(query, vector);
      vector.catch(() => {
        if (kept.get(query) === vector) kept.delete(query);
      });
    });
  };
  const recall = (query: string) => {
    const vector = kept.get(query) ?? Promise.reject(new Error('A query was not embedded.'));
    kept.delete(query);
    kept.set(query, vector);
    return vector;
  };
  const evict = () => {
    for (const query of kept.keys()) {
      if (kept.size <= maxQueries) return;
      kept.delete(query);
    }
  };
  return {
    model: embedder.model,
    dimensions: embedder.dimensions,
    maxTokens: embedder.maxTokens,
    countTokens: (text) => embedder.countTokens(text),
    embedTexts: (inputs, options) => embedder.embedTexts(inputs, options),
    embedQueries: async (queries) => {
      embedMissing(queries);
      const vectors = queries.map(recall);
      evict();
      return Promise.all(vectors);
    },
    close: () => embedder.close(),
  };
}

function vectorAt(vectors: readonly Float32Array[], at: number): Float32Array {
  const vector = vectors[at];
  if (vector === undefined) throw new Error('An embedder gave fewer vectors than queries.');
  return vector;
}
