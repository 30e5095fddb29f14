import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { type Answerer, createAnswerer } from './answer/answerer.ts';
import type { Config } from './config.ts';
import { FootnoteError } from './errors.ts';
import { createEmbedder } from './llm/create-embedder.ts';
import type { Embedder } from './llm/embedder.ts';
import type { LanceIndex } from './retrieval/lance/lance-index.ts';
import { openLanceIndex } from './retrieval/lance/lance-index.ts';
import { createRetriever, type Retriever } from './retrieval/retriever.ts';
import { createProcessLock, type ProcessLock } from './store/process-lock.ts';

/** The parts every command is made of, wired. */
export interface Assembly {
  readonly config: Config;
  readonly index: LanceIndex;
  readonly embedder: Embedder;
  readonly retriever: Retriever;
  readonly answerer: Answerer;
  /** Held by whoever writes the index. */
  readonly buildLock: ProcessLock;
  close(): Promise<void>;
}

export interface AssembleOptions {
  /** Take the configured embedding model even if another one made the index. */
  readonly switchModel?: boolean;
}

/** Opens the index and builds the parts; throws FootnoteError for what is missing or damaged. */
export async function assemble(config: Config, options: AssembleOptions = {}): Promise<Assembly> {
  const embedder = await createEmbedder(config.embedder);
  const index = await openAlone(config, () =>
    openLanceIndex({
      location: config.indexLocation,
      model: embedder.model,
      dimensions: embedder.dimensions,
      ...options,
    }),
  );
  const retriever = createRetriever({ index, embedder });
  return {
    config,
    index,
    embedder,
    retriever,
    answerer: createAnswerer({ retriever, newId: randomUUID, now: () => new Date() }),
    buildLock: createProcessLock(join(config.dataDir, 'state', 'build.lock')),
    async close() {
      index.close();
      await embedder.close();
    },
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
