import type { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import type { VectorCache } from '../llm/vector-cache.ts';
import { openDatabase } from './sqlite.ts';
import { explainStoreError, isBusy } from './store-error.ts';

// Few bytes are lost at the ends of pages when a row, about 5 kB, fits into one.
const PAGE_BYTES = 16_384;
const OPENING_ATTEMPTS = 50;
const POLL_MS = 20;

/**
 * The VectorCache in a SQLite file of its own. Who adds holds the file's write lock meanwhile, which
 * the system gives back when its holder dies; readers never wait. Throws FootnoteError `index` for a
 * file that cannot be opened or written.
 */
export function openVectorCache(file: string): VectorCache {
  const explained = (error: unknown) => explainStoreError(error, file, 'cache of vectors');
  let opening: Promise<DatabaseSync> | undefined;
  let last: Promise<unknown> = Promise.resolve();
  const opened = () => {
    opening ??= openTable(file).catch((error) => {
      opening = undefined;
      throw explained(error);
    });
    return opening;
  };
  return {
    async find(keys) {
      const database = await opened();
      try {
        return findRows(database, keys);
      } catch (error) {
        throw explained(error);
      }
    },
    add(make) {
      // One after the other in this process too: a connection has one transaction at a time.
      const turn = last.then(async () => addRows(await opened(), make, explained));
      last = turn.catch(() => {});
      return turn;
    },
    async close() {
      await last;
      (await opening?.catch(() => undefined))?.close();
      opening = undefined;
    },
  };
}

async function openTable(file: string): Promise<DatabaseSync> {
  return whenFree(OPENING_ATTEMPTS, () => {
    const database = openDatabase(file, { pageBytes: PAGE_BYTES });
    try {
      // A crash of the machine may cost the last rows, never the file: they are made again.
      database.exec('pragma synchronous = normal');
      database.exec(
        'create table if not exists vectors (key blob primary key, vectors blob not null)',
      );
      database.exec('pragma busy_timeout = 0');
      return database;
    } catch (error) {
      database.close();
      throw error;
    }
  });
}

function findRows(database: DatabaseSync, keys: readonly string[]): Map<string, Uint8Array> {
  const statement = database.prepare('select vectors from vectors where key = ?');
  const found = new Map<string, Uint8Array>();
  for (const key of keys) {
    const vectors = statement.get(Buffer.from(key, 'hex'))?.vectors;
    if (vectors instanceof Uint8Array) found.set(key, vectors);
  }
  return found;
}

async function addRows(
  database: DatabaseSync,
  make: () => Promise<ReadonlyMap<string, Uint8Array>>,
  explained: (error: unknown) => unknown,
): Promise<void> {
  const rollBack = () => {
    // After a full disk SQLite has rolled back by itself.
    if (database.isTransaction) database.exec('rollback');
  };
  try {
    await whenFree(Number.POSITIVE_INFINITY, () => database.exec('begin immediate'));
  } catch (error) {
    throw explained(error);
  }
  const rows = await make().catch((error) => {
    rollBack();
    throw error;
  });
  try {
    writeRows(database, rows);
  } catch (error) {
    rollBack();
    throw explained(error);
  }
}

function writeRows(database: DatabaseSync, rows: ReadonlyMap<string, Uint8Array>): void {
  const statement = database.prepare('insert or replace into vectors values (?, ?)');
  for (const [key, vectors] of rows) statement.run(Buffer.from(key, 'hex'), vectors);
  database.exec('commit');
}

/** Tries until no other process has the lock, without blocking this one. */
async function whenFree<T>(attempts: number, attempt: () => T): Promise<T> {
  for (let made = 1; ; made += 1) {
    try {
      return attempt();
    } catch (error) {
      if (!isBusy(error) || made >= attempts) throw error;
      await sleep(1 + Math.random() * POLL_MS);
    }
  }
}
