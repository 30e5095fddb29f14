import type { CommandContext } from '../src/commands/command.ts';
import { openPagesIndex } from '../src/commands/eval-questions.ts';
import { createLocalEmbedder } from '../src/llm/local-embedder.ts';
import { createProcessEmbedder } from '../src/llm/process-embedder.ts';
import { chunkPaper } from '../src/retrieval/chunk.ts';
import { createBareOnnx, createCommunityEmbeddings, type Texts } from './embed-peers.ts';
import { type Contender, median, race, timed } from './race.ts';
import { type BenchTable, printFigures, printTable, times } from './report.ts';
import { shippedModel } from './shipped-model.ts';

const ROUNDS = 3;
const BATCH = 64;
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
    const batches = inBatches(texts);
    const bare = await createBareOnnx(folder, batches);
    const { signal } = context;
    const raced = await measure({
      batches,
      contenders: [
        { name: CHILD, run: (inputs) => child.embedTexts(inputs, { signal }) },
        { name: BARE, run: bare },
        { name: HERE, run: (inputs) => here.embedTexts(inputs, { signal }) },
      ],
      whole: { name: COMMUNITY, run: createCommunityEmbeddings(folder) },
      signal,
    });
    print(context, { seconds: raced, texts: texts.length });
  } finally {
    await Promise.all([here.close(), child.close()]);
  }
}

/** As ingest hands them over. */
function inBatches(texts: Texts): readonly Texts[] {
  const count = Math.ceil(texts.length / BATCH);
  return Array.from({ length: count }, (_, i) => texts.slice(i * BATCH, (i + 1) * BATCH));
}

/**
 * The median seconds for all texts: of the contenders batch by batch in turn, so that noise hits
 * them alike, and of the one that takes all texts at once between those rounds.
 */
async function measure({
  batches,
  contenders,
  whole,
  signal,
}: {
  readonly batches: readonly Texts[];
  readonly contenders: readonly Contender<Texts>[];
  readonly whole: Contender<Texts>;
  readonly signal: AbortSignal;
}): Promise<ReadonlyMap<string, number>> {
  const last = batches.at(-1) ?? []; // the shortest texts
  for (const { run } of [...contenders, whole]) await run(last);
  const seconds = new Map([...contenders, whole].map(({ name }): [string, number[]] => [name, []]));
  for (let round = 0; round < ROUNDS; round++) {
    const raced = await race({ contenders, inputs: batches, rounds: 1, signal });
    for (const [name, times] of raced) seconds.get(name)?.push(sumOf(times) / 1000);
    seconds.get(whole.name)?.push((await timed(() => whole.run(batches.flat()))) / 1000);
  }
  return new Map([...seconds].map(([name, values]) => [name, median(values)]));
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function print(
  context: CommandContext,
  { seconds, texts }: { readonly seconds: ReadonlyMap<string, number>; readonly texts: number },
): void {
  const speeds = new Map([...seconds].map(([name, value]) => [name, texts / value]));
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
