import type { Embedder } from '../llm/embedder.ts';
import { normalise } from '../llm/pooling.ts';
import type { Paper, PaperId } from '../papers/paper.ts';
import { findMention } from './mentions.ts';
import type { DenseHit, IndexedPaper, IndexStatus, PaperIndex } from './paper-index.ts';
import { type Query, type RetrievalRequest, readQuery } from './query.ts';
import {
  dot,
  lexicalSignals,
  nearestMean,
  type Signals,
  type SignalWeights,
  weigh,
} from './signals.ts';
import { createTermStatistics, type TermStatistics } from './term-statistics.ts';

/** A paper returned for a question, with its rank from 1 and what speaks for it. */
export interface Passage {
  readonly paper: Paper;
  readonly rank: number;
  readonly score: number;
  readonly signals: Signals;
  /** Cosine of the question with the title, then with each sentence; empty without vectors. */
  readonly sentenceCosines: readonly number[];
}

/** What a question found. */
export interface Retrieval {
  readonly passages: readonly Passage[];
  /** Content words of the question that stand in no paper. */
  readonly unknownWords: readonly string[];
  /** `words` while vectors are still being made. */
  readonly mode: 'hybrid' | 'words';
  readonly status: IndexStatus;
  readonly query: Query;
  readonly statistics: TermStatistics;
  readonly ms: Readonly<Record<string, number>>;
}

/** Question in, ranked papers out; no papers when nothing matches. */
export interface Retriever {
  retrieve(request: RetrievalRequest): Promise<Retrieval>;
}

export interface RetrieverParts {
  readonly index: PaperIndex;
  readonly embedder: () => Promise<Pick<Embedder, 'embedQueries'>>;
  readonly weights?: SignalWeights;
}

/** Found by `npm run eval -- --tune` on the development questions, checked on held-back halves. */
export const SIGNAL_WEIGHTS: SignalWeights = {
  dense: 0.25,
  sentences: 0.25,
  clauses: 0.18,
  lexical: 0.1,
  coverage: 0.2,
  mention: 0.05,
};

const CANDIDATES = 100;
const SECOND_LOOK = 50;
const DEFAULT_LIMIT = 10;
const STATISTICS_SAMPLE = 20_000;
// With fewer vectors than this share, words alone rank more fairly than a mix.
const HYBRID_FROM_SHARE = 0.9;

export function createRetriever(parts: RetrieverParts): Retriever {
  const statistics = createStatisticsCache(parts.index);
  return {
    async retrieve(request) {
      const watch = createStopwatch();
      const status = await parts.index.status();
      const query = readQuery(request, await statistics(status.version));
      watch.lap('read');
      const search = { parts, request, query, statistics: await statistics(status.version) };
      const mode = status.embedded >= status.papers * HYBRID_FROM_SHARE ? 'hybrid' : 'words';
      const passages =
        status.papers === 0 ? [] : await rank({ ...search, mode, lap: watch.lap });
      return {
        passages: passages.slice(0, request.limit ?? DEFAULT_LIMIT),
        unknownWords: query.unknownWords,
        mode,
        status,
        query,
        statistics: search.statistics,
        ms: watch.laps,
      };
    },
  };
}

interface Search {
  readonly parts: RetrieverParts;
  readonly request: RetrievalRequest;
  readonly query: Query;
  readonly statistics: TermStatistics;
  readonly mode: Retrieval['mode'];
  readonly lap: (name: string) => void;
}

async function rank(search: Search): Promise<readonly Passage[]> {
  const vectors = search.mode === 'hybrid' ? await embed(search) : undefined;
  search.lap('embed');
  const { papers, dense } = await findCandidates(search, vectors);
  search.lap('search');
  const first = papers.map((paper) => score(search, { paper, dense, vectors }));
  first.sort(byScore);
  const passages =
    vectors === undefined ? first : await lookAgain(search, { passages: first, vectors });
  search.lap('rank');
  return passages.map((passage, i) => ({ ...passage, rank: i + 1 }));
}

interface QueryVectors {
  readonly question: Float32Array;
  readonly clauses: readonly Float32Array[];
}

async function embed({ parts, query }: Search): Promise<QueryVectors> {
  const embedder = await parts.embedder();
  const texts = [...query.views.map(({ text }) => text), ...query.clauses];
  const vectors = await embedder.embedQueries(texts);
  const mean = new Float32Array(vectors[0]?.length ?? 0);
  query.views.forEach(({ weight }, v) => {
    vectors[v]?.forEach((x, d) => {
      mean[d] = (mean[d] ?? 0) + weight * x;
    });
  });
  return { question: normalise(mean), clauses: vectors.slice(query.views.length) };
}

async function findCandidates(
  { parts, request, query }: Search,
  vectors: QueryVectors | undefined,
): Promise<{
  readonly papers: readonly IndexedPaper[];
  readonly dense: ReadonlyMap<PaperId, number>;
}> {
  const scope = {
    limit: CANDIDATES,
    ...(request.filter === undefined ? {} : { filter: request.filter }),
  };
  const terms = [...query.terms].filter(([, weight]) => weight > 0.5).map(([term]) => term);
  const [lexical, hits] = await Promise.all([
    parts.index.searchLexical({ ...scope, query: terms }),
    vectors === undefined
      ? ([] as readonly DenseHit[])
      : parts.index.searchDense({ ...scope, query: vectors.question }),
  ]);
  const dense = new Map(hits.map(({ paperId, cosine }) => [paperId, cosine]));
  const papers = await parts.index.papersById([...new Set([...lexical, ...dense.keys()])]);
  return { papers, dense };
}

function score(
  { parts, request, query, statistics }: Search,
  found: {
    readonly paper: IndexedPaper;
    readonly dense: ReadonlyMap<PaperId, number>;
    readonly vectors: QueryVectors | undefined;
  },
): Passage {
  // A paper outside the best hundred is at most as near as the last of them.
  const floor = Math.min(...found.dense.values(), 1);
  const dense = found.vectors ? (found.dense.get(found.paper.paper.id) ?? floor) : 0;
  const signals: Signals = {
    dense,
    sentences: dense,
    clauses: dense,
    ...lexicalSignals(found.paper, query, statistics),
    mention: findMention(request.question, found.paper.paper, statistics)?.strength ?? 0,
  };
  const weights = parts.weights ?? SIGNAL_WEIGHTS;
  return {
    paper: found.paper.paper,
    rank: 0,
    score: weigh(signals, weights),
    signals,
    sentenceCosines: [],
  };
}

/** The second look: sentence vectors of the best fifty, read for these only. */
async function lookAgain(
  { parts }: Search,
  found: { readonly passages: readonly Passage[]; readonly vectors: QueryVectors },
): Promise<readonly Passage[]> {
  const { question, clauses } = found.vectors;
  const best = found.passages.slice(0, SECOND_LOOK);
  const sentences = await parts.index.sentenceVectors(best.map(({ paper }) => paper.id));
  const weights = parts.weights ?? SIGNAL_WEIGHTS;
  const again = best.map((passage) => {
    const vectors = sentences.get(passage.paper.id) ?? [];
    if (vectors.length === 0) return passage;
    const nearest = nearestMean(question, vectors, 2);
    const each = clauses.map((clause) => nearestMean(clause, vectors, 1));
    const mean = each.reduce((sum, x) => sum + x, 0) / Math.max(each.length, 1);
    const signals: Signals = {
      ...passage.signals,
      sentences: nearest,
      clauses: each.length === 0 ? nearestMean(question, vectors, 1) : mean,
    };
    return {
      ...passage,
      signals,
      score: weigh(signals, weights),
      sentenceCosines: vectors.map((vector) => dot(question, vector)),
    };
  });
  return [...again.sort(byScore), ...found.passages.slice(SECOND_LOOK)];
}

/** By score, and by id where equal, so that equal questions get equal answers. */
function byScore(a: Passage, b: Passage): number {
  return b.score - a.score || (a.paper.id < b.paper.id ? -1 : 1);
}

/** Term statistics are read anew when the stored papers have changed. */
function createStatisticsCache(index: PaperIndex): (version: number) => Promise<TermStatistics> {
  let kept: { readonly version: number; readonly statistics: Promise<TermStatistics> } | undefined;
  return (version) => {
    if (kept?.version !== version) {
      kept = { version, statistics: createTermStatistics(index.sample(STATISTICS_SAMPLE)) };
    }
    return kept.statistics;
  };
}

function createStopwatch(): {
  readonly laps: Record<string, number>;
  readonly lap: (name: string) => void;
} {
  const laps: Record<string, number> = {};
  let last = performance.now();
  return {
    laps,
    lap(name) {
      const now = performance.now();
      laps[name] = Math.round((now - last) * 10) / 10;
      last = now;
    },
  };
}
