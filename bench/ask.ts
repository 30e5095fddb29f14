import { join } from 'node:path';
import { createAnswerer } from '../src/answer/answerer.ts';
import type { CommandContext } from '../src/commands/command.ts';
import { openPagesIndex, QUESTIONS_FILE } from '../src/commands/eval-questions.ts';
import { loadQuestions } from '../src/eval/questions.ts';
import { createProcessEmbedder } from '../src/llm/process-embedder.ts';
import { createRetriever } from '../src/retrieval/retriever.ts';
import { MAIN, runNode, withTempFolder } from './child.ts';
import { type AskedQuestion, createQuestionPeers } from './question-peers.ts';
import { type Latency, latencies, latencyOf, latencyRows, peerFigures } from './question-race.ts';
import { type Contender, median, race } from './race.ts';
import { type BenchTable, type Figures, ms, printFigures, printTable } from './report.ts';
import { shippedModel } from './shipped-model.ts';

const COLD_BUDGET_MS = 2_500;
const WARM_BUDGET_MS = 40;
const COLD_ROUNDS = 7;
const WARM_ROUNDS = 3;
const WARM_UP_QUESTIONS = 10;
const COLD_QUESTION = 'how many experts are active per token in sparse mixture of experts models?';
const EMPTY = 'an empty Node process';
const IMPORTS = 'Node that only imports LanceDB and transformers';
const COLD_ASK = 'ask "...", the whole process';
const ANSWER = 'Footnote: question to checked answer';
const RETRIEVAL = 'Footnote: retrieval alone';

/** `bench ask`: one cold question as a process of its own, and warm ones, each beside its peers. */
export async function benchAsk(context: CommandContext): Promise<void> {
  const warm = await withTempFolder((folder) => measureWarm(context, folder));
  const cold = await withTempFolder((folder) => measureCold(context, folder));
  printTable(context, coldTable(cold));
  printTable(context, warmTable(warm));
  printFigures(context, figuresOf(cold, warm));
}

type Cold = ReadonlyMap<string, number>;
type Warm = ReadonlyMap<string, Latency>;

/** The index is there already: the warm half has made it. The state is kept in the folder. */
async function measureCold(context: CommandContext, folder: string): Promise<Cold> {
  const { signal, config } = context;
  const settings = { DATA_DIR: folder, INDEX_LOCATION: join(config.dataDir, 'cache', 'pages') };
  const imports = "await import('@lancedb/lancedb'); await import('@huggingface/transformers')";
  const contenders: readonly Contender<string>[] = [
    { name: EMPTY, run: () => runNode({ args: ['-e', '0'], signal }) },
    {
      name: IMPORTS,
      run: () => runNode({ args: ['--input-type=module', '-e', imports], signal }),
    },
    {
      name: COLD_ASK,
      run: (question) => runNode({ args: [MAIN, 'ask', question], settings, signal }),
    },
  ];
  const raced = await race({ contenders, inputs: [COLD_QUESTION], rounds: COLD_ROUNDS, signal });
  return new Map([...raced].map(([name, values]) => [name, median(values)]));
}

async function measureWarm(context: CommandContext, folder: string): Promise<Warm> {
  const embedder = await createProcessEmbedder({ folder: shippedModel() });
  try {
    const { index, papers } = await openPagesIndex(context, embedder);
    try {
      const retriever = createRetriever({ index, embedder });
      const answerer = createAnswerer({ retriever, newId: () => '', now: () => new Date() });
      const contenders: readonly Contender<AskedQuestion>[] = [
        { name: ANSWER, run: (asked) => answerer.answer(asked) },
        { name: RETRIEVAL, run: (asked) => retriever.retrieve(asked) },
        ...(await createQuestionPeers({ papers, archive: index, embedder, folder })),
      ];
      const inputs = await loadQuestions(QUESTIONS_FILE);
      const warmUp = inputs.slice(0, WARM_UP_QUESTIONS);
      const { signal } = context;
      return latencies(await race({ contenders, inputs, warmUp, rounds: WARM_ROUNDS, signal }));
    } finally {
      index.close();
    }
  } finally {
    await embedder.close();
  }
}

function coldTable(cold: Cold): BenchTable {
  const rows = [...cold].map(([name, time]) => [
    name,
    ms(time),
    name === COLD_ASK ? ms(COLD_BUDGET_MS) : '',
  ]);
  return {
    title: `Cold question, median of ${COLD_ROUNDS}`,
    rows: [['process', 'wall time', 'budget'], ...rows],
  };
}

function warmTable(warm: Warm): BenchTable {
  return {
    title: 'Warm questions over the shipped pages',
    rows: [['system', 'p50', 'p95', 'p50 / ours'], ...latencyRows(warm, ANSWER)],
    notes: [
      `Budget: ${ms(WARM_BUDGET_MS)}. Every system embeds every question anew.`,
      'Peers only rank papers; Footnote also splits, weighs, cites and checks sentences.',
    ],
  };
}

function figuresOf(cold: Cold, warm: Warm): Figures {
  const { p50, p95 } = latencyOf(warm, ANSWER);
  return {
    coldMs: cold.get(COLD_ASK) ?? 0,
    coldEmptyMs: cold.get(EMPTY) ?? 0,
    coldImportsMs: cold.get(IMPORTS) ?? 0,
    warmP50Ms: p50,
    warmP95Ms: p95,
    warmRetrievalP50Ms: latencyOf(warm, RETRIEVAL).p50,
    ...peerFigures(warm, ANSWER),
  };
}
