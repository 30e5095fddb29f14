import type { PaperId } from '../papers/paper.ts';
import type { PaperIndex } from './paper-index.ts';

// About 40 kB each with its sentence vectors: a ceiling of some 40 MB.
const MAX_PAPERS = 1000;

/**
 * The same index with the papers used last, and their sentence vectors, kept in memory: reading and
 * parsing them takes most of a question's time. Emptied when `status` sees that the index changed.
 */
export function withPaperCache(index: PaperIndex, maxPapers: number = MAX_PAPERS): PaperIndex {
  const papers = createKeeper<Awaited<ReturnType<PaperIndex['papersById']>>[number]>(maxPapers);
  const vectors = createKeeper<readonly Float32Array[]>(maxPapers);
  return {
    searchLexical: (request) => index.searchLexical(request),
    searchDense: (request) => index.searchDense(request),
    sample: (limit) => index.sample(limit),
    count: (filter) => index.count(filter),
    pages: () => index.pages(),
    async status() {
      const status = await index.status();
      papers.renew(status.version);
      vectors.renew(status.vectorVersion);
      return status;
    },
    async papersById(ids) {
      const found = await papers.find(ids, async (missing) => {
        const read = await index.papersById(missing);
        return new Map(read.map((paper) => [paper.paper.id, paper]));
      });
      return [...found.values()];
    },
    sentenceVectors: (ids) => vectors.find(ids, (missing) => index.sentenceVectors(missing)),
  };
}

interface Keeper<Value> {
  renew(version: number): void;
  find(
    ids: readonly PaperId[],
    read: (missing: readonly PaperId[]) => Promise<ReadonlyMap<PaperId, Value>>,
  ): Promise<ReadonlyMap<PaperId, Value>>;
}

/** Keeps the values used last; what was read while the version changed is not kept. */
function createKeeper<Value>(most: number): Keeper<Value> {
  // A Map keeps its order, so that its first key is the one not used for longest.
  const kept = new Map<PaperId, Value>();
  let version = Number.NaN;
  const keep = (id: PaperId, value: Value) => {
    kept.delete(id);
    kept.set(id, value);
  };
  return {
    renew(current) {
      if (current !== version) kept.clear();
      version = current;
    },
    async find(ids, read) {
      const before = version;
      const found = new Map<PaperId, Value>();
      for (const id of ids) {
        const value = kept.get(id);
        if (value !== undefined) found.set(id, value);
      }
      const missing = ids.filter((id) => !found.has(id));
      const fresh = missing.length === 0 ? new Map<PaperId, Value>() : await read(missing);
      for (const [id, value] of fresh) found.set(id, value);
      if (version === before) for (const [id, value] of found) keep(id, value);
      for (const id of kept.keys()) {
        if (kept.size <= most) break;
        kept.delete(id);
      }
      return found;
    },
  };
}
