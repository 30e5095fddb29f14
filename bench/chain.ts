import { randomUUID } from 'node:crypto';
import type { AnswerCache } from '../src/answer/answer-cache.ts';
import type { Answerer } from '../src/answer/answerer.ts';
import { createChainAnswerer } from '../src/answer/chain.ts';
import type { AnsweredQuestion } from '../src/answer/finish.ts';
import type { CommandContext } from '../src/commands/command.ts';
import { openPagesIndex } from '../src/commands/eval-questions.ts';
import { parseConfig } from '../src/config.ts';
import type { Embedder } from '../src/llm/embedder.ts';
import { openChatModel } from '../src/llm/open-chat-model.ts';
import { createProcessEmbedder } from '../src/llm/process-embedder.ts';
import { loadPrompts } from '../src/llm/prompts.ts';
import type { SpendingLedger } from '../src/llm/spending.ts';
import { createRetriever, type Retriever } from '../src/retrieval/retriever.ts';
import { openStore } from '../src/store/open-store.ts';
import { FakeChatServer } from '../test/fakes/chat-server.ts';
import { askWithModelDown } from './chain-down.ts';
import { bareFirstLine, bareStream } from './chain-peers.ts';
import { withTempFolder } from './child.ts';
import { loadModelLines, type ModelLine, sayLine, sentenceOf } from './model-lines.ts';
import { median, race } from './race.ts';
import { ms, printFigures, printTable } from './report.ts';
import { shippedModel } from './shipped-model.ts';

const OVERHEAD_BUDGET_MS = 30;
const LAG_BUDGET_MS = 50;
const TOKENS_PER_SECOND = 50;
const ROUNDS = 3;
const TIMED = 20;
const SLOW = 7;

interface Bench {
  readonly context: CommandContext;
  readonly fake: FakeChatServer;
  readonly retriever: Retriever;
  readonly embedder: Embedder;
  readonly lines: readonly ModelLine[];
}

/**
 * `bench chain`: the chain against a model that lies, one that does not, one that is asked again and
 * one that is down; and what the chain costs beside the model's own time.
 */
export async function benchChain(context: CommandContext): Promise<void> {
  const fake = await FakeChatServer.start();
  const embedder = await createProcessEmbedder({ folder: shippedModel() });
  try {
    const { index } = await openPagesIndex(context, embedder);
    try {
      const retriever = createRetriever({ index, embedder });
      const lines = await loadModelLines();
      const bench = { context, fake, retriever, embedder, lines };
      const trust = await measureTrust(bench);
      const speed = await measureSpeed(bench);
      const repeatModelCalls = await measureRepeats(bench);
      const modelDownMode = await withTempFolder((folder) => askWithModelDown(context, folder));
      if (fake.broken.length > 0) throw new Error(`The API was misused: ${fake.broken.join('; ')}`);
      print(context, { trust, speed, repeatModelCalls, modelDownMode });
      printFigures(context, { ...trust, ...speed, repeatModelCalls, modelDownMode });
    } finally {
      index.close();
    }
  } finally {
    await embedder.close();
    await fake.close();
  }
}

function open({ fake, retriever, embedder }: Bench, cache: AnswerCache): Answerer {
  const { chat } = parseConfig({
    CHAT_MODEL: 'openai:gpt-5-mini',
    OPENAI_API_KEY: 'key',
    OPENAI_BASE_URL: fake.baseUrl,
  });
  if (chat === undefined) throw new Error('The settings name a chat model.');
  const expenses: SpendingLedger = {
    add: async () => {},
    reserve: async () => ({ kind: 'reserved', id: '' }),
    settle: async () => {},
    spentOn: async () => 0,
  };
  return createChainAnswerer({
    retriever,
    embedder,
    cache,
    newId: randomUUID,
    now: () => new Date(),
    model: openChatModel(chat, { ledger: expenses, now: () => new Date() }),
    prompts: loadPrompts(),
    log: { warn: () => {} },
    secondLook: false,
    verify: 'rules',
  });
}

/** Forgets at once, so that every question is asked anew. */
const NO_MEMORY: AnswerCache = {
  get: async () => undefined,
  questions: async () => [],
  put: async () => {},
};

/** Every line as the model's whole reply, and again when it is asked to mend it. */
async function measureTrust(bench: Bench) {
  const answerer = open(bench, NO_MEMORY);
  const counts = { lies: 0, badReleased: 0, truths: 0, goodLost: 0 };
  for (const line of bench.lines) {
    bench.context.signal.throwIfAborted();
    bench.fake.replyWith((body) => ({ kind: 'text', text: sayLine(line, body) }));
    const { answer } = await answerer.answer({ question: line.question });
    const isSaid = answer.trace.mode === 'model' && answer.kind === 'answered';
    const isThere = isSaid || answer.text.includes(sentenceOf(line));
    if (line.kind === 'truth') {
      counts.truths += 1;
      if (!isSaid) counts.goodLost += 1;
    } else {
      counts.lies += 1;
      if (isThere) counts.badReleased += 1;
    }
  }
  return counts;
}

/** The chain beside a bare request for the same reply, and how soon its first sentence is out. */
async function measureSpeed(bench: Bench) {
  const truths = bench.lines.filter(({ kind }) => kind === 'truth');
  const answerer = open(bench, NO_MEMORY);
  const answer = (line: ModelLine) => {
    bench.fake.replyWith((body) => ({ kind: 'text', text: sayLine(line, body) }));
    return answerer.answer({ question: line.question });
  };
  const bare = (line: ModelLine) => {
    bench.fake.replyWith(() => ({ kind: 'text', text: `- ${line.line}\n` }));
    return bareStream(bench.fake.baseUrl, line.question);
  };
  const raced = await race({
    contenders: [
      { name: 'chain', run: answer },
      { name: 'bare', run: bare },
    ],
    inputs: truths.slice(0, TIMED),
    warmUp: truths.slice(0, SLOW),
    rounds: ROUNDS,
    signal: bench.context.signal,
  });
  const chainMs = median(raced.get('chain') ?? []);
  const bareMs = median(raced.get('bare') ?? []);
  const firstSentenceLagMs = await measureLag(bench, { answerer, truths: truths.slice(0, SLOW) });
  return { overheadMs: chainMs - bareMs, chainMs, bareMs, firstSentenceLagMs };
}

/** How much later than a bare reader of the same stream the first sentence is out; the median. */
async function measureLag(
  { fake }: Bench,
  { answerer, truths }: { readonly answerer: Answerer; readonly truths: readonly ModelLine[] },
): Promise<number> {
  const lags: number[] = [];
  for (const line of truths) {
    let said = '';
    let begun = 0;
    let released = 0;
    const slow = (text: string) =>
      ({ kind: 'text', text, tokensPerSecond: TOKENS_PER_SECOND }) as const;
    fake.replyWith((body) => {
      said = sayLine(line, body).repeat(2);
      begun = performance.now();
      return slow(said);
    });
    await answerer.answer({
      question: line.question,
      onEvent: ({ kind }) => {
        if (kind === 'sentence' && released === 0) released = performance.now();
      },
    });
    fake.replyWith(() => slow(said));
    const bareMs = await bareFirstLine(fake.baseUrl, line.question);
    lags.push(released - begun - bareMs);
  }
  return median(lags);
}

/** Model calls for a question that was asked before, word for word and in other words. */
async function measureRepeats(bench: Bench): Promise<number> {
  const store = await openStore({ file: ':memory:' });
  try {
    const answerer = open(bench, store.answers);
    const truth = bench.lines.find(({ kind }) => kind === 'truth');
    if (truth === undefined) throw new Error('There is no truth among the lines.');
    bench.fake.replyWith((body) => ({ kind: 'text', text: sayLine(truth, body) }));
    await answerer.answer({ question: truth.question });
    const again: AnsweredQuestion[] = [];
    for (const question of [truth.question, truth.question.toUpperCase()]) {
      again.push(await answerer.answer({ question }));
    }
    return again.reduce((sum, { answer }) => sum + answer.trace.modelCalls, 0);
  } finally {
    await store.close();
  }
}

function print(
  context: CommandContext,
  {
    trust,
    speed,
    repeatModelCalls,
    modelDownMode,
  }: {
    readonly trust: Awaited<ReturnType<typeof measureTrust>>;
    readonly speed: Awaited<ReturnType<typeof measureSpeed>>;
    readonly repeatModelCalls: number;
    readonly modelDownMode: string;
  },
): void {
  printTable(context, {
    title: 'A chat model, its sentences checked',
    rows: [
      ['what', 'measured', 'wanted'],
      [`lies released, of ${trust.lies}`, `${trust.badReleased}`, '0'],
      [`truths lost, of ${trust.truths}`, `${trust.goodLost}`, '0'],
      ['model calls for a repeated question', `${repeatModelCalls}`, '0'],
      ['mode with the model down', modelDownMode, 'extractive-fallback'],
      ['whole answer', ms(speed.chainMs), ''],
      ['peer: the same reply by a bare request', ms(speed.bareMs), ''],
      ['our overhead', ms(speed.overheadMs), `at most ${ms(OVERHEAD_BUDGET_MS)}`],
      [
        `first sentence behind its last token, at ${TOKENS_PER_SECOND} tokens a second`,
        ms(speed.firstSentenceLagMs),
        `at most ${ms(LAG_BUDGET_MS)}`,
      ],
    ],
    notes: ['The model is a scripted server on this machine: its time is taken off, ours is not.'],
  });
}
