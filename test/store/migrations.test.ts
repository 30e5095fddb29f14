import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, expect, it } from 'vitest';
import type { ConversationId } from '../../src/answer/conversation.ts';
import { openStore } from '../../src/store/open-store.ts';
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

const TABLES_OF_006 = [
  'turns',
  'expenses',
  'answers_kept',
  'claims',
  'questions',
  'channel_settings',
  'muted_threads',
  'feedback',
];

/** Makes a file one of an older version: without the tables that came after, and their notes. */
function dropLaterThan(name: '006-feedback', database: DatabaseSync): void {
  const tables = database
    .prepare(`select name from sqlite_master where type = 'table' and name not like 'kysely_%'`)
    .all()
    .map((row) => String(row.name));
  for (const table of tables) {
    if (!TABLES_OF_006.includes(table)) database.exec(`drop table "${table}"`);
  }
  database.prepare('delete from kysely_migration where name > ?').run(name);
}

it('a file of 001 alone keeps its turns and gets the tables that came later', async () => {
  const file = fileOf001('turns.db');
  expect(migrationsIn(file)).toEqual(['001-turns']);
  const store = await openStore({ file });
  const turns = await store.conversations.turns('thread-1' as ConversationId);
  expect(turns).toEqual(['a', 'b'].map((answerId) => makeTurn({ answerId })));
  await store.expenses.add(makeExpense());
  await store.answers.put(makeKeptAnswer());
  await store.close();
  expect(migrationsIn(file)).toEqual([
    '001-turns',
    '002-expenses',
    '003-answers-kept',
    '004-questions',
    '005-channel-settings',
    '006-feedback',
    '007-reservations',
    '013-subscriptions',
    '014-digests',
    '015-digest-votes',
  ]);
});

it('two stores that open a file of 001 at once both find it up to date', async () => {
  const file = fileOf001('race.db');
  const stores = await Promise.all([openStore({ file }), openStore({ file })]);
  for (const store of stores) {
    await store.expenses.add(makeExpense());
    expect(await store.conversations.turnByAnswer('b')).toEqual(makeTurn({ answerId: 'b' }));
  }
  await Promise.all(stores.map((store) => store.close()));
  expect(migrationsIn(file)).toHaveLength(10);
});

it('expenses of a file without reservations stay as they are and count', async () => {
  const file = join(folder, 'expenses.db');
  const before = await openStore({ file });
  await before.expenses.add(makeExpense({ usd: 0.5 }));
  await before.close();
  const database = new DatabaseSync(file);
  database.exec('drop index expenses_reserved; alter table expenses drop column reservation');
  dropLaterThan('006-feedback', database);
  database.close();
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
