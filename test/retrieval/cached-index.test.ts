import { describe, expect, it } from 'vitest';
import type { PaperId } from '../../src/papers/paper.ts';
import { withPaperCache } from '../../src/retrieval/cached-index.ts';
import type { IndexedPaper, PaperIndex } from '../../src/retrieval/paper-index.ts';

const [a, b, c] = ['title:a', 'title:b', 'title:c'] as PaperId[];

describe('withPaperCache', () => {
  it('reads a paper once while the index stays the same', async () => {
    const { index, reads } = countingIndex();
    const cached = withPaperCache(index);
    await cached.status();
    await cached.papersById(ids(a, b));
    const again = await cached.papersById(ids(b, a, c));
    expect(again.map(({ paper }) => paper.id).sort()).toEqual([a, b, c]);
    expect(reads).toEqual([a, b, c]);
  });

  it('reads anew when the index has changed', async () => {
    const { index, reads, change } = countingIndex();
    const cached = withPaperCache(index);
    await cached.status();
    await cached.papersById(ids(a));
    change();
    await cached.status();
    await cached.papersById(ids(a));
    expect(reads).toEqual([a, a]);
  });

  it('does not keep what was read while the index changed', async () => {
    const { index, reads, change, hold } = countingIndex();
    const cached = withPaperCache(index);
    await cached.status();
    const release = hold();
    const reading = cached.papersById(ids(a));
    change();
    await cached.status();
    release();
    await reading;
    await cached.papersById(ids(a));
    expect(reads).toEqual([a, a]);
  });

  it('keeps no more papers than it may, the ones used last', async () => {
    const { index, reads } = countingIndex();
    const cached = withPaperCache(index, 2);
    await cached.status();
    for (const id of [a, b, a, c, a, b]) await cached.papersById(ids(id));
    expect(reads).toEqual([a, b, c, b]);
  });

  it('leaves out unknown ids', async () => {
    const cached = withPaperCache(countingIndex().index);
    expect(await cached.papersById(['title:unknown' as PaperId])).toEqual([]);
  });
});

function ids(...list: readonly (PaperId | undefined)[]): readonly PaperId[] {
  return list.filter((id) => id !== undefined);
}

/** An index of three papers that notes which ones are read. */
function countingIndex() {
  const reads: PaperId[] = [];
  let version = 1;
  let gate: Promise<void> = Promise.resolve();
  const index: PaperIndex = {
    searchLexical: async () => [],
    searchDense: async () => [],
    sentenceVectors: async () => new Map(),
    count: async () => 0,
    pages: async () => [],
    async *sample() {},
    status: async () => ({ papers: 3, embedded: 3, dated: 0, version, vectorVersion: 1 }),
    papersById: async (wanted) => {
      const known = wanted.filter((id) => ids(a, b, c).includes(id));
      reads.push(...known);
      await gate;
      return known.map((id) => ({ paper: { id } }) as IndexedPaper); // only the id is looked at
    },
  };
  return {
    index,
    reads,
    change: () => {
      version += 1;
    },
    hold: () => {
      const held = Promise.withResolvers<void>();
      gate = held.promise;
      return held.resolve;
    },
  };
}
