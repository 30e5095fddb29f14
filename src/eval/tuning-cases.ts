import type { RetrievalRequest } from '../retrieval/query.ts';
import type { Retriever } from '../retrieval/retriever.ts';
import type { TuningCase } from './tune.ts';

/** A question and the papers that answer it. */
export interface JudgedQuestion extends Pick<RetrievalRequest, 'question' | 'history'> {
  readonly goldIds: readonly string[];
}

const DEPTH = 200;

/** The candidates of each question with what speaks for them, to tune on. */
export async function collectCases(
  set: string,
  questions: readonly JudgedQuestion[],
  retriever: Retriever,
): Promise<readonly TuningCase[]> {
  const cases: TuningCase[] = [];
  for (const { goldIds, ...request } of questions) {
    const { passages } = await retriever.retrieve({ ...request, limit: DEPTH });
    const candidates = passages.map(({ paper, signals }) => ({ id: paper.id, signals }));
    cases.push({ set, goldIds, candidates });
  }
  return cases;
}
