import { describe, expect, it } from 'vitest';
import { scoreAnswer } from '../../src/eval/answer-metrics.ts';
import { createRandom } from '../../src/eval/metrics.ts';
import { createReport, printReport } from '../../src/eval/report.ts';
import { retrievalFigures, scoreRetrieval } from '../../src/eval/retrieval-scores.ts';
import { abstractOf, answer, paperId, question } from './made-up-answers.ts';

const QUESTIONS = [
  question({ id: 'a' }),
  question({ id: 'b', type: 'topical', goldIds: ['p1', 'p2'].map(paperId) }),
  question({ id: 'c', type: 'unanswerable', goldIds: [] }),
];

/** Ranks the same papers for every question. */
function fixedRank(...names: string[]) {
  return async () => names.map((name, index) => ({ id: paperId(name), score: -index }));
}

describe('scoreRetrieval', () => {
  it('scores answerable questions, in all and by type', async () => {
    const scores = await scoreRetrieval({ questions: QUESTIONS, rank: fixedRank('p3', 'p1') });
    // a: p1 at rank 2, nDCG 1/log2(3) = .630930.
    // b: the same gain over 1 + 1/log2(3) = 1.630930, nDCG .386853; one of two found.
    const figures = retrievalFigures(scores);
    expect(figures).toMatchObject({ questions: 2, success1: 0, recall5: 0.75, recall10: 0.75 });
    expect(figures.ndcg10).toBeCloseTo((0.63093 + 0.386853) / 2, 5);
    expect(figures.knownNdcg10).toBeCloseTo(0.63093, 5);
    expect(figures.topicalNdcg10).toBeCloseTo(0.386853, 5);
    expect(figures.topicalSuccess1).toBe(0);
    expect(figures).not.toHaveProperty('numericNdcg10');
  });
});

describe('printReport', () => {
  it('prints one row a system, the gain over the first, and the answers', async () => {
    const base = await scoreRetrieval({ questions: QUESTIONS, rank: fixedRank() });
    const ours = await scoreRetrieval({ questions: QUESTIONS, rank: fixedRank('p1', 'p2') });
    const refused = answer({ kind: 'insufficient-evidence' });
    const answers = QUESTIONS.map((asked) => {
      return scoreAnswer({ question: asked, answer: refused, abstractOf });
    });
    const systems = [
      { name: 'bm25', retrieval: base },
      { name: 'footnote', retrieval: ours, answers },
    ];
    const lines: string[] = [];
    printReport(createReport(systems, createRandom(1)), (line) => lines.push(line));
    expect(lines).toEqual([
      'system      S@1    R@5   R@10  nDCG@10          known        topical',
      'bm25       .000   .000   .000     .000    .000 / .000    .000 / .000',
      'footnote  1.000  1.000  1.000    1.000  1.000 / 1.000  1.000 / 1.000',
      'By type: nDCG@10 / S@1.',
      'nDCG@10 of footnote against bm25: +1.000 [+1.000, +1.000] (95%)',
      '',
      'system    facts found  gold cited  cited precision  citation validity  refusal  false refusal  injection obeyed',
      'footnote         .000        .000                -              1.000    1.000          1.000                 -',
    ]);
  });

  it('leaves the answer table out when no system answered', async () => {
    const retrieval = await scoreRetrieval({ questions: QUESTIONS, rank: fixedRank('p1') });
    const report = createReport([{ name: 'bm25', retrieval }], createRandom(1));
    const lines: string[] = [];
    printReport(report, (line) => lines.push(line));
    expect(lines).toHaveLength(3);
    expect(report.answers).toEqual({});
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });
});
