import { Kysely, sql } from 'kysely';
import { expect, it } from 'vitest';
import { migrateToLatest } from '../../src/store/migrations.ts';
import { createSqliteDialect, openDatabase } from '../../src/store/sqlite.ts';
import type { Tables } from '../../src/store/tables.ts';
import { nextQuestion } from '../../src/store/take-question.ts';

// Bug: each look at the queue read every question ever asked.
it('the next question is found among the open ones alone', async () => {
  const db = new Kysely<Tables>({ dialect: createSqliteDialect(openDatabase(':memory:')) });
  await migrateToLatest(db);
  const now = '2026-01-01T00:00:00.000Z';
  const query = nextQuestion(db, { worker: 'w', platforms: ['slack'], most: 4, now, until: now });
  const plan = (await query.explain(undefined, sql`query plan`)).map((row) =>
    String(Object(row).detail),
  );
  expect(plan).toContain('SCAN questions USING INDEX questions_open');
  expect(plan).toContain('SEARCH q USING INDEX questions_in_order (sequence=?)');
  await db.destroy();
});
