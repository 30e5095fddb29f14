import { connect, Index, rerankers } from '@lancedb/lancedb';
import { createCommunityBm25 } from '../src/eval/baselines.ts';
import type { Embedder } from '../src/llm/embedder.ts';
import type { Paper } from '../src/papers/paper.ts';
import { textHash } from '../src/papers/text-hash.ts';
import type { ChunkRow, VectorArchive } from '../src/retrieval/vector-archive.ts';
import type { Contender } from './race.ts';

/** A question as all contenders get it; peers know nothing of history. */
export interface AskedQuestion {
  readonly question: string;
  readonly history?: readonly string[];
}

export interface PeerParts {
  readonly papers: readonly Paper[];
  /** Holds the vectors of the papers; peers search the very same ones. */
  readonly archive: Pick<VectorArchive, 'chunksByText'>;
  /** Without a cache, so that every contender embeds every question itself. */
  readonly embedder: Pick<Embedder, 'embedQueries'>;
  /** An empty folder for LanceDB's own table. */
  readonly folder: string;
}

/** How the peers are called in a bench's JSON. */
export const PEER_KEYS = {
  communityBm25: "community's BM25Retriever",
  cosineScan: 'question vector, plain cosine scan in memory',
  lanceHybrid: "question vector, LanceDB's hybrid query with RRF",
} as const;

const FOUND = 10;
const HASHES_AT_ONCE = 500;

/** The peers, over the same papers and vectors; they only rank papers and give the best ten. */
export async function createQuestionPeers(
  parts: PeerParts,
): Promise<readonly Contender<AskedQuestion>[]> {
  const chunks = await loadChunks(parts);
  const community = createCommunityBm25(parts.papers);
  const scan = createCosineScan(chunks);
  const hybrid = await createLanceHybrid(chunks, parts);
  const embed = async (question: string) => {
    const [vector = new Float32Array()] = await parts.embedder.embedQueries([question]);
    return vector;
  };
  return [
    { name: PEER_KEYS.communityBm25, run: ({ question }) => community(question) },
    { name: PEER_KEYS.cosineScan, run: async ({ question }) => scan(await embed(question)) },
    {
      name: PEER_KEYS.lanceHybrid,
      run: async ({ question }) => hybrid(question, await embed(question)),
    },
  ];
}

async function loadChunks({ papers, archive }: PeerParts): Promise<readonly ChunkRow[]> {
  const hashes = papers.map(textHash);
  const chunks: ChunkRow[] = [];
  for (let from = 0; from < hashes.length; from += HASHES_AT_ONCE) {
    chunks.push(...(await archive.chunksByText(hashes.slice(from, from + HASHES_AT_ONCE))));
  }
  return chunks;
}

/** As LangChain's MemoryVectorStore does it: the cosine with every vector, then a sort. */
function createCosineScan(chunks: readonly ChunkRow[]) {
  return (query: Float32Array) =>
    chunks
      .map(({ paperId, vector }) => ({ paperId, cosine: cosineOf(query, vector) }))
      .sort((a, b) => b.cosine - a.cosine)
      .slice(0, FOUND);
}

function cosineOf(a: Float32Array, b: Float32Array): number {
  let [dot, squaresA, squaresB] = [0, 0, 0];
  for (let d = 0; d < a.length; d++) {
    const [x = 0, y = 0] = [a[d], b[d]];
    dot += x * y;
    squaresA += x * x;
    squaresB += y * y;
  }
  return dot / Math.sqrt(squaresA * squaresB);
}

/** One table with text and vector as its documentation has it, since a hybrid query takes one. */
async function createLanceHybrid(chunks: readonly ChunkRow[], { papers, folder }: PeerParts) {
  const texts = new Map(papers.map(({ id, title, abstract }) => [id, `${title}\n${abstract}`]));
  const rows = chunks.map(({ paperId, vector }) => ({
    id: paperId,
    text: texts.get(paperId) ?? '',
    vector: [...vector],
  }));
  const connection = await connect(folder);
  const table = await connection.createTable('papers', rows);
  await table.createIndex('text', { config: Index.fts() });
  const reranker = await rerankers.RRFReranker.create();
  return (question: string, vector: Float32Array) =>
    table
      .query()
      .nearestTo(vector)
      .distanceType('cosine')
      .fullTextSearch(question, { columns: ['text'] })
      .rerank(reranker)
      .select(['id'])
      .limit(FOUND)
      .toArray();
}
