import { type Connection, Index, MatchQuery, type Table } from '@lancedb/lancedb';
import { Field, List, Schema, Utf8 } from 'apache-arrow';
import { foldTitle } from '../../papers/fold.ts';
import type { Paper, PaperId } from '../../papers/paper.ts';
import { analyse } from '../analyzer.ts';
import { namesOf } from '../mentions.ts';
import type { IndexedPaper, SearchRequest } from '../paper-index.ts';
import { TITLE_WEIGHT } from '../term-statistics.ts';
import { foldIn, isIn, openTable } from './connection.ts';
import { filterCondition } from './filter.ts';

/** The table `papers`: one row a paper with its record, the terms BM25 sees, and what filters read. */
export interface PaperTable {
  upsert(papers: readonly Paper[]): Promise<void>;
  searchLexical(request: SearchRequest<readonly string[]>): Promise<readonly PaperId[]>;
  byIds(ids: readonly PaperId[]): Promise<readonly IndexedPaper[]>;
  /** Papers whose folded titles these are. */
  byTitleKeys(keys: readonly string[]): Promise<readonly Paper[]>;
  drop(ids: readonly PaperId[]): Promise<void>;
  /** All papers, in batches. */
  batches(): AsyncIterable<readonly Paper[]>;
  sample(limit: number): AsyncIterable<IndexedPaper>;
  count(condition?: string): Promise<number>;
  /** Names of the pages that papers come from, in order. */
  pages(): Promise<readonly string[]>;
  version(): Promise<number>;
  /** Folds new rows into the indices and drops old versions of the table; false if none are new. */
  optimise(): Promise<boolean>;
}

const SCHEMA = new Schema([
  new Field('id', new Utf8(), false),
  new Field('record', new Utf8(), false),
  new Field('titleTerms', new Utf8(), false),
  new Field('bodyTerms', new Utf8(), false),
  new Field('terms', new Utf8(), false),
  new Field('titleKey', new Utf8(), false),
  new Field('names', new Utf8(), false),
  new Field('date', new Utf8(), true),
  new Field('sources', new List(new Field('item', new Utf8(), true)), false),
]);

const INDEXED = ['record', 'titleTerms', 'bodyTerms', 'titleKey', 'names'] as const;
type IndexedRow = Readonly<Record<(typeof INDEXED)[number], string>>;
// Terms arrive analysed, so LanceDB only splits them at spaces.
const FULL_TEXT = {
  baseTokenizer: 'whitespace',
  stem: false,
  removeStopWords: false,
  lowercase: false,
  asciiFolding: false,
  withPosition: false,
  maxTokenLength: 80,
} as const;
// Looked up by these or filtered; below so many rows a scan is as fast.
const LOOKED_UP = ['titleKey', 'date'];
const LOOKED_UP_FROM_ROWS = 5_000;

export async function openPaperTable(connection: Connection): Promise<PaperTable> {
  const table = await openTable(connection, 'papers', SCHEMA);
  return {
    upsert: (papers) => upsert(table, papers),
    searchLexical: (request) => searchLexical(table, request),
    byIds: (ids) => byIds(table, ids),
    byTitleKeys: (keys) => byTitleKeys(table, keys),
    drop: async (ids) => {
      await table.delete(isIn('id', ids));
    },
    batches: () => batches(table),
    sample: (limit) => sample(table, limit),
    count: (condition) => table.countRows(condition),
    pages: () => pages(table),
    version: () => table.version(),
    optimise: () => optimise(table),
  };
}

async function upsert(table: Table, papers: readonly Paper[]): Promise<void> {
  if (papers.length === 0) return;
  await table
    .mergeInsert('id')
    .whenMatchedUpdateAll()
    .whenNotMatchedInsertAll()
    .execute(papers.map(toRow));
}

function toRow(paper: Paper): Record<string, unknown> {
  const titleTerms = analyse(paper.title).join(' ');
  const bodyTerms = analyse(paper.abstract).join(' ');
  return {
    id: paper.id,
    record: JSON.stringify(paper),
    titleTerms,
    bodyTerms,
    terms: [...Array(TITLE_WEIGHT).fill(titleTerms), bodyTerms].join(' '),
    titleKey: foldTitle(paper.title),
    names: JSON.stringify([...namesOf(paper)]),
    date: paper.date ?? null,
    sources: paper.sources.map(({ page }) => page),
  };
}

async function searchLexical(
  table: Table,
  { query, limit, filter }: SearchRequest<readonly string[]>,
): Promise<readonly PaperId[]> {
  if (query.length === 0) return [];
  const where = filterCondition(filter);
  const search = table.query().fullTextSearch(new MatchQuery(query.join(' '), 'terms'));
  const rows = await (where === undefined ? search : search.where(where))
    .select(['id', '_score'])
    .limit(limit)
    .toArray();
  return rows.map((row) => row.id);
}

async function byIds(table: Table, ids: readonly PaperId[]): Promise<readonly IndexedPaper[]> {
  if (ids.length === 0) return [];
  const rows = await table
    .query()
    .where(isIn('id', ids))
    .select([...INDEXED])
    .toArray();
  return rows.map(fromRow);
}

async function byTitleKeys(table: Table, keys: readonly string[]): Promise<readonly Paper[]> {
  if (keys.length === 0) return [];
  const rows = await table.query().where(isIn('titleKey', keys)).select(['record']).toArray();
  return rows.map(({ record }) => JSON.parse(record) as Paper); // written by toRow
}

function fromRow(row: IndexedRow): IndexedPaper {
  // Both were written by toRow.
  const paper = JSON.parse(row.record) as Paper;
  const names = JSON.parse(row.names) as readonly [string, number][];
  return {
    paper,
    titleTerms: split(row.titleTerms),
    bodyTerms: split(row.bodyTerms),
    titleKey: row.titleKey,
    names: new Map(names),
  };
}

async function* batches(table: Table): AsyncIterable<readonly Paper[]> {
  for await (const batch of table.query().select(['record'])) {
    const records = batch.getChild('record');
    if (records !== null) yield [...records].map((record) => JSON.parse(record) as Paper); // written by toRow
  }
}

async function pages(table: Table): Promise<readonly string[]> {
  const names = new Set<string>();
  for await (const batch of table.query().select(['sources'])) {
    for (const sources of batch.getChild('sources') ?? [])
      for (const page of sources) names.add(page);
  }
  return [...names].sort();
}

async function* sample(table: Table, limit: number): AsyncIterable<IndexedPaper> {
  for await (const batch of table
    .query()
    .select([...INDEXED])
    .limit(limit)) {
    const columns = INDEXED.map((name) => batch.getChild(name));
    for (let row = 0; row < batch.numRows; row++) {
      const values = INDEXED.map((name, i) => [name, columns[i]?.get(row) ?? '']);
      yield fromRow(Object.fromEntries(values));
    }
  }
}

async function optimise(table: Table): Promise<boolean> {
  const indices = await table.listIndices();
  const nameOf = (column: string) => indices.find(({ columns }) => columns.includes(column))?.name;
  const words = nameOf('terms');
  if (words !== undefined) {
    const about = await table.indexStats(words);
    if (about?.numUnindexedRows === 0) return false;
  }
  const rows = await table.countRows();
  if (rows > 0 && words === undefined) {
    await table.createIndex('terms', { config: Index.fts(FULL_TEXT) });
  }
  if (rows > 0) await createMissing(table, { columns: ['id'], nameOf });
  if (rows >= LOOKED_UP_FROM_ROWS) await createMissing(table, { columns: LOOKED_UP, nameOf });
  await foldIn(table);
  return true;
}

async function createMissing(
  table: Table,
  {
    columns,
    nameOf,
  }: {
    readonly columns: readonly string[];
    readonly nameOf: (column: string) => string | undefined;
  },
): Promise<void> {
  for (const column of columns) {
    if (nameOf(column) === undefined) await table.createIndex(column, { config: Index.btree() });
  }
}

function split(terms: string): readonly string[] {
  return terms === '' ? [] : terms.split(' ');
}
