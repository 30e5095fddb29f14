import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Kysely } from 'kysely';
import { afterAll, expect, it } from 'vitest';
import type { ConversationId } from '../../src/answer/conversation.ts';
import { MIGRATIONS, migrateToLatest } from '../../src/store/migrations.ts';
import { openStore } from '../../src/store/open-store.ts';
import { createSqliteDialect, openDatabase } from '../../src/store/sqlite.ts';
import type { Tables } from '../../src/store/tables.ts';
import { makeExpense } from '../contracts/spending-ledger.ts';
import { makeKeptAnswer } from './make-kept-answer.ts';
import { makeTurn } from './make-turn.ts';

const folder = mkdtempSync(join(tmpdir(), 'footnote-migrations-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A copy of a file that the version with 001 alone made: `sqlite3 FILE .dump`. */
function fileOf001(name: string): string {
  const file = join(folder, name);
  const database = new DatabaseSync(file);
  database.exec(readFileSync(join(import.meta.dirname, 'state-of-001.sql'), 'utf8'));
  database.exec('pragma journal_mode = wal');
  database.close();
  return file;
}

const migrationsIn = (file: string) => {
  const database = new DatabaseSync(file);
  const rows = database.prepare('select name from kysely_migration order by name').all();
  database.close();
  return rows.map(({ name }) => name);
};

const upTo = (last: string) =>
  Object.fromEntries(Object.entries(MIGRATIONS).filter(([name]) => name <= last));

it('a file of 001 alone keeps its turns and gets the tables that came later', async () => {
  const file = fileOf001('turns.db');
  expect(migrationsIn(file)).toEqual(['001-turns']);
  const store = await openStore({ file });
  const turns = await store.conversations.turns('thread-1' as ConversationId);
  expect(turns).toEqual(['a', 'b'].map((answerId) => makeTurn({ answerId })));
  await store.expenses.add(makeExpense());
  await store.answers.put(makeKeptAnswer());
  await store.close();
  expect(migrationsIn(file)).toEqual(Object.keys(MIGRATIONS));
});

it('two stores that open a file of 001 at once both find it up to date', async () => {
  const file = fileOf001('race.db');
  const stores = await Promise.all([openStore({ file }), openStore({ file })]);
  for (const store of stores) {
    await store.expenses.add(makeExpense());
    expect(await store.conversations.turnByAnswer('b')).toEqual(makeTurn({ answerId: 'b' }));
  }
  await Promise.all(stores.map((store) => store.close()));
  expect(migrationsIn(file)).toEqual(Object.keys(MIGRATIONS));
});

it('expenses of a file without reservations stay as they are and count', async () => {
  const file = join(folder, 'expenses.db');
  const before = openDatabase(file);
  const db = new Kysely<Tables>({ dialect: createSqliteDialect(before) });
  await migrateToLatest(db, upTo('006-feedback'));
  before.exec(
    `insert into expenses (day, at, task, model, prompt_tokens, completion_tokens, usd)
      values ('2026-02-28', '2026-02-28T12:00:00.000Z', 'answer', 'm', 1, 1, 0.5)`,
  );
  await db.destroy();
  const store = await openStore({ file });
  expect(await store.expenses.spentOn('2026-02-28')).toBe(0.5);
  const { kind } = await store.expenses.reserve(makeExpense({ usd: 0.5 }), 0.75);
  expect(kind).toBe('refused');
  await store.close();
});

it('a sum of a day reads the index alone', async () => {
  const file = join(folder, 'plan.db');
  await (await openStore({ file })).close();
  const database = new DatabaseSync(file);
  const plan = database
    .prepare(`explain query plan select sum(usd) from expenses where day = '2026-01-01'`)
    .all();
  database.close();
  expect(plan.map(({ detail }) => detail)).toEqual([
    expect.stringContaining('COVERING INDEX expenses_by_day'),
  ]);
});
