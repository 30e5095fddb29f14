import type { Embedder } from './embedder.ts';

/**
 * The same Embedder, with the vectors of the `maxQueries` latest queries kept in memory. Equal
 * queries asked at once are embedded once. Vectors are shared between callers: do not change them.
 */
export function withQueryCache(
  embedder: Embedder,
  { maxQueries = 2_000 }: { readonly maxQueries?: number } = {},
): Embedder {
  const kept: QueryVectors = new Map();
  return {
    model: embedder.model,
    dimensions: embedder.dimensions,
    maxTokens: embedder.maxTokens,
    countTokens: (text) => embedder.countTokens(text),
    embedTexts: (inputs, options) => embedder.embedTexts(inputs, options),
    embedQueries: async (queries) => {
      embedMissing(embedder, kept, queries);
      const vectors = queries.map((query) => recall(kept, query));
      evict(kept, maxQueries);
      return Promise.all(vectors);
    },
    close: () => embedder.close(),
  };
}

/** A Map keeps its order, so that its first key is the query not asked for longest. */
type QueryVectors = Map<string, Promise<Float32Array>>;

function embedMissing(embedder: Embedder, kept: QueryVectors, queries: readonly string[]): void {
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
}

async function recall(kept: QueryVectors, query: string): Promise<Float32Array> {
  const vector = kept.get(query);
  if (vector === undefined) throw new Error('A query was not embedded.');
  kept.delete(query);
  kept.set(query, vector);
  return vector;
}

function evict(kept: QueryVectors, maxQueries: number): void {
  for (const query of kept.keys()) {
    if (kept.size <= maxQueries) return;
    kept.delete(query);
  }
}

function vectorAt(vectors: readonly Float32Array[], at: number): Float32Array {
  const vector = vectors[at];
  if (vector === undefined) throw new Error('An embedder gave fewer vectors than queries.');
  return vector;
}
