import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BulkOutcome, ingestKilled } from '../../bench/ingest-bulk.ts';
import { lookInto } from '../../bench/ingest-verify.ts';
import { wantedIn, writeKaggleFile } from '../../bench/kaggle-lines.ts';
import { readLines } from '../../src/papers/json-lines.ts';
import { seededRandom } from '../papers/seeded-random.ts';

// Two batches and a bit.
const PAPERS = 2_100;
const { signal } = new AbortController();

let folder: string;
let outcome: BulkOutcome;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'footnote-killed-'));
  const bench = { papers: PAPERS, kills: 2, seed: 1, random: seededRandom(Date.now()) };
  outcome = await ingestKilled({ signal }, { folder, bench });
}, 120_000);
afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));

const place = () => ({
  file: join(folder, 'arxiv.jsonl'),
  counted: join(folder, 'counted'),
  dataDir: join(folder, 'data'),
});

describe.runIf(process.platform === 'linux')('an ingest of many lines that is killed twice', () => {
  it('loses nothing, doubles nothing and computes no vector twice', () => {
    expect(outcome).toMatchObject({ kills: 2, lost: 0, doubled: 0, recomputed: 0 });
    expect(outcome.peaks.parent).toBeGreaterThan(50);
  });

  it('is looked through by something that sees what is missing or too much', async () => {
    await appendFile(place().counted, `${'a'.repeat(64)}\n${'a'.repeat(64)}\n`);
    const more = { ...place(), file: join(folder, 'more.jsonl') };
    await writeKaggleFile({ file: more.file, papers: PAPERS + 3, seed: 1 });
    expect(await lookInto(more)).toEqual({ lost: 3, doubled: 0, recomputed: 1 });
    const fewer = { ...place(), file: join(folder, 'fewer.jsonl') };
    await writeKaggleFile({ file: fewer.file, papers: PAPERS - 2, seed: 1 });
    const found = await lookInto(fewer);
    expect(found.doubled).toBeGreaterThanOrEqual(4);
    expect(found.lost).toBe(0);
  });
});

describe('a made-up file of Kaggle’s form', () => {
  it('is the same for the same seed, with as many wanted papers as it says', async () => {
    const texts = [1, 1, 2].map(async (seed, n) => {
      const file = join(folder, `seed-${n}.jsonl`);
      await writeKaggleFile({ file, papers: 300, seed });
      return Array.fromAsync(readLines(file));
    });
    const [one = [], same, other] = await Promise.all(texts);
    expect(same).toEqual(one);
    expect(other).not.toEqual(one);
    const ids = one.flatMap((line) => wantedIn(line)?.id ?? []);
    expect([ids.length, new Set(ids).size]).toEqual([300, 300]);
    expect(one.length).toBeGreaterThan(310);
  });
});
