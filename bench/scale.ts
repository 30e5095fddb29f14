import { join } from 'node:path';
import type { CommandContext } from '../src/commands/command.ts';
import { type BeirFolder, loadBeir } from '../src/eval/beir.ts';
import { openBeirIndex } from '../src/eval/beir-index.ts';
import type { Embedder } from '../src/llm/embedder.ts';
import { createProcessEmbedder } from '../src/llm/process-embedder.ts';
import type { Paper } from '../src/papers/paper.ts';
import type { LanceIndex } from '../src/retrieval/lance/lance-index.ts';
import { createRetriever } from '../src/retrieval/retriever.ts';
import { createProgress, type Progress } from '../src/terminal/progress.ts';
import { ROOT, withTempFolder } from './child.ts';
import { type AskedQuestion, createQuestionPeers, type PeerParts } from './question-peers.ts';
import { type Latency, latencies, latencyOf, latencyRows, peerFigures } from './question-race.ts';
import { type Contender, race } from './race.ts';
import { printFigures, printTable } from './report.ts';
import { shippedModel } from './shipped-model.ts';

const FOLDER = join(ROOT, 'data', 'eval', 'modern');
const OURS = 'Footnote: question to ranked papers';
const QUESTIONS = 100;
const WARM_UP_QUESTIONS = 5;
const ROUNDS = 3;

/** `bench scale`: retrieval over the 5,000 abstracts of `data/eval/modern`, beside its peers. */
export async function benchScale(context: CommandContext): Promise<void> {
  const embedder = await createProcessEmbedder({ folder: shippedModel() });
  try {
    const beir = await loadBeir(FOLDER);
    const index = await openIndex(context, { beir, embedder });
    try {
      const inputs = spread(beir.queries).map(({ text }) => ({ question: text }));
      const papers = await loadPapers(index);
      const raced = await withTempFolder((folder) =>
        measure(context, { inputs, papers, archive: index, index, embedder, folder }),
      );
      print(context, { raced, papers: papers.length });
    } finally {
      index.close();
    }
  } finally {
    await embedder.close();
  }
}

/** The index that `eval --beir` uses, too; made now when it is not there. */
async function openIndex(
  { config, stderr, signal }: CommandContext,
  { beir, embedder }: { readonly beir: BeirFolder; readonly embedder: Embedder },
): Promise<LanceIndex> {
  let progress: Progress | undefined;
  try {
    return await openBeirIndex({
      folder: FOLDER,
      beir,
      embedder,
      cacheDir: join(config.dataDir, 'cache', 'beir'),
      signal,
      onEmbedded: ({ done, total }) => {
        progress ??= createProgress({ stream: stderr, label: 'Embedding papers', total });
        progress.update(done);
      },
    });
  } finally {
    progress?.end();
  }
}

async function loadPapers(index: LanceIndex): Promise<readonly Paper[]> {
  const papers: Paper[] = [];
  for await (const batch of index.papers()) papers.push(...batch);
  return papers;
}

/** Questions from all over the list: neighbours in it may be alike. */
function spread<T>(all: readonly T[]): readonly T[] {
  const step = Math.max(1, Math.floor(all.length / QUESTIONS));
  return all.filter((_, i) => i % step === 0).slice(0, QUESTIONS);
}

async function measure(
  { signal }: CommandContext,
  {
    inputs,
    index,
    ...peerParts
  }: PeerParts & {
    readonly inputs: readonly AskedQuestion[];
    readonly index: LanceIndex;
  },
): Promise<ReadonlyMap<string, Latency>> {
  const retriever = createRetriever({ index, embedder: peerParts.embedder });
  const contenders: readonly Contender<AskedQuestion>[] = [
    { name: OURS, run: (asked) => retriever.retrieve(asked) },
    ...(await createQuestionPeers(peerParts)),
  ];
  const warmUp = inputs.slice(0, WARM_UP_QUESTIONS);
  return latencies(await race({ contenders, inputs, warmUp, rounds: ROUNDS, signal }));
}

function print(
  context: CommandContext,
  { raced, papers }: { readonly raced: ReadonlyMap<string, Latency>; readonly papers: number },
): void {
  printTable(context, {
    title: `Warm questions over ${papers.toLocaleString('en')} abstracts`,
    rows: [['system', 'p50', 'p95', 'p50 / ours'], ...latencyRows(raced, OURS)],
    notes: [
      `${QUESTIONS} questions, median of ${ROUNDS}; every system embeds every question anew.`,
    ],
  });
  const { p50, p95 } = latencyOf(raced, OURS);
  printFigures(context, { papers, p50Ms: p50, p95Ms: p95, ...peerFigures(raced, OURS) });
}
