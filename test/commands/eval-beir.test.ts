import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeDataDir, type Run, runFootnote } from './run-footnote.ts';

const FIXTURE = join(import.meta.dirname, '../fixtures/beir');

describe('eval --beir', () => {
  let dataDir: string;
  let drop: () => Promise<void>;
  let first: Run;
  let file: string;
  const run = (...args: string[]) => runFootnote(['eval', '--beir', FIXTURE, ...args], { dataDir });

  beforeAll(async () => {
    ({ dataDir, drop } = await makeDataDir());
    file = join(dataDir, 'footnote.trec');
    first = await run('--run', file);
  });
  afterAll(() => drop());

  it('writes a TREC run of the judged queries, without the text that is the query itself', async () => {
    const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
    expect(lines.map((line) => line.replace(/ -?[\d.e-]+ footnote$/, ''))).toEqual([
      ...['q1 Q0 d1 1', 'q1 Q0 d3 2', 'q1 Q0 d2 3'],
      ...['q2 Q0 d3 1', 'q2 Q0 d1 2', 'q2 Q0 d2 3'],
      ...['d3 Q0 d1 1', 'd3 Q0 d2 2'],
    ]);
    const scores = lines.slice(0, 3).map((line) => Number(line.split(' ')[4]));
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
  });

  // By hand for the run above. q1: d1 (2), d3 (0), d2 (1): DCG 2 + 1/log2(4) = 2.5, at best
  // 2 + 1/log2(3) = 2.630930, nDCG .950234; average precision (1 + 2/3) / 2 = .833333.
  // q2 and d3: the only relevant text comes first, 1 throughout.
  it('prints the metrics as one line of JSON and nothing else', () => {
    const { code, stdout, stderr } = first;
    expect([code, stderr]).toEqual([0, 'Embedding 3/3\n']);
    expect(stdout.trimEnd()).not.toContain('\n');
    const { ndcg10, map, p50Ms, p95Ms, ...others } = JSON.parse(stdout);
    expect(ndcg10).toBeCloseTo((0.950234 + 1 + 1) / 3, 5);
    expect(map).toBeCloseTo((0.833333 + 1 + 1) / 3, 5);
    expect(others).toEqual({
      queries: 3,
      recall10: 1,
      recall100: 1,
      mrr10: 1,
      success1: 1,
      success5: 1,
    });
    expect(p50Ms).toBeGreaterThan(0);
    expect(p95Ms).toBeGreaterThanOrEqual(p50Ms);
  });

  it('uses its index again, and leaves the library alone', async () => {
    const { code, stdout, stderr } = await run();
    expect([code, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout).ndcg10).toBe(JSON.parse(first.stdout).ndcg10);
    const papers = await runFootnote(['papers', '--json'], { dataDir });
    expect(papers.stdout.trimEnd().split('\n')).toHaveLength(14);
  });

  it('tells in a sentence that the run cannot be written', async () => {
    const { code, stderr } = await run('--run', join(dataDir, 'no-such-folder', 'run.trec'));
    expect(code).toBe(1);
    expect(stderr).toContain('no-such-folder');
    expect(stderr).not.toContain('Something went wrong');
  });
});
