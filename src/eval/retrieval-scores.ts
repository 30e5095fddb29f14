import type { Random, RankedQuery } from './metrics.ts';
import {
  bootstrapDifference,
  type Interval,
  mean,
  ndcgAt,
  recallAt,
  successAt,
} from './metrics.ts';
import type { ResolvedQuestion } from './questions.ts';
import { ANSWERABLE_TYPES, type AnswerableType, isAnswerable } from './questions.ts';
import { orderDocs, type ScoredDoc } from './trec-run.ts';

/** The figures of one answerable question. */
export interface QuestionScores {
  readonly id: string;
  readonly type: AnswerableType;
  readonly success1: number;
  readonly recall5: number;
  readonly recall10: number;
  readonly ndcg10: number;
}

/** Ranks papers for a question, best first; the whole question, since follow-ups need its history. */
export type RankQuestion = (question: ResolvedQuestion) => Promise<readonly ScoredDoc[]>;

/** Figures by name, such as `ndcg10` or `topicalNdcg10`: what tables, JSON and floors speak of. */
export type Figures = Readonly<Record<string, number>>;

/** Ranks the answerable questions in turn; one without results scores 0. */
export async function scoreRetrieval(options: {
  readonly questions: readonly ResolvedQuestion[];
  readonly rank: RankQuestion;
  readonly signal?: AbortSignal;
}): Promise<QuestionScores[]> {
  const scores: QuestionScores[] = [];
  for (const question of options.questions) {
    if (!isAnswerable(question.type)) continue;
    options.signal?.throwIfAborted();
    const ranked = orderDocs(await options.rank(question)).map((doc) => doc.id);
    const relevance = new Map<string, number>(question.goldIds.map((id) => [id, 1]));
    scores.push({ id: question.id, type: question.type, ...scoreOne({ ranked, relevance }) });
  }
  return scores;
}

/** Means over all questions, and nDCG@10 and success@1 of each type that occurs (`knownSuccess1`). */
export function retrievalFigures(scores: readonly QuestionScores[]): Figures {
  const figures: Record<string, number> = {
    questions: scores.length,
    success1: mean(scores.map((score) => score.success1)),
    recall5: mean(scores.map((score) => score.recall5)),
    recall10: mean(scores.map((score) => score.recall10)),
    ndcg10: mean(scores.map((score) => score.ndcg10)),
  };
  for (const type of ANSWERABLE_TYPES) {
    const own = scores.filter((score) => score.type === type);
    if (own.length === 0) continue;
    figures[`${type}Ndcg10`] = mean(own.map((score) => score.ndcg10));
    figures[`${type}Success1`] = mean(own.map((score) => score.success1));
  }
  return figures;
}

/** How much more nDCG@10 one system has than another on the same questions. */
export function compareRetrieval(options: {
  readonly scores: readonly QuestionScores[];
  readonly baseline: readonly QuestionScores[];
  readonly random: Random;
}): Interval {
  const a = options.scores.map((score) => score.ndcg10);
  const b = options.baseline.map((score) => score.ndcg10);
  return bootstrapDifference({ a, b, random: options.random });
}

function scoreOne(query: RankedQuery): Omit<QuestionScores, 'id' | 'type'> {
  return {
    success1: successAt(query, 1),
    recall5: recallAt(query, 5),
    recall10: recallAt(query, 10),
    ndcg10: ndcgAt(query, 10),
  };
}
