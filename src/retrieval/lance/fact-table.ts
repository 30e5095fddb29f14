import type { Connection, Table } from '@lancedb/lancedb';
import { Field, Schema, Utf8 } from 'apache-arrow';
import { foldIn, openTable, quote } from './connection.ts';

/** The table `facts`: what the index knows of itself (its embedder, the pages it has read). */
export interface FactTable {
  get(key: string): Promise<string | undefined>;
  set(key: string, value: string): Promise<void>;
  /** Drops old versions of the table: a long ingest notes its position thousands of times. */
  optimise(): Promise<void>;
}

const SCHEMA = new Schema([
  new Field('key', new Utf8(), false),
  new Field('value', new Utf8(), false),
]);

export async function openFactTable(connection: Connection): Promise<FactTable> {
  const table = await openTable(connection, 'facts', SCHEMA);
  return {
    get: (key) => get(table, key),
    set: async (key, value) => {
      await table
        .mergeInsert('key')
        .whenMatchedUpdateAll()
        .whenNotMatchedInsertAll()
        .execute([{ key, value }]);
    },
    optimise: () => foldIn(table),
  };
}

async function get(table: Table, key: string): Promise<string | undefined> {
  const rows = await table
    .query()
    .where(`key = ${quote(key)}`)
    .select(['value'])
    .limit(1)
    .toArray();
  return rows[0]?.value;
}
