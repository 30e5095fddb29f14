import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Kysely } from 'kysely';
import { afterAll, afterEach, beforeEach, expect, it } from 'vitest';
import { migrateToLatest } from '../../src/store/migrations.ts';
import { createRequestTurns } from '../../src/store/request-turns.ts';
import { createSqliteDialect, openDatabase, waitWhenBusy } from '../../src/store/sqlite.ts';
import type { Tables } from '../../src/store/tables.ts';

const folder = mkdtempSync(join(tmpdir(), 'footnote-turns-'));
afterAll(() => rmSync(folder, { recursive: true }));

let stores: Kysely<Tables>[];
beforeEach(async () => {
  const file = join(folder, `${Math.random()}.sqlite`);
  stores = [];
  for (let count = 0; count < 3; count += 1) {
    const database = openDatabase(file);
    const db = new Kysely<Tables>({ dialect: createSqliteDialect(database) });
    await migrateToLatest(db);
    waitWhenBusy(database);
    stores.push(db);
  }
});
afterEach(async () => {
  for (const db of stores) await db.destroy();
});

const turnsOf = (db: Kysely<Tables> | undefined, now?: () => number) => {
  if (db === undefined) throw new Error('no such store');
  return createRequestTurns(db, { site: 'arxiv', pauseMs: 20, ...(now && { now }) });
};

it('gives one turn at a time over all stores, with the pause after each, failed ones too', async () => {
  let open = 0;
  const ended: number[] = [];
  const begun: number[] = [];
  const work = async () => {
    begun.push(performance.now());
    open += 1;
    expect(open).toBe(1);
    await sleep(5);
    open -= 1;
    ended.push(performance.now());
    if (begun.length % 3 === 0) throw new Error('no luck');
  };
  const runs = stores.flatMap((db) => [1, 2, 3].map(() => turnsOf(db).hold(work)));
  const results = await Promise.allSettled(runs);
  expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(3);
  const gaps = begun.slice(1).map((at, i) => at - (ended[i] ?? 0));
  // Whole milliseconds are kept.
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(18);
});

it('gives the turn of a process that died to another, once no request can last so long', async () => {
  const clock = { ms: 1_000_000 };
  const [dead, other] = [turnsOf(stores[0], () => clock.ms), turnsOf(stores[1], () => clock.ms)];
  void dead.hold(() => new Promise(() => {}));
  await sleep(50);
  let isDone = false;
  const waiting = other.hold(async () => {
    isDone = true;
  });
  await sleep(120);
  expect(isDone).toBe(false);
  clock.ms += 121_000;
  await waiting;
  expect(isDone).toBe(true);
});

it('does not wait for a time that lies far ahead because a clock was set back', async () => {
  const clock = { ms: 5_000_000_000 };
  await turnsOf(stores[0], () => clock.ms).hold(async () => {});
  clock.ms = 1_000_000;
  expect(await turnsOf(stores[1], () => clock.ms).hold(async () => 'done')).toBe('done');
});

it('stops waiting when it is told to', async () => {
  const stop = new AbortController();
  void turnsOf(stores[0]).hold(() => new Promise(() => {}));
  await sleep(50);
  const waiting = turnsOf(stores[1]).hold(async () => {}, stop.signal);
  stop.abort();
  await expect(waiting).rejects.toThrow();
});
