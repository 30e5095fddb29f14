import type { CommandContext } from '../src/commands/command.ts';
import { openPagesIndex } from '../src/commands/eval-questions.ts';
import { createLocalEmbedder } from '../src/llm/local-embedder.ts';
import { createProcessEmbedder } from '../src/llm/process-embedder.ts';
import { chunkPaper } from '../src/retrieval/chunk.ts';
import { createBareOnnx, createCommunityEmbeddings, type Texts } from './embed-peers.ts';
import { type Contender, median, race } from './race.ts';
import { type BenchTable, printFigures, printTable, times } from './report.ts';
import { shippedModel } from './shipped-model.ts';

const ROUNDS = 3;
const WARM_UP_TEXTS = 4;
const OF_BARE_BUDGET = 0.85;
const TIMES_COMMUNITY_BUDGET = 1.5;
// The child must outlive the contenders between two of its turns.
const IDLE_MS = 10 * 60 * 1000;
const CHILD = 'Footnote, in its child process, with sentence vectors';
const HERE = 'Footnote, in this process, with sentence vectors';
const BARE = 'bare onnxruntime-node, session.run of the same token ids';
const COMMUNITY = "community's HuggingFaceTransformersEmbeddings, all texts at once";

/** `bench embed`: embedding the shipped pages' abstracts, beside bare onnxruntime and community's. */
export async function benchEmbed(context: CommandContext): Promise<void> {
  const folder = shippedModel();
  const here = await createLocalEmbedder(folder);
  const child = await createProcessEmbedder({ folder, idleMs: IDLE_MS });
  try {
    const { index, papers } = await openPagesIndex(context, child);
    index.close();
    const byLength = papers.toSorted((a, b) => b.abstract.length - a.abstract.length);
    const texts = byLength.flatMap((paper) => chunkPaper(paper, here));
    const first = texts.slice(0, WARM_UP_TEXTS);
    const { signal } = context;
    const contenders: readonly Contender<Texts>[] = [
      { name: CHILD, run: (inputs) => child.embedTexts(inputs, { signal }) },
      { name: BARE, run: await createBareOnnx(folder, [texts, first]) },
      { name: HERE, run: (inputs) => here.embedTexts(inputs, { signal }) },
      { name: COMMUNITY, run: createCommunityEmbeddings(folder) },
    ];
    const raced = await race({
      contenders,
      inputs: [texts],
      warmUp: [first],
      rounds: ROUNDS,
      signal,
    });
    print(context, { raced, texts: texts.length });
  } finally {
    await Promise.all([here.close(), child.close()]);
  }
}

function print(
  context: CommandContext,
  {
    raced,
    texts,
  }: { readonly raced: ReadonlyMap<string, readonly number[]>; readonly texts: number },
): void {
  const speeds = new Map(
    [...raced].map(([name, values]) => [name, (texts / median(values)) * 1000]),
  );
  const speedOf = (name: string) => speeds.get(name) ?? 0;
  const ofBareOnnx = speedOf(CHILD) / speedOf(BARE);
  const timesCommunity = speedOf(CHILD) / speedOf(COMMUNITY);
  printTable(context, speedTable(speeds, { texts, ofBareOnnx, timesCommunity }));
  printFigures(context, {
    docsPerSecond: speedOf(CHILD),
    bareOnnxDocsPerSecond: speedOf(BARE),
    communityDocsPerSecond: speedOf(COMMUNITY),
    ofBareOnnx,
    timesCommunity,
    inProcessDocsPerSecond: speedOf(HERE),
  });
}

function speedTable(
  speeds: ReadonlyMap<string, number>,
  {
    texts,
    ofBareOnnx,
    timesCommunity,
  }: { readonly texts: number; readonly ofBareOnnx: number; readonly timesCommunity: number },
): BenchTable {
  const rows = [...speeds].map(([name, speed]) => [name, speed.toFixed(1)]);
  return {
    title: `Embedding ${texts} abstracts, median of ${ROUNDS}`,
    rows: [['system', 'texts a second'], ...rows],
    notes: [
      `Footnote has ${times(ofBareOnnx)} the speed of bare onnxruntime (budget: at least ${times(OF_BARE_BUDGET)})`,
      `and ${times(timesCommunity)} that of community's (budget: at least ${times(TIMES_COMMUNITY_BUDGET)}).`,
    ],
  };
}
