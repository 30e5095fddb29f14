import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Connection, connect, Session, type Table } from '@lancedb/lancedb';
import type { Schema } from 'apache-arrow';
import { FootnoteError } from '../../errors.ts';

// LanceDB's defaults are 6 GB and 1 GB; these keep an idle server small.
const INDEX_CACHE_BYTES = 128n * 1024n * 1024n;
const METADATA_CACHE_BYTES = 32n * 1024n * 1024n;

/** Connects to an index folder (made when absent) or to an object-store address such as `s3://`. */
export async function connectIndex(location: string): Promise<Connection> {
  const remote = /^[a-z0-9]+:\/\//i.test(location);
  return guard(location, async () => {
    if (!remote) await mkdir(location, { recursive: true });
    // Absolute, because a relative path that starts with "db" is taken for LanceDB Cloud.
    const uri = remote ? location : resolve(location);
    const session = new Session(INDEX_CACHE_BYTES, METADATA_CACHE_BYTES);
    // 0: every read sees what other processes have committed.
    return connect(uri, { readConsistencyInterval: 0 }, session);
  });
}

/** Opens a table, or makes it empty; two processes may do so at once. */
export async function openTable(
  connection: Connection,
  name: string,
  schema: Schema,
): Promise<Table> {
  const names = await connection.tableNames();
  // A table is listed a moment before its first commit; one whose maker was killed stays so.
  for (let attempt = 0; names.includes(name) && attempt < MAKING_ATTEMPTS; attempt += 1) {
    try {
      return await connection.openTable(name);
    } catch (error) {
      if (!/was not found/.test(String(error))) throw error;
      await sleep(MAKING_POLL_MS);
    }
  }
  return connection.createEmptyTable(name, schema, { existOk: true }).catch((error) => {
    if (!/commit conflict/i.test(String(error))) throw error;
    return connection.openTable(name);
  });
}
const MAKING_ATTEMPTS = 20;
const MAKING_POLL_MS = 50;

/** The same for what is read bit by bit. */
export async function* guardEach<T>(location: string, items: AsyncIterable<T>): AsyncGenerator<T> {
  const iterator = items[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await guard(location, () => iterator.next());
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    await iterator.return?.();
  }
}

/** Runs an index operation; any failure of it becomes a FootnoteError that says what to do. */
export async function guard<T>(location: string, operation: () => Promise<T>): Promise<T> {
  try {
    return await operation();
  } catch (cause) {
    if (cause instanceof FootnoteError) throw cause;
    throw new FootnoteError('index', explain(location, String(cause)), { cause });
  }
}

function explain(location: string, reason: string): string {
  if (/No space left|StorageFull|os error 28/i.test(reason)) {
    return `The disk is full: the index in ${location} could not be written. What was stored before is intact. Free some space and run the command again.`;
  }
  if (/Permission denied|Read-only file system|EROFS|EACCES|os error (13|30)/i.test(reason)) {
    return `The index in ${location} cannot be written: the folder is read-only for this user. Change its permissions or set DATA_DIR to a folder that can be written.`;
  }
  return `The index in ${location} cannot be used; it may be damaged. Move that folder away and run "npm run ingest" to build it again: the pages it was made from are not touched.`;
}

/** A string as an SQL literal. */
export function quote(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

/** `column IN (...)`, or a condition that never holds when the list is empty. */
export function isIn(column: string, values: readonly string[]): string {
  return values.length === 0 ? 'false' : `${column} IN (${values.map(quote).join(', ')})`;
}
