import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openChunkTable } from '../../../src/retrieval/lance/chunk-table.ts';
import { connectIndex } from '../../../src/retrieval/lance/connection.ts';
import { DIMENSIONS, makeChunk, unitVector } from '../../fakes/made-up-chunks.ts';

const root = await mkdtemp(join(tmpdir(), 'footnote-chunks-'));
afterAll(() => rm(root, { recursive: true, force: true, maxRetries: 5 }));

async function openTable() {
  const connection = await connectIndex(await mkdtemp(join(root, 'index-')));
  const chunks = await openChunkTable(connection, {
    model: 'm',
    dimensions: DIMENSIONS,
    indexFromRows: 400,
  });
  const [name = ''] = await connection.tableNames();
  const indices = async () => {
    const table = await connection.openTable(name);
    const all = (await table.listIndices()).filter(({ columns }) => columns.includes('vector'));
    return Promise.all(
      all.map(async (index) => {
        const about = await table.indexStats(index.name);
        return [index.name, about?.numIndexedRows, about?.numUnindexedRows];
      }),
    );
  };
  const add = (from: number, to: number) =>
    chunks.upsert(
      Array.from({ length: to - from }, (_, n) =>
        makeChunk({ paper: `title:${from + n}`, seed: from + n }),
      ),
    );
  return { chunks, indices, add, close: () => connection.close() };
}

describe('the index of vectors', () => {
  it('is made at its size, takes new rows in, and is divided anew once they are four times as many', async () => {
    const { chunks, indices, add, close } = await openTable();
    await add(0, 399);
    await chunks.optimise();
    expect(await indices()).toEqual([]);
    await add(399, 400);
    await chunks.optimise();
    expect(await indices()).toEqual([['vector-20-partitions', 400, 0]]);
    await add(400, 1_500);
    await chunks.optimise();
    expect(await indices()).toEqual([['vector-20-partitions', 1_500, 0]]);
    await add(1_500, 1_600);
    await chunks.optimise();
    expect(await indices()).toEqual([['vector-40-partitions', 1_600, 0]]);
    for (const seed of [3, 399, 1_200, 1_599]) {
      const [nearest] = await chunks.searchDense({ query: unitVector(seed), limit: 10 });
      expect(nearest?.paperId).toBe(`title:${seed}`);
    }
    close();
  });
});
