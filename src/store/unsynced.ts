import { type Kysely, SqliteAdapter, sql } from 'kysely';
import type { Tables } from './tables.ts';

/**
 * Does a step without waiting for the disk: what a power cut then loses is done again after it, and
 * what a killed process did stays. The event loop stands still while SQLite waits for the disk, so
 * steps that are made often are made so. Others wait for the connection meanwhile.
 */
export function unsynced<T>(
  db: Kysely<Tables>,
  step: (db: Kysely<Tables>) => Promise<T>,
): Promise<T> {
  if (!(db.getExecutor().adapter instanceof SqliteAdapter)) return step(db);
  return db.connection().execute(async (connection) => {
    await sql`pragma synchronous = normal`.execute(connection);
    try {
      return await step(connection);
    } finally {
      await sql`pragma synchronous = full`.execute(connection);
    }
  });
}
