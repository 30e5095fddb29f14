import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EmbedBatchRequest, embedInBatches } from '../../src/commands/embed-batch.ts';
import type { Embedder } from '../../src/llm/embedder.ts';
import { createBatchClient } from '../../src/llm/openai-batch-client.ts';
import { createBatchRecords } from '../../src/llm/openai-batch-records.ts';
import { createOpenAIEmbedder } from '../../src/llm/openai-embedder.ts';
import { type LanceIndex, openLanceIndex } from '../../src/retrieval/lance/lance-index.ts';
import { FakeBatchServer } from '../fakes/batch-server.ts';
import { makePaper } from '../retrieval/indexed-paper.ts';

export const KEY = 'sk-test-0123456789abcdef';

/** Five papers of four texts each: whole, title and two sentences. */
export const papers = ['Alpha', 'Beta', 'Gamma', 'Delta', 'Epsilon'].map((title) =>
  makePaper(title, `${title} is about graphs. They are large.`),
);
export const titles = papers.map(({ title }) => title).toSorted();
const TEXTS_A_PAPER = 4;
/** Limits that two of them fill. */
export const twoABatch = { texts: 2 * TEXTS_A_PAPER, bytes: 1_000_000 };

/** An empty index with what embeds its papers through a fake Batch API. */
export interface BatchRig {
  readonly server: FakeBatchServer;
  readonly index: LanceIndex;
  readonly embedder: Embedder;
  /** What people were told, and how long was waited, in the order it happened. */
  readonly told: string[];
  readonly pauses: number[];
  readonly folder: string;
  embed(options?: Partial<EmbedBatchRequest>): ReturnType<typeof embedInBatches>;
  close(): Promise<void>;
}

export async function openBatchRig(): Promise<BatchRig> {
  const root = await mkdtemp(join(tmpdir(), 'footnote-batch-'));
  const server = await FakeBatchServer.start();
  const choice = { model: 'tiny', apiKey: KEY, baseUrl: server.baseUrl, maxRetries: 1 };
  const embedder = await createOpenAIEmbedder(choice);
  const { model, dimensions } = embedder;
  const index = await openLanceIndex({ location: join(root, 'index'), model, dimensions });
  const folder = join(root, 'state', 'embed-batches');
  const told: string[] = [];
  const pauses: number[] = [];
  const request: EmbedBatchRequest = {
    index,
    embedder,
    client: await createBatchClient(choice),
    records: createBatchRecords({ folder, model }),
    model: 'tiny',
    folder,
    wait: true,
    tell: (line) => told.push(line),
    sleep: async (ms) => pauses.push(ms),
  };
  server.calls.length = 0;
  return {
    server,
    index,
    embedder,
    told,
    pauses,
    folder,
    embed: (options = {}) => embedInBatches({ ...request, ...options }),
    async close() {
      index.close();
      await server.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}
