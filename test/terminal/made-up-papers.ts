import type { Answer } from '../../src/answer/answer.ts';
import type { Paper, PaperId } from '../../src/papers/paper.ts';

export function makePaper(changes: Partial<Paper> = {}): Paper {
  return {
    id: 'arxiv:2401.00001' as PaperId,
    title: 'Dropping Tokens Early',
    abstract: 'Accuracy falls by 0.3 points.',
    url: 'https://arxiv.org/abs/2401.00001',
    date: '2024-01-01',
    sources: [{ page: '2024-01.md', line: 7 }],
    ...changes,
  };
}

/** An answer with one sentence that cites one quote of `makePaper()`. */
export function makeAnswer(changes: Partial<Answer> = {}): Answer {
  const { id: paperId, title, url } = makePaper();
  const evidence = [{ quote: 'Accuracy falls by 0.3 points', start: 0, end: 28 }];
  return {
    kind: 'answered',
    intent: 'ask',
    text: 'It costs 0.3 points. [1]',
    sentences: [{ text: 'It costs 0.3 points.', citations: [1] }],
    citations: [{ n: 1, paperId, title, url, evidence }],
    passages: [],
    trace: {
      answerId: 'a1b2c3',
      ms: { total: 41.6 },
      modelCalls: 0,
      promptTokens: 0,
      completionTokens: 0,
      mode: 'extractive',
    },
    ...changes,
  };
}
