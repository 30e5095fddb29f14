import { describe, expect, it } from 'vitest';
import { orderDocs, parseQrels, RUN_DEPTH, renderTrecRun } from '../../src/eval/trec-run.ts';

describe('orderDocs', () => {
  it('puts the highest score first and keeps the given order of equal ones', () => {
    const docs = [
      { id: 'low', score: 1 },
      { id: 'tie-b', score: 2 },
      { id: 'tie-a', score: 2 },
    ];
    expect(orderDocs(docs).map((doc) => doc.id)).toEqual(['tie-b', 'tie-a', 'low']);
  });

  it('keeps the best of an id given twice, and 100 at most', () => {
    const many = Array.from({ length: 150 }, (_, n) => ({ id: `d${n % 120}`, score: -n }));
    const ordered = orderDocs(many);
    expect(ordered).toHaveLength(RUN_DEPTH);
    expect(ordered[0]).toEqual({ id: 'd0', score: -0 });
    expect(new Set(ordered.map((doc) => doc.id)).size).toBe(RUN_DEPTH);
  });

  it('refuses a score that is not finite', () => {
    expect(() => orderDocs([{ id: 'd1', score: Number.NaN }])).toThrow('d1 is NaN');
  });
});

describe('renderTrecRun', () => {
  it('writes six columns with ranks from 1', () => {
    const run = new Map([['q1', [{ id: 'd1', score: 0.5 }]]]);
    expect(renderTrecRun(run, 'footnote')).toBe('q1 Q0 d1 1 0.500000000 footnote\n');
  });

  it('lets scores fall at every rank, also in single precision', () => {
    const scores = [1, 1, 1 - 1e-12, 0.25, 0, 0, -3, -3];
    const docs = scores.map((score, index) => ({ id: `d${index}`, score }));
    const rows = renderTrecRun(new Map([['q1', docs]]), 't')
      .trim()
      .split('\n');
    const written = rows.map((row) => Math.fround(Number(row.split(' ')[4])));
    expect(written).toHaveLength(8);
    for (const [index, score] of written.slice(1).entries()) {
      expect(score).toBeLessThan(written[index] ?? Number.NEGATIVE_INFINITY);
    }
    expect(rows.map((row) => row.split(' ')[2])).toEqual(docs.map((doc) => doc.id));
  });

  it('refuses an id with a space, which would shift the columns', () => {
    const run = new Map([['q1', [{ id: 'two words', score: 1 }]]]);
    expect(() => renderTrecRun(run, 't')).toThrow('cannot hold the id "two words"');
  });
});

describe('parseQrels', () => {
  const parse = (lines: string[]) => parseQrels({ lines, file: 'qrels.tsv' });

  it('reads BEIR and TREC judgements alike', async () => {
    const expected = new Map([['q1', new Map(Object.entries({ d1: 2, d2: 0 }))]]);
    expect(await parse(['query-id\tcorpus-id\tscore', 'q1\td1\t2', 'q1\td2\t0'])).toEqual(expected);
    expect(await parse(['q1 0 d1 2', '', 'q1 Q0 d2 0'])).toEqual(expected);
  });

  it.each([
    ['too few columns', ['query-id\tcorpus-id\tscore', 'q1\td1'], 'qrels.tsv, line 2: 2 columns'],
    ['mixed forms', ['q1 0 d1 1', 'q1 d2 1'], 'qrels.tsv, line 2: 3 columns'],
    ['a score in words', ['q1 0 d1 1', 'q1 0 d2 high'], 'line 2: score "high"'],
    ['a second header', ['a\tb\tc', 'd\te\tf'], 'line 2: score "f"'],
    ['two scores for one pair', ['q1 0 d1 1', 'q1 0 d1 2'], 'line 2: q1 and d1'],
    ['a broken first line', ['q1 0 d1 high'], 'line 1: score "high"'],
  ])('names file and line of %s', async (_name, lines, problem) => {
    await expect(parse(lines)).rejects.toMatchObject({
      code: 'input',
      message: expect.stringContaining(problem),
    });
  });
});
