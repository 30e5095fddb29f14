import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, expect, it } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { makeExpense, testSpendingLedger } from '../contracts/spending-ledger.ts';
import { MemoryLedger } from '../fakes/memory-ledger.ts';

const folder = mkdtempSync(join(tmpdir(), 'footnote-expenses-'));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;
const newFile = () => join(folder, `state-${++files}.db`);
const DAY = '2026-02-28';

testSpendingLedger('the SQLite store in memory', () => openStore({ file: ':memory:' }));
testSpendingLedger('the SQLite store on disk', () => openStore({ file: newFile() }));
testSpendingLedger('the ledger in memory', async () => ({
  expenses: new MemoryLedger(),
  close: async () => {},
}));

it('two stores over one file spend from one account, and a third one later knows of it', async () => {
  const file = newFile();
  const stores = await Promise.all([openStore({ file }), openStore({ file })]);
  const adding = Array.from({ length: 40 }, (_, n) => {
    const store = stores[n % 2] ?? stores[0];
    return store.expenses.add(makeExpense({ usd: 0.1 }));
  });
  await Promise.all(adding);
  for (const { expenses } of stores) expect(await expenses.spentOn(DAY)).toBeCloseTo(4, 12);
  await Promise.all(stores.map((store) => store.close()));
  const later = await openStore({ file });
  expect(await later.expenses.spentOn(DAY)).toBeCloseTo(4, 12);
  await later.close();
});

it('two stores over one file together reserve no more than the limit', async () => {
  const file = newFile();
  const stores = await Promise.all([openStore({ file }), openStore({ file })]);
  const most = makeExpense({ usd: 0.25 });
  const wanted = stores.flatMap(({ expenses }) =>
    Array.from({ length: 20 }, () => expenses.reserve(most, 1)),
  );
  const reserved = (await Promise.all(wanted)).filter(({ kind }) => kind === 'reserved');
  expect(reserved).toHaveLength(4);
  for (const { expenses } of stores) expect(await expenses.spentOn(DAY)).toBe(1);
  await Promise.all(stores.map((store) => store.close()));
});

it('a sum of very different amounts keeps the small ones', async () => {
  const store = await openStore({ file: ':memory:' });
  for (const usd of [1e9, 1e-6, 1e-6, 1e-6]) await store.expenses.add(makeExpense({ usd }));
  expect(await store.expenses.spentOn(DAY)).toBe(1e9 + 3e-6);
  await store.close();
});

it('a store that another process keeps locked is told of as busy', {
  timeout: 20_000,
}, async () => {
  const file = newFile();
  const store = await openStore({ file });
  const other = new DatabaseSync(file);
  other.exec('begin immediate');
  const adding = store.expenses.add(makeExpense());
  await expect(adding).rejects.toMatchObject({ code: 'busy' });
  other.close();
  await store.close();
});

it.each(['9e999', '-5'])(
  'a day on which %s was spent is told of, other days are read',
  async (usd) => {
    const file = newFile();
    const store = await openStore({ file });
    await store.expenses.add(makeExpense());
    await store.expenses.add(makeExpense({ at: '2026-03-01T00:00:00.000Z', usd: 2 }));
    const other = new DatabaseSync(file);
    other.exec(`update expenses set usd = ${usd} where day = '${DAY}'`);
    other.close();
    await expect(store.expenses.spentOn(DAY)).rejects.toMatchObject({
      code: 'index',
      message: expect.stringContaining(`spent on ${DAY} cannot be read from ${file}`),
    });
    expect(await store.expenses.spentOn('2026-03-01')).toBe(2);
    await store.close();
  },
);
