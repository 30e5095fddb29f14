import type { ChildProcess } from 'node:child_process';
import { FootnoteError } from '../errors.ts';
import {
  attachEmbedChild,
  type EmbedChild,
  EmbedChildEnded,
  forkEmbedProcess,
} from './embed-child.ts';
import type { EmbeddedText, Embedder, EmbedderInput } from './embedder.ts';
import { createLocalEmbedder } from './local-embedder.ts';

export interface ProcessEmbedderOptions {
  /** The model's folder, in the form of `data/models/footnote-minilm`. */
  readonly folder: string;
  /** How long the process may wait for more texts before it is ended. */
  readonly idleMs?: number;
  /** Starts the process; by default a fork of this program's own. */
  readonly fork?: (folder: string) => ChildProcess;
}

export interface ChildOptions {
  readonly idleMs?: number;
  readonly fork: () => ChildProcess;
}

// Between the batches of one ingest lie milliseconds; starting anew costs half a second.
const IDLE_MS = 5_000;
// What one message carries: an abort or a death loses no more than this.
const MESSAGE_TEXTS = 64;

/**
 * The local Embedder with texts embedded in a child process, which starts with the first of them
 * and ends when idle, so that the memory of bulk work is given back; queries stay in this process.
 * A process that dies is replaced once; then embedTexts throws FootnoteError `model`.
 */
export async function createProcessEmbedder(options: ProcessEmbedderOptions): Promise<Embedder> {
  const { folder, idleMs, fork = forkEmbedProcess } = options;
  const local = await createLocalEmbedder(folder);
  return embedInChild(local, { ...(idleMs !== undefined && { idleMs }), fork: () => fork(folder) });
}

/** The same Embedder with texts embedded in the processes that `fork` starts. */
export function embedInChild(local: Embedder, options: ChildOptions): Embedder {
  const pool = createChildKeeper(options);
  return {
    ...local,
    async embedTexts(inputs, { signal } = {}) {
      signal?.throwIfAborted();
      const results: EmbeddedText[] = [];
      for (let from = 0; from < inputs.length; from += MESSAGE_TEXTS) {
        const part = inputs.slice(from, from + MESSAGE_TEXTS);
        results.push(...(await pool.embed(part, signal)));
      }
      return results;
    },
    async close() {
      await Promise.all([pool.close(), local.close()]);
    },
  };
}

interface ChildKeeper {
  embed(
    inputs: readonly EmbedderInput[],
    signal: AbortSignal | undefined,
  ): Promise<readonly EmbeddedText[]>;
  close(): Promise<void>;
}

function createChildKeeper({ idleMs = IDLE_MS, fork }: ChildOptions): ChildKeeper {
  let child: EmbedChild | undefined;
  let active = 0;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  const wake = () => {
    if (closed) throw new Error('The embedder was closed.');
    clearTimeout(timer);
    if (child === undefined || !child.isAlive()) child = attachEmbedChild(fork());
    child.setIdle(false);
    return child;
  };
  const rest = () => {
    child?.setIdle(true);
    timer = setTimeout(() => void child?.end(), idleMs).unref();
  };
  const borrow = async (inputs: readonly EmbedderInput[], signal: AbortSignal | undefined) => {
    const awake = wake();
    active += 1;
    try {
      return await awake.embed(inputs, signal === undefined ? {} : { signal });
    } finally {
      active -= 1;
      if (active === 0) rest();
    }
  };
  return {
    embed: (inputs, signal) => twice(() => borrow(inputs, signal)),
    async close() {
      closed = true;
      clearTimeout(timer);
      await child?.end();
    },
  };
}

/** Tries again once when the process ended: it may have been killed for memory, or by hand. */
async function twice<T>(attempt: () => Promise<T>): Promise<T> {
  try {
    return await attempt();
  } catch (error) {
    if (!(error instanceof EmbedChildEnded)) throw error;
  }
  try {
    return await attempt();
  } catch (cause) {
    if (!(cause instanceof EmbedChildEnded)) throw cause;
    throw new FootnoteError(
      'model',
      'The process that embeds texts ended twice before it answered, perhaps for want of memory. Free about 500 MB and try again.',
      { cause },
    );
  }
}
