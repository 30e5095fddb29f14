import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BeirFolder, loadBeir, scoreBeir } from '../../src/eval/beir.ts';
import type { ScoredDoc } from '../../src/eval/trec-run.ts';

const FIXTURE = join(import.meta.dirname, '../fixtures/beir');

const RANKED: Readonly<Record<string, readonly ScoredDoc[]>> = {
  'cheap routing': [
    { id: 'd2', score: 0.9 },
    { id: 'd1', score: 0.4 },
    { id: 'd3', score: 0.5 },
  ],
  'which chip': [],
  'a text that is also a query': [
    { id: 'd3', score: 1 },
    { id: 'd2', score: 0.5 },
    { id: 'd1', score: 0.2 },
  ],
};

async function rank(queryText: string): Promise<readonly ScoredDoc[]> {
  const docs = RANKED[queryText];
  if (!docs) throw new Error(`not judged, yet ranked: ${queryText}`);
  return docs;
}

async function readAll(folder: BeirFolder) {
  return Array.fromAsync(folder.corpus());
}

describe('loadBeir', () => {
  it('loads queries, judgements and a corpus that can be read again', async () => {
    const folder = await loadBeir(FIXTURE);
    expect(folder.queries.map((query) => query.id)).toEqual(['q1', 'q2', 'd3', 'q9']);
    expect(folder.qrels.get('q1')).toEqual(new Map(Object.entries({ d1: 2, d2: 1 })));
    expect(await readAll(folder)).toEqual(await readAll(folder));
  });

  it('keeps a line separator inside a text and takes a missing title as empty', async () => {
    const [first, , last] = await readAll(await loadBeir(FIXTURE));
    expect(first?.text).toBe('A router picks two experts.\u2028It is cheap.');
    expect(last).toEqual({ id: 'd3', title: '', text: 'A chip without experts.' });
  });
});

describe('loadBeir on a broken folder', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'beir-'));
    await cp(FIXTURE, dir, { recursive: true });
  });
  afterEach(() => rm(dir, { recursive: true }));

  const load = async () => readAll(await loadBeir(dir));

  it.each(['corpus.jsonl', 'queries.jsonl', 'qrels.tsv'])('names a missing %s', async (name) => {
    await rm(join(dir, name));
    const message = expect.stringContaining(join(dir, name));
    await expect(load()).rejects.toMatchObject({ code: 'input', message });
  });

  const query = '{"_id":"q1","text":"t"}\n';
  it.each([
    ['corpus.jsonl', '{"_id":"d1","text":"t"}\n{"_id":', 'line 2: not JSON'],
    ['corpus.jsonl', '{"_id":"d1","title":"t"}\n', 'line 1: text: '],
    ['corpus.jsonl', '\n{"_id":"d1","text":"t"}\n{"_id":"d1","text":"u"}\n', 'line 3: _id "d1"'],
    ['queries.jsonl', `${query}{"_id":7,"text":"t"}\n`, 'line 2: _id: '],
    ['queries.jsonl', `${query}${query}`, 'line 2: _id "q1"'],
    ['qrels.tsv', 'query-id\tcorpus-id\tscore\nq1\td1\t1\nq7\td1\t1\n', 'line 3: query q7'],
    ['qrels.tsv', 'query-id\tcorpus-id\tscore\n', 'No query is judged'],
    ['qrels.tsv', '', 'No query is judged'],
  ])('names what is wrong in %s: %j', async (name, text, problem) => {
    await writeFile(join(dir, name), text);
    await expect(load()).rejects.toMatchObject({
      code: 'input',
      message: expect.stringMatching(`${name}.*${problem}|${problem}.*${name}`),
    });
  });
});

describe('scoreBeir', () => {
  it('averages over the judged queries and drops the text with the id of its query', async () => {
    const { queries, qrels } = await loadBeir(FIXTURE);
    const times = [0, 10, 100, 130, 200, 220];
    const scores = await scoreBeir({ queries, qrels, rank, now: () => times.shift() ?? 0 });
    // q1: d2 (1), d3, d1 (2).  DCG 1 + 2/log2(4) = 2, IDCG 2 + 1/log2(3) = 2.630930, nDCG .760188;
    //     reciprocal rank 1, average precision (1 + 2/3) / 2 = .833333.
    // q2: no results, 0 throughout.
    // d3: d3 is dropped, then d2, d1 (1).  nDCG 1/log2(3) = .630930, reciprocal rank 1/2, AP 1/2.
    expect(scores.queries).toBe(3);
    expect(scores.ndcg10).toBeCloseTo((0.760188 + 0.63093) / 3, 5);
    expect(scores.recall10).toBeCloseTo(2 / 3, 12);
    expect(scores.recall100).toBeCloseTo(2 / 3, 12);
    expect(scores.mrr10).toBeCloseTo(1.5 / 3, 12);
    expect(scores.map).toBeCloseTo((5 / 6 + 1 / 2) / 3, 12);
    expect(scores.success1).toBeCloseTo(1 / 3, 12);
    expect(scores.success5).toBeCloseTo(2 / 3, 12);
    // 10, 30 and 20 ms
    expect([scores.p50Ms, scores.p95Ms]).toEqual([20, 30]);
  });

  it('hands over what it scored, best first', async () => {
    const { queries, qrels } = await loadBeir(FIXTURE);
    const run = new Map<string, string[]>();
    await scoreBeir({
      queries,
      qrels,
      rank,
      onRanked: (queryId, docs) => run.set(queryId, [...docs.map((doc) => doc.id)]),
    });
    expect(Object.fromEntries(run)).toEqual({ q1: ['d2', 'd3', 'd1'], q2: [], d3: ['d2', 'd1'] });
  });

  it('stops when told to and refuses to score nothing', async () => {
    const { queries, qrels } = await loadBeir(FIXTURE);
    const signal = AbortSignal.abort(new Error('stopped'));
    await expect(scoreBeir({ queries, qrels, rank, signal })).rejects.toThrow('stopped');
    await expect(scoreBeir({ queries: [], qrels, rank })).rejects.toThrow('No query is judged');
  });
});
