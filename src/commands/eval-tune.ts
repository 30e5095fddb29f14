import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadBeir } from '../eval/beir.ts';
import { openBeirIndex } from '../eval/beir-index.ts';
import { createRandom } from '../eval/metrics.ts';
import { isAnswerable, loadQuestions, resolveGold } from '../eval/questions.ts';
import { tuneWeights } from '../eval/tune.ts';
import { collectCases } from '../eval/tuning-cases.ts';
import type { Embedder } from '../llm/embedder.ts';
import { foldTitle } from '../papers/fold.ts';
import { createRetriever } from '../retrieval/retriever.ts';
import { SIGNAL_WEIGHTS } from '../retrieval/signals.ts';
import type { CommandContext } from './command.ts';
import { openPagesIndex, QUESTIONS_FILE } from './eval-questions.ts';

const MODERN = fileURLToPath(new URL('../../data/eval/modern', import.meta.url));
const SEED = 1;

/** `eval --tune`: learns signal weights on the development questions; prints them and what they gain. */
export async function runTuning(context: CommandContext, embedder: Embedder): Promise<number> {
  const cases = [
    ...(await pagesCases(context, embedder)),
    ...(await modernCases(context, embedder)),
  ];
  const { weights, heldBack } = tuneWeights(cases, {
    inUse: SIGNAL_WEIGHTS,
    random: createRandom(SEED),
  });
  const { stdout } = context;
  stdout.write(`learned: ${JSON.stringify(weights)}\nin use:  ${JSON.stringify(SIGNAL_WEIGHTS)}\n`);
  stdout.write('On held-back halves (nDCG@10; S@1), learned against in use:\n');
  for (const [set, figures] of Object.entries(heldBack)) {
    const { ndcg10, success1, ndcg10InUse, success1InUse } = figures;
    const show = (a: number, b: number) => `${a.toFixed(3)}; ${b.toFixed(3)}`;
    stdout.write(
      `${set.padEnd(8)} ${show(ndcg10, success1)} against ${show(ndcg10InUse, success1InUse)}\n`,
    );
  }
  return 0;
}

async function pagesCases(context: CommandContext, embedder: Embedder) {
  const { index, papers } = await openPagesIndex(context, embedder);
  try {
    const all = await loadQuestions(QUESTIONS_FILE);
    const questions = resolveGold({ questions: all, papers, foldTitle });
    const judged = questions.filter(({ type }) => isAnswerable(type));
    return await collectCases('pages', judged, createRetriever({ index, embedder }));
  } finally {
    index.close();
  }
}

async function modernCases(context: CommandContext, embedder: Embedder) {
  const beir = await loadBeir(MODERN);
  const index = await openBeirIndex({
    folder: MODERN,
    beir,
    embedder,
    cacheDir: join(context.config.dataDir, 'cache', 'beir'),
    signal: context.signal,
  });
  try {
    const judged = beir.queries.map(({ id, text }) => ({
      question: text,
      goldIds: [...(beir.qrels.get(id)?.keys() ?? [])],
    }));
    return await collectCases('modern', judged, createRetriever({ index, embedder }));
  } finally {
    index.close();
  }
}
