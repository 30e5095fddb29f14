import { createHash } from 'node:crypto';
import { type Connection, Index, type Table } from '@lancedb/lancedb';
import { Binary, Field, FixedSizeList, Float32, Int32, List, Schema, Utf8 } from 'apache-arrow';
import { packVectors, unpackVectors } from '../../llm/quantise.ts';
import type { PaperId } from '../../papers/paper.ts';
import type { DenseHit, SearchRequest } from '../paper-index.ts';
import type { ChunkRow } from '../vector-archive.ts';
import { foldIn, isIn, openTable } from './connection.ts';
import { filterCondition } from './filter.ts';

/** The table of one embedding model: a document vector and packed sentence vectors for each chunk. */
export interface ChunkTable {
  upsert(chunks: readonly ChunkRow[]): Promise<void>;
  searchDense(request: SearchRequest<Float32Array>): Promise<readonly DenseHit[]>;
  sentences(ids: readonly PaperId[]): Promise<ReadonlyMap<PaperId, readonly Float32Array[]>>;
  /** Drops the chunks of these papers that were made from another text. */
  dropOtherTexts(texts: ReadonlyMap<PaperId, string>): Promise<void>;
  drop(ids: readonly PaperId[]): Promise<void>;
  /** The stamp of each of these papers that has vectors. */
  stamps(ids: readonly PaperId[]): Promise<ReadonlyMap<PaperId, string>>;
  /** Chunks of these texts, whichever paper they were made for. */
  byTextHash(hashes: readonly string[]): Promise<readonly ChunkRow[]>;
  /** How many papers have vectors. */
  count(): Promise<number>;
  version(): Promise<number>;
  optimise(): Promise<void>;
}

// Below this an exact scan is as fast and needs no index.
const INDEX_FROM_ROWS = 20_000;
// A search looks through PROBES partitions, so they must not grow with the table: it is divided anew
// once it has grown fourfold, which takes about three minutes for all of arXiv.
const RETRAIN_FROM = 2;
// IVF_RQ finds .65 to .81 of the true neighbours alone, all of them with this.
const REFINE = 10;
const PROBES = 20;

export interface ChunkTableOptions {
  readonly model: string;
  readonly dimensions: number;
  /** The size from which vectors get an index. */
  readonly indexFromRows?: number;
}

export async function openChunkTable(
  connection: Connection,
  { model, dimensions, indexFromRows = INDEX_FROM_ROWS }: ChunkTableOptions,
): Promise<ChunkTable> {
  const digest = createHash('sha256').update(model).digest('hex').slice(0, 8);
  const name = `chunks-${model.replace(/[^A-Za-z0-9._-]+/g, '-')}-${digest}`;
  const table = await openTable(connection, name, schema(dimensions));
  return {
    upsert: (chunks) => upsert(table, chunks),
    searchDense: (request) => searchDense(table, request),
    sentences: (ids) => sentences(table, { ids, dimensions }),
    dropOtherTexts: (texts) => dropOtherTexts(table, texts),
    drop: async (ids) => {
      await table.delete(isIn('paperId', ids));
    },
    stamps: (ids) => stamps(table, ids),
    byTextHash: (texts) => byTextHash(table, { texts, dimensions }),
    count: () => table.countRows('part = 0'),
    version: () => table.version(),
    optimise: () => optimise(table, indexFromRows),
  };
}

function schema(dimensions: number): Schema {
  return new Schema([
    new Field('key', new Utf8(), false),
    new Field('paperId', new Utf8(), false),
    new Field('part', new Int32(), false),
    new Field('textHash', new Utf8(), false),
    new Field('stamp', new Utf8(), false),
    new Field(
      'vector',
      new FixedSizeList(dimensions, new Field('item', new Float32(), true)),
      false,
    ),
    new Field('sentences', new Binary(), false),
    new Field('date', new Utf8(), true),
    new Field('sources', new List(new Field('item', new Utf8(), true)), false),
  ]);
}

async function upsert(table: Table, chunks: readonly ChunkRow[]): Promise<void> {
  if (chunks.length === 0) return;
  const ids = [...new Set(chunks.map(({ paperId }) => paperId))];
  const rows = chunks.map((chunk) => ({
    key: `${chunk.paperId}#${chunk.part}`,
    paperId: chunk.paperId,
    part: chunk.part,
    textHash: chunk.textHash,
    stamp: chunk.stamp,
    vector: [...chunk.vector],
    sentences: packVectors(chunk.sentences),
    date: chunk.date ?? null,
    sources: [...chunk.sources],
  }));
  // Parts that the new text no longer has go in the same commit.
  await table
    .mergeInsert('key')
    .whenMatchedUpdateAll()
    .whenNotMatchedInsertAll()
    .whenNotMatchedBySourceDelete({ where: isIn('paperId', ids) })
    .execute(rows);
}

async function searchDense(
  table: Table,
  { query, limit, filter }: SearchRequest<Float32Array>,
): Promise<readonly DenseHit[]> {
  const where = filterCondition(filter);
  const search = table.vectorSearch(query).distanceType('cosine').nprobes(PROBES);
  const rows = await (where === undefined ? search : search.where(where))
    .refineFactor(REFINE)
    .select(['paperId', '_distance'])
    .limit(limit)
    .toArray();
  const best = new Map<PaperId, DenseHit>();
  for (const row of rows) {
    const hit = { paperId: row.paperId, cosine: 1 - row._distance };
    if (!best.has(row.paperId)) best.set(row.paperId, hit);
  }
  return [...best.values()];
}

async function sentences(
  table: Table,
  { ids, dimensions }: { readonly ids: readonly PaperId[]; readonly dimensions: number },
): Promise<ReadonlyMap<PaperId, readonly Float32Array[]>> {
  const found = new Map<PaperId, readonly Float32Array[]>();
  if (ids.length === 0) return found;
  const rows = await table
    .query()
    .where(isIn('paperId', ids))
    .select(['paperId', 'part', 'sentences'])
    .toArray();
  for (const row of rows.toSorted((a, b) => a.part - b.part)) {
    const vectors = unpackVectors(row.sentences, dimensions);
    const before = found.get(row.paperId);
    // Every part begins with the title's vector; one is enough.
    found.set(row.paperId, before === undefined ? vectors : [...before, ...vectors.slice(1)]);
  }
  return found;
}

async function dropOtherTexts(table: Table, texts: ReadonlyMap<PaperId, string>): Promise<void> {
  const rows = await table
    .query()
    .where(`part = 0 AND ${isIn('paperId', [...texts.keys()])}`)
    .select(['paperId', 'textHash'])
    .toArray();
  const other = rows.filter(({ paperId, textHash }) => texts.get(paperId) !== textHash);
  if (other.length > 0)
    await table.delete(
      isIn(
        'paperId',
        other.map(({ paperId }) => paperId),
      ),
    );
}

async function stamps(
  table: Table,
  ids: readonly PaperId[],
): Promise<ReadonlyMap<PaperId, string>> {
  const where = `part = 0 AND ${isIn('paperId', ids)}`;
  const rows = await table.query().where(where).select(['paperId', 'stamp']).toArray();
  return new Map(rows.map((row) => [row.paperId, row.stamp]));
}

async function byTextHash(
  table: Table,
  { texts, dimensions }: { readonly texts: readonly string[]; readonly dimensions: number },
): Promise<readonly ChunkRow[]> {
  const rows = await table.query().where(isIn('textHash', texts)).toArray();
  return rows.map((row) => ({
    paperId: row.paperId,
    part: row.part,
    textHash: row.textHash,
    stamp: row.stamp,
    vector: Float32Array.from(row.vector),
    sentences: unpackVectors(row.sentences, dimensions),
    ...(row.date === null ? {} : { date: row.date }),
    sources: [...row.sources],
  }));
}

async function optimise(table: Table, indexFromRows: number): Promise<void> {
  const rows = await table.countRows();
  const indices = await table.listIndices();
  const has = (column: string) => indices.some(({ columns }) => columns.includes(column));
  if (rows > 0 && !has('paperId')) {
    await table.createIndex('paperId', { config: Index.btree() });
    await table.createIndex('textHash', { config: Index.btree() });
  }
  if (rows >= indexFromRows) {
    await trainWhereNeeded(table, {
      rows,
      names: indices.filter(({ columns }) => columns.includes('vector')).map(({ name }) => name),
    });
  }
  await foldIn(table);
}

/** The index's name tells into how many partitions it was divided: LanceDB does not. */
async function trainWhereNeeded(
  table: Table,
  { rows, names }: { readonly rows: number; readonly names: readonly string[] },
): Promise<void> {
  const numPartitions = Math.round(Math.sqrt(rows));
  const trained = names.map((name) => ({ name, partitions: partitionsOf(name) }));
  const best = trained.toSorted((a, b) => b.partitions - a.partitions)[0];
  let kept = best?.name;
  if (best === undefined || numPartitions >= best.partitions * RETRAIN_FROM) {
    kept = `vector-${numPartitions}-partitions`;
    await table.createIndex('vector', {
      name: kept,
      config: Index.ivfRq({ distanceType: 'cosine', numPartitions }),
    });
  }
  for (const { name } of trained) if (name !== kept) await table.dropIndex(name);
}

function partitionsOf(name: string): number {
  return Number(/^vector-(\d+)-partitions$/.exec(name)?.[1] ?? Math.sqrt(INDEX_FROM_ROWS));
}
