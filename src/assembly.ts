import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Answerer, createAnswerer } from './answer/answerer.ts';
import type { Config } from './config.ts';
import type { SummaryWriter } from './digest/write-summaries.ts';
import { FootnoteError } from './errors.ts';
import { createEmbedder, type VectorKeeping } from './llm/create-embedder.ts';
import { forkProgram } from './llm/embed-child.ts';
import type { Embedder } from './llm/embedder.ts';
import type { Tracing } from './llm/tracing.ts';
import type { Log } from './log.ts';
import type { LanceIndex } from './retrieval/lance/lance-index.ts';
import { openLanceIndex } from './retrieval/lance/lance-index.ts';
import { createRetriever, type Retriever } from './retrieval/retriever.ts';
import { openStore, type Store } from './store/open-store.ts';
import { createProcessLock, type ProcessLock } from './store/process-lock.ts';
import { openVectorCache } from './store/vector-cache.ts';

/** The parts every command that reads or writes the library is made of, wired. */
export interface Library {
  readonly config: Config;
  readonly index: LanceIndex;
  readonly embedder: Embedder;
  readonly retriever: Retriever;
  /** Held by whoever writes the index. */
  readonly buildLock: ProcessLock;
  close(): Promise<void>;
}

/** A library that can be asked. */
export interface Assembly extends Library {
  readonly answerer: Answerer;
  /** Writes about papers for digests; only with a chat model. */
  readonly summaries?: SummaryWriter;
}

export interface LibraryOptions {
  /** Take the configured embedding model even if another one made the index. */
  readonly switchModel?: boolean;
  /** Instead of the one that the settings choose. */
  readonly embedder?: Embedder;
}

/** What an answerer remembers in; whoever opened it closes it. */
export type Memory = Pick<Store, 'answers' | 'expenses'>;

/**
 * Opens the library with what answers from it; a memory of its own where none is given. Throws
 * FootnoteError as `openLibrary` does.
 */
export async function assemble(config: Config, log: Log, memory?: Memory): Promise<Assembly> {
  const library = await openLibrary(config);
  const { close, ...answering } = await openAnswerer(config, {
    ...library,
    log,
    ...(memory !== undefined && { memory }),
  });
  return {
    ...library,
    ...answering,
    async close() {
      await close();
      await library.close();
    },
  };
}

/** Opens the index and builds the parts; throws FootnoteError for what is missing or damaged. */
export async function openLibrary(
  config: Config,
  { embedder: given, ...options }: LibraryOptions = {},
): Promise<Library> {
  const embedder = given ?? (await createEmbedder(config.embedder, vectorKeeping(config)));
  const index = await openAlone(config, () =>
    openLanceIndex({
      location: config.indexLocation,
      model: embedder.model,
      dimensions: embedder.dimensions,
      ...options,
    }),
  );
  return {
    config,
    index,
    embedder,
    retriever: createRetriever({ index, embedder }),
    buildLock: createProcessLock(join(config.dataDir, 'state', 'build.lock')),
    async close() {
      index.close();
      await embedder.close();
    },
  };
}

const EMBED_PROCESS = fileURLToPath(new URL('commands/embed-process.ts', import.meta.url));

/** Vectors outlive the index they were made for, in a file that all processes of the library share. */
function vectorKeeping({ dataDir }: Config): VectorKeeping {
  const file = join(dataDir, 'state', 'vectors.sqlite');
  return {
    open: () => openVectorCache(file),
    fork: (folder) => forkProgram(EMBED_PROCESS, [folder, file]),
  };
}

/** One process at a time makes the tables of a new index; where no lock can be kept, none is made. */
async function openAlone<T>(config: Config, open: () => Promise<T>): Promise<T> {
  const lock = createProcessLock(join(config.dataDir, 'state', 'open.lock'));
  const done = { isOpening: false };
  try {
    return await lock.hold(() => {
      done.isOpening = true;
      return open();
    });
  } catch (error) {
    if (done.isOpening || !(error instanceof FootnoteError)) throw error;
    return open();
  }
}

interface OpenedAnswerer extends Pick<Assembly, 'answerer' | 'summaries'> {
  close(): Promise<void>;
}

type AnswererNeeds = Pick<Library, 'retriever' | 'embedder'> & {
  readonly log: Log;
  readonly memory?: Memory;
};

/** Extractive without a chat model; with one, the chain, which costs half a second to load. */
async function openAnswerer(config: Config, needs: AnswererNeeds): Promise<OpenedAnswerer> {
  const parts = { retriever: needs.retriever, newId: randomUUID, now: () => new Date() };
  const { chat } = config;
  if (chat === undefined) return { answerer: createAnswerer(parts), close: async () => {} };
  const [{ createChainAnswerer }, { openChatModel }, { loadPrompts }, { createSummaryWriter }] =
    await Promise.all([
      import('./answer/chain.ts'),
      import('./llm/open-chat-model.ts'),
      import('./llm/prompts.ts'),
      import('./digest/write-summaries.ts'),
    ]);
  const tracing = await openTracingIfAsked(config, needs.log);
  const memory = await memoryOf(config, needs);
  const { secondLook, verify } = chat;
  const model = openChatModel(chat, { ledger: memory.expenses, now: parts.now });
  const prompts = loadPrompts();
  const summaries = createSummaryWriter({ model, prompts });
  const answerer = createChainAnswerer({
    ...parts,
    embedder: needs.embedder,
    log: needs.log,
    model,
    prompts,
    cache: memory.answers,
    secondLook,
    verify,
  });
  if (tracing === undefined) return { answerer, summaries, close: memory.close };
  return {
    summaries,
    answerer: { answer: (request) => tracing.within(() => answerer.answer(request)) },
    async close() {
      await memory.close();
      await tracing.close();
    },
  };
}

/** Loads OpenTelemetry only where the environment asks for it. */
async function openTracingIfAsked(
  { otelTracing = false, chat }: Config,
  log: Log,
): Promise<Tracing | undefined> {
  if (!otelTracing) return undefined;
  const { openTracing } = await import('./llm/tracing.ts');
  return openTracing({ log, ...(chat?.apiKey !== undefined && { secret: chat.apiKey }) });
}

async function memoryOf(
  config: Config,
  { memory, log }: AnswererNeeds,
): Promise<Memory & Pick<Store, 'close'>> {
  return memory === undefined ? openMemory(config, log) : { ...memory, close: async () => {} };
}

/** Answers and costs kept in the store; where it cannot be opened, answers for this run only. */
async function openMemory({ stateFile }: Config, log: Log): Promise<Store> {
  try {
    return await openStore({ file: stateFile });
  } catch (error) {
    if (!(error instanceof FootnoteError)) throw error;
    log.warn('store.not-opened', { err: error });
    const unknown = () => Promise.reject(error);
    // Without its accounts a daily budget cannot be kept, so nothing may be spent under one.
    return {
      ...(await openStore({ file: ':memory:' })),
      expenses: { add: unknown, reserve: unknown, settle: unknown, spentOn: unknown },
    };
  }
}
