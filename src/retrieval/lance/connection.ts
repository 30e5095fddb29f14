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
  return connection.createEmptyTable(name, schema, { existOk: true });
}
const MAKING_ATTEMPTS = 20;
const MAKING_POLL_MS = 50;

/** The same for what is read bit by bit. */
export async function* guardEach<T>(location: string, items: AsyncIterable<T>): AsyncGenerator<T> {
  const iterator = items[Symbol.asyncIterator]();
  try {
    for (;;) {
      // Never tried again: a reader that has failed once would go on as if it were at its end.
      const next = await explained(location, () => iterator.next());
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    await iterator.return?.();
  }
}

/**
 * Runs an index operation that may be repeated. Where another writer came between, it is tried
 * again; any other failure becomes a FootnoteError `index` that says what to do.
 */
export async function guard<T>(location: string, operation: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await operation();
    } catch (cause) {
      if (attempt === CONFLICT_ATTEMPTS || !isConflict(cause)) throw indexError(location, cause);
      // Of writers that met once, each waits another time, so that they do not meet again.
      await sleep(Math.random() * CONFLICT_WAIT_MS * attempt);
    }
  }
}
const CONFLICT_ATTEMPTS = 8;
const CONFLICT_WAIT_MS = 50;

/** Whether an index could not be read because of what it holds, not for want of room or rights. */
export function isDamage(error: unknown): boolean {
  return error instanceof FootnoteError && error.facts.isDamaged === true;
}

async function explained<T>(location: string, operation: () => Promise<T>): Promise<T> {
  try {
    return await operation();
  } catch (cause) {
    throw indexError(location, cause);
  }
}

// Two that make one table both begin with "Overwrite": the second meets what the first has made.
function isConflict(error: unknown): boolean {
  return /commit conflict|concurrent commit|Incompatible transaction|preempted by concurrent|Too many concurrent writers|Table \S+ already exists/i.test(
    String(error),
  );
}

function indexError(location: string, cause: unknown): FootnoteError {
  if (cause instanceof FootnoteError) return cause;
  const reason = String(cause);
  const known = knownCause(location, reason, isConflict(cause));
  const facts = { isDamaged: known === undefined };
  return new FootnoteError('index', known ?? damaged(location), { cause, facts });
}

function knownCause(location: string, reason: string, isBusy: boolean): string | undefined {
  if (/No space left|StorageFull|os error 28/i.test(reason)) {
    return `The disk is full: the index in ${location} could not be written. What was stored before is intact. Free some space and run the command again.`;
  }
  if (/Permission denied|Read-only file system|EROFS|EACCES|os error (13|30)/i.test(reason)) {
    return `The index in ${location} cannot be written: the folder is read-only for this user. Change its permissions or set DATA_DIR to a folder that can be written.`;
  }
  if (isBusy) {
    return `The index in ${location} is being written by other processes, and this one found no turn. Nothing is damaged. Run the command again.`;
  }
  return undefined;
}

function damaged(location: string): string {
  return `The index in ${location} cannot be used; it may be damaged. Run "npm run ingest -- --rebuild": it moves that folder aside, deletes nothing, and builds the index again from the saved pages.`;
}

/** Folds new rows into the indices of a table and drops its old versions. */
export async function foldIn(table: Table): Promise<void> {
  await table.optimize({ cleanupOlderThan: new Date(Date.now() - KEEP_VERSIONS_MS) });
}
// For readers that are still on them.
const KEEP_VERSIONS_MS = 10 * 60 * 1000;

/** A string as an SQL literal. */
export function quote(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

/** `column IN (...)`, or a condition that never holds when the list is empty. */
export function isIn(column: string, values: readonly string[]): string {
  return values.length === 0 ? 'false' : `${column} IN (${values.map(quote).join(', ')})`;
}
