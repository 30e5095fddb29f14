import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { SqliteAdapter, type SqliteDatabase, SqliteDialect } from 'kysely';

/** How long a statement waits for another process to finish writing. */
const BUSY_TIMEOUT_MS = 5_000;

/**
 * While opening, waits are short and repeated by the caller: a statement that waits blocks the
 * event loop, and with it a second store of the same process that holds the lock.
 */
const OPENING_BUSY_TIMEOUT_MS = 100;

/**
 * Opens or makes the file, its folder too, a new one with pages of this size. Throws SQLite's or the
 * file system's own error.
 */
export function openDatabase(
  file: string,
  { pageBytes }: { readonly pageBytes?: number } = {},
): DatabaseSync {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
  const database = new DatabaseSync(file, { timeout: OPENING_BUSY_TIMEOUT_MS });
  try {
    if (pageBytes !== undefined) database.exec(`pragma page_size = ${pageBytes}`);
    database.exec('pragma journal_mode = wal');
    database.exec('pragma foreign_keys = on');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Ends the opening: from here on a statement waits for other processes by itself. */
export function waitWhenBusy(database: DatabaseSync): void {
  database.exec(`pragma busy_timeout = ${BUSY_TIMEOUT_MS}`);
}

/** Kysely's dialect for better-sqlite3, on `node:sqlite`: one connection, one user at a time. */
export function createSqliteDialect(database: DatabaseSync): SqliteDialect {
  return new TransactionalSqliteDialect({ database: likeBetterSqlite(database) });
}

/**
 * Kysely runs SQLite migrations outside a transaction, though SQLite can change tables within one.
 * With one, a process that dies half-way, or loses a race, leaves nothing behind.
 */
class TransactionalSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

class TransactionalSqliteDialect extends SqliteDialect {
  override createAdapter(): SqliteAdapter {
    return new TransactionalSqliteAdapter();
  }
}

function likeBetterSqlite(database: DatabaseSync): SqliteDatabase {
  return {
    close: () => database.close(),
    prepare: (sql) => {
      const statement = database.prepare(transactional(sql, database));
      return {
        reader: statement.columns().length > 0,
        all: (parameters) => statement.all(...bindable(parameters)),
        run: (parameters) => statement.run(...bindable(parameters)),
        iterate: (parameters) => statement.iterate(...bindable(parameters)),
      };
    },
  };
}

function transactional(sql: string, database: DatabaseSync): string {
  // A transaction that first reads and then writes fails at once when another process wrote in
  // between, however long it would wait; one that begins as a writer waits its turn.
  if (sql === 'begin') return 'begin immediate';
  // After a full disk SQLite has rolled back by itself; Kysely's own would fail and hide why.
  return sql === 'rollback' && !database.isTransaction ? 'select 1' : sql;
}

function bindable(parameters: readonly unknown[]): SQLInputValue[] {
  // Kysely passes on what the typed tables allow: strings and numbers. node:sqlite throws on more.
  return parameters as SQLInputValue[];
}
