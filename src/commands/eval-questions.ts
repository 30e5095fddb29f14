import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createAnswerer } from '../answer/answerer.ts';
import { type AnswerScore, scoreAnswer } from '../eval/answer-metrics.ts';
import { createCommunityBm25 } from '../eval/baselines.ts';
import { createRandom } from '../eval/metrics.ts';
import { loadQuestions, type ResolvedQuestion, resolveGold } from '../eval/questions.ts';
import { createDenseRanker, createFootnoteRanker, createLexicalRanker } from '../eval/rankers.ts';
import { createReport, printReport, type Report } from '../eval/report.ts';
import { type RankQuestion, scoreRetrieval } from '../eval/retrieval-scores.ts';
import type { Embedder } from '../llm/embedder.ts';
import { foldTitle } from '../papers/fold.ts';
import type { Paper } from '../papers/paper.ts';
import { buildIndex } from '../retrieval/build-index.ts';
import { type LanceIndex, openLanceIndex } from '../retrieval/lance/lance-index.ts';
import { createRetriever, type Retriever } from '../retrieval/retriever.ts';
import { createProcessLock } from '../store/process-lock.ts';
import type { CommandContext } from './command.ts';
import { buildParts, withProgress } from './prepare-library.ts';

const DATA = fileURLToPath(new URL('../../data/', import.meta.url));
export const QUESTIONS_FILE = join(DATA, 'eval', 'questions.jsonl');
const PAGES = join(DATA, 'pages');
const SEED = 1;

/** Scores Footnote and its baselines on the development questions and prints the tables. */
export async function runQuestionEval(
  context: CommandContext,
  embedder: Embedder,
): Promise<Report> {
  const { index, papers } = await openPagesIndex(context, embedder);
  try {
    const questions = resolveGold({
      questions: await loadQuestions(QUESTIONS_FILE),
      papers,
      foldTitle,
    });
    const report = await measure({ index, papers, questions, embedder });
    printReport(report, (line) => void context.stdout.write(`${line}\n`));
    return report;
  } finally {
    index.close();
  }
}

/** An index of the shipped pages alone, apart from the user's. */
export async function openPagesIndex(
  context: CommandContext,
  embedder: Embedder,
): Promise<{ readonly index: LanceIndex; readonly papers: readonly Paper[] }> {
  const cache = join(context.config.dataDir, 'cache');
  const index = await openLanceIndex({
    location: join(cache, 'pages'),
    model: embedder.model,
    dimensions: embedder.dimensions,
    switchModel: true,
  });
  const parts = buildParts({ index, embedder, config: context.config }, context, true);
  await createProcessLock(join(cache, 'pages.lock')).hold(() =>
    withProgress(context, (events) => buildIndex({ ...parts, ...events, paths: [PAGES] })),
  );
  const papers: Paper[] = [];
  for await (const batch of index.papers()) papers.push(...batch);
  return { index, papers };
}

async function measure({
  index,
  papers,
  questions,
  embedder,
}: {
  readonly index: LanceIndex;
  readonly papers: readonly Paper[];
  readonly questions: readonly ResolvedQuestion[];
  readonly embedder: Embedder;
}): Promise<Report> {
  const retriever = createRetriever({ index, embedder });
  const community = createCommunityBm25(papers);
  const rankers: readonly (readonly [string, RankQuestion])[] = [
    ["community's BM25Retriever", ({ question }) => community(question)],
    ['BM25 alone', createLexicalRanker(index)],
    ['vectors alone', createDenseRanker(index, embedder)],
    ['Footnote', createFootnoteRanker(retriever)],
  ];
  const systems = [];
  for (const [name, rank] of rankers) {
    const retrieval = await scoreRetrieval({ questions, rank });
    const isOurs = name === 'Footnote';
    const answers = isOurs ? await answerAll(questions, { retriever, papers }) : undefined;
    systems.push({ name, retrieval, ...(answers !== undefined && { answers }) });
  }
  return createReport(systems, createRandom(SEED));
}

async function answerAll(
  questions: readonly ResolvedQuestion[],
  { retriever, papers }: { readonly retriever: Retriever; readonly papers: readonly Paper[] },
): Promise<readonly AnswerScore[]> {
  const abstracts = new Map(papers.map(({ id, abstract }) => [id, abstract]));
  const answerer = createAnswerer({ retriever, newId: () => 'eval', now: () => new Date() });
  const scores: AnswerScore[] = [];
  for (const question of questions) {
    const { answer } = await answerer.answer(question);
    scores.push(scoreAnswer({ question, answer, abstractOf: (id) => abstracts.get(id) }));
  }
  return scores;
}
