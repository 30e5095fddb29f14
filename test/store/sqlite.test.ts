import { Kysely, sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSqliteDialect, openDatabase } from '../../src/store/sqlite.ts';

interface Notes {
  readonly notes: { readonly id: number; readonly text: string | null };
}

let db: Kysely<Notes>;
beforeEach(async () => {
  db = new Kysely<Notes>({ dialect: createSqliteDialect(openDatabase(':memory:')) });
  await sql`create table notes (id integer primary key, text text)`.execute(db);
});
afterEach(() => db.destroy());

describe('the SQLite dialect', () => {
  it('returns rows of statements that write', async () => {
    const row = await db
      .insertInto('notes')
      .values({ id: 1, text: null })
      .returningAll()
      .executeTakeFirstOrThrow();
    expect({ ...row }).toEqual({ id: 1, text: null });
  });

  it('counts the rows that a statement changes', async () => {
    await db
      .insertInto('notes')
      .values([
        { id: 1, text: 'a' },
        { id: 2, text: 'b' },
      ])
      .execute();
    const result = await db.updateTable('notes').set({ text: 'c' }).executeTakeFirst();
    expect(result.numUpdatedRows).toBe(2n);
  });

  it('undoes a transaction that fails', async () => {
    const failing = db.transaction().execute(async (transaction) => {
      await transaction.insertInto('notes').values({ id: 1, text: 'a' }).execute();
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    expect(await db.selectFrom('notes').selectAll().execute()).toEqual([]);
  });

  // Bug: on a disk that became full Kysely reported "cannot rollback - no transaction is active".
  it('tells why a transaction failed that SQLite has undone itself', async () => {
    const failing = db.transaction().execute(async (transaction) => {
      await transaction.insertInto('notes').values({ id: 1, text: 'a' }).execute();
      await sql`insert or rollback into notes values (1, 'b')`.execute(transaction);
    });
    await expect(failing).rejects.toThrow('UNIQUE constraint failed');
  });

  it('keeps transactions apart on its one connection', async () => {
    const add = (id: number) =>
      db.transaction().execute(async (transaction) => {
        await transaction.insertInto('notes').values({ id, text: 'a' }).execute();
        await new Promise((resolve) => setTimeout(resolve, 5));
        if (id === 1) throw new Error('only this one is undone');
      });
    await Promise.allSettled([add(1), add(2), add(3)]);
    const rows = await db.selectFrom('notes').select('id').orderBy('id').execute();
    expect(rows.map((row) => row.id)).toEqual([2, 3]);
  });

  it('checks references between tables', async () => {
    const { rows } = await sql<{ foreign_keys: number }>`pragma foreign_keys`.execute(db);
    expect(rows[0]?.foreign_keys).toBe(1);
  });
});
