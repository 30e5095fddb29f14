import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { type Connection, Index, type Table } from '@lancedb/lancedb';
import { Binary, Field, Schema, Utf8 } from 'apache-arrow';
import type { PaperId } from '../../papers/paper.ts';
import type { KeptRecord, RecordsWanted } from '../../papers/paper-archive.ts';
import { titleId } from '../../papers/paper-id.ts';
import type { PaperRecord } from '../../papers/paper-record.ts';
import { recordKey } from '../../papers/record-facts.ts';
import { foldIn, isIn, openTable } from './connection.ts';

/** The table `records`: what each source said of papers that more than one source tells of. */
export interface RecordTable {
  upsert(records: readonly KeptRecord[]): Promise<void>;
  find(wanted: RecordsWanted): Promise<readonly KeptRecord[]>;
  /** The papers that records without an arXiv id have gone to, by the id of their title. */
  owners(titleIds: readonly PaperId[]): Promise<ReadonlyMap<PaperId, PaperId>>;
  /** Drops old versions of the table where this process has written to it. */
  optimise(): Promise<void>;
}

const SCHEMA = new Schema([
  new Field('key', new Utf8(), false),
  new Field('paperId', new Utf8(), false),
  new Field('titleId', new Utf8(), false),
  new Field('record', new Utf8(), false),
  new Field('rawHash', new Utf8(), true),
  new Field('raw', new Binary(), true),
]);
// Of a compressed payload; of a longer one the hash alone is kept.
const MOST_RAW_BYTES = 32 * 1024;
// Below this a scan is as fast and needs no index.
const INDEX_FROM_ROWS = 20_000;

/** Opens the table with the first call: most runs only read papers. */
export function createRecordTable(connection: Connection): RecordTable {
  let opened: Promise<Table> | undefined;
  let isWritten = false;
  const open = () => {
    opened ??= openTable(connection, 'records', SCHEMA).catch((error) => {
      opened = undefined;
      throw error;
    });
    return opened;
  };
  return {
    upsert: async (records) => {
      if (records.length === 0) return;
      await upsert(await open(), records);
      isWritten = true;
    },
    find: async (wanted) => find(await open(), wanted),
    owners: async (titleIds) => owners(await open(), titleIds),
    optimise: async () => {
      if (!isWritten) return;
      await foldIn(await open());
      isWritten = false;
    },
  };
}

async function upsert(table: Table, records: readonly KeptRecord[]): Promise<void> {
  await table
    .mergeInsert('key')
    .whenMatchedUpdateAll()
    .whenNotMatchedInsertAll()
    .execute(records.map(toRow));
  if ((await table.countRows()) < INDEX_FROM_ROWS) return;
  if ((await table.listIndices()).length > 0) return;
  for (const column of ['key', 'paperId', 'titleId']) {
    await table.createIndex(column, { config: Index.btree() });
  }
}

function toRow({ paperId, record, raw }: KeptRecord): Record<string, unknown> {
  const packed = raw === undefined ? undefined : gzipSync(raw);
  return {
    key: recordKey(record),
    paperId,
    titleId: titleId(record.title),
    record: JSON.stringify(record),
    rawHash: raw === undefined ? null : createHash('sha256').update(raw).digest('hex'),
    raw: packed === undefined || packed.length > MOST_RAW_BYTES ? null : packed,
  };
}

async function find(
  table: Table,
  { paperIds, titleIds }: RecordsWanted,
): Promise<readonly KeptRecord[]> {
  const where = `${isIn('paperId', paperIds)} OR ${isIn('titleId', titleIds)}`;
  const rows = await table.query().where(where).select(['paperId', 'record']).toArray();
  return rows.map(({ paperId, record }) => ({
    paperId,
    record: JSON.parse(record) as PaperRecord, // written by toRow
  }));
}

async function owners(
  table: Table,
  titleIds: readonly PaperId[],
): Promise<ReadonlyMap<PaperId, PaperId>> {
  const rows = await table
    .query()
    .where(isIn('titleId', titleIds))
    .select(['key', 'titleId', 'paperId'])
    .toArray();
  const untitled = rows.filter(({ key, titleId }) => key.endsWith(`/${titleId}`));
  return new Map(untitled.map(({ titleId, paperId }) => [titleId, paperId]));
}
