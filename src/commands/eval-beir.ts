import { join } from 'node:path';
import { type BeirScores, loadBeir, scoreBeir } from '../eval/beir.ts';
import { openBeirIndex } from '../eval/beir-index.ts';
import { thinCorpus } from '../eval/thin-corpus.ts';
import type { ScoredDoc } from '../eval/trec-run.ts';
import { RUN_DEPTH, writeTrecRun } from '../eval/trec-run.ts';
import type { Embedder } from '../llm/embedder.ts';
import { createRetriever } from '../retrieval/retriever.ts';
import { createProgress, type Progress } from '../terminal/progress.ts';
import type { CommandContext } from './command.ts';

/** `eval --beir`: metrics as JSON on standard output and, where asked, a TREC run. */
export async function runBeirEval(
  context: CommandContext,
  { run, ...set }: BeirSet & { readonly run?: string },
): Promise<number> {
  const { scores, ranked } = await scoreFolder(context, set);
  if (run !== undefined) await writeTrecRun({ file: run, run: ranked, tag: 'footnote' });
  context.stdout.write(`${JSON.stringify(scores)}\n`);
  return 0;
}

export interface BeirSet {
  readonly embedder: Embedder;
  readonly folder: string;
  /** Keep only every so many of the texts that are not judged. */
  readonly thinBy?: number;
}

/** Scores a BEIR folder; tells on standard error how far the embedding of its corpus is. */
export async function scoreFolder(
  context: CommandContext,
  { embedder, folder, thinBy }: BeirSet,
): Promise<{
  readonly scores: BeirScores;
  readonly ranked: ReadonlyMap<string, readonly ScoredDoc[]>;
}> {
  const whole = await loadBeir(folder);
  const beir = thinBy === undefined ? whole : thinCorpus(whole, thinBy);
  let progress: Progress | undefined;
  const index = await openBeirIndex({
    folder,
    beir,
    embedder,
    ...(thinBy !== undefined && { part: `thin${thinBy}` }),
    cacheDir: join(context.config.dataDir, 'cache', 'beir'),
    signal: context.signal,
    onEmbedded: ({ done, total }) => {
      progress ??= createProgress({ stream: context.stderr, label: 'Embedding', total });
      progress.update(done);
    },
  });
  progress?.end();
  try {
    const retriever = createRetriever({ index, embedder });
    const ranked = new Map<string, readonly ScoredDoc[]>();
    const scores = await scoreBeir({
      ...beir,
      signal: context.signal,
      onRanked: (query, docs) => ranked.set(query, docs),
      rank: async (question) => {
        const { passages } = await retriever.retrieve({ question, limit: RUN_DEPTH });
        return passages.map(({ paper, score }) => ({ id: paper.id, score }));
      },
    });
    return { scores, ranked };
  } finally {
    index.close();
  }
}
