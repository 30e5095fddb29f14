import type { DatabaseSync } from 'node:sqlite';
import { Kysely } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSqliteDialect, openDatabase } from '../../src/store/sqlite.ts';
import type { Tables } from '../../src/store/tables.ts';
import { unsynced } from '../../src/store/unsynced.ts';

const [NORMAL, FULL] = [1, 2];
let database: DatabaseSync;
let db: Kysely<Tables>;
beforeEach(() => {
  database = openDatabase(':memory:');
  db = new Kysely<Tables>({ dialect: createSqliteDialect(database) });
});
afterEach(() => db.destroy());

const waits = () => database.prepare('pragma synchronous').get()?.synchronous;

describe('a step that does not wait for the disk', () => {
  it('is the only one that does not, also where it fails', async () => {
    expect(waits()).toBe(FULL);
    expect(await unsynced(db, async () => waits())).toBe(NORMAL);
    expect(waits()).toBe(FULL);
    const failing = unsynced(db, () => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
    expect(waits()).toBe(FULL);
  });

  it('keeps others from the connection until it is over', async () => {
    const seen: unknown[] = [];
    const slow = unsynced(db, async () => {
      await new Promise((resolve) => setTimeout(resolve, 20));
    });
    const other = db.connection().execute(async () => void seen.push(waits()));
    await Promise.all([slow, other]);
    expect(seen).toEqual([FULL]);
  });
});
