import type { Answer, Citation } from '../../src/answer/answer.ts';
import type { Paper } from '../../src/papers/paper.ts';
import { cite, makePaper } from '../web/turns.ts';

export const FIRST = makePaper({
  id: 'arxiv:2401.00001',
  title: 'Alpha: A Fast Router',
  abstract: 'Alpha halves the cost. It is trained on chats. It was not tried on phones.',
});
export const SECOND = makePaper({
  id: 'arxiv:2402.00002',
  title: 'Beta: A Careful Router',
  abstract: 'Beta doubles the cost. It keeps the quality.',
});

const quoteOf = (citation: Citation, i = 0) => {
  const evidence = citation.evidence[i];
  if (evidence === undefined) throw new Error(`Citation ${citation.n} has no quote ${i}.`);
  return evidence;
};

const MODEL = {
  answerId: 'a1b2c3',
  ms: { total: 1_200 },
  modelCalls: 1,
  promptTokens: 900,
  completionTokens: 80,
  mode: 'model',
  model: 'openai:gpt-5-mini',
  usd: 0.0012,
};

interface BesideAnswer {
  readonly answer: Answer;
  readonly papers: readonly Paper[];
}

/** A comparison that a model wrote: two rows, one cell not stated. */
export function makeComparison(first = FIRST, second = SECOND, aspect = 'cost'): BesideAnswer {
  const [one = '', two = ''] = first.abstract.split(/(?<=\.) /);
  const citations = [cite(1, first, one, two), cite(2, second, second.abstract)];
  const [a, b] = citations as [Citation, Citation]; // the two above
  return {
    papers: [first, second],
    answer: {
      kind: 'answered',
      intent: 'compare',
      text: 'Cost – …',
      sentences: [
        { text: 'Told of the cost.', citations: [1, 2] },
        { text: 'Told of the training.', citations: [1] },
      ],
      citations,
      passages: [],
      table: {
        columns: [first, second].map(({ id, title }) => ({ paperId: id, title })),
        rows: [
          {
            aspect,
            cells: [
              { n: 1, ...quoteOf(a) },
              { n: 2, ...quoteOf(b) },
            ],
          },
          { aspect: 'training data', cells: [{ n: 1, ...quoteOf(a, 1) }, null] },
        ],
      },
      trace: MODEL,
    },
  };
}

/** A claim on which the first paper contradicts, the second supports. */
export function makeClaim(first = FIRST, second = SECOND): BesideAnswer {
  const citations = [cite(1, first, first.abstract), cite(2, second, second.abstract)];
  const [a, b] = citations as [Citation, Citation]; // the two above
  return {
    papers: [first, second],
    answer: {
      kind: 'answered',
      intent: 'claim',
      text: 'Contradicts it: …',
      sentences: [
        { text: 'Told of the first.', citations: [1] },
        { text: 'Told of the second.', citations: [2] },
      ],
      citations,
      passages: [],
      stances: [
        { n: 1, stance: 'contradicts', evidence: quoteOf(a) },
        { n: 2, stance: 'supports', evidence: quoteOf(b) },
      ],
      trace: MODEL,
    },
  };
}
