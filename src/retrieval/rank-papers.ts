import type { Embedder } from '../llm/embedder.ts';
import { normalise } from '../llm/pooling.ts';
import type { PaperId } from '../papers/paper.ts';
import { findMention } from './mentions.ts';
import type { IndexedPaper, PaperFilter, PaperIndex } from './paper-index.ts';
import type { Passage, SentenceNearness } from './passage.ts';
import type { Query } from './query.ts';
import { dot, lexicalSignals, meanOf, type Signals, type SignalWeights, weigh } from './signals.ts';
import type { Stopwatch } from './stopwatch.ts';
import type { TermStatistics } from './term-statistics.ts';

export interface RankRequest {
  readonly index: PaperIndex;
  readonly query: Query;
  readonly statistics: TermStatistics;
  readonly weights: SignalWeights;
  readonly watch: Stopwatch;
  /** Without it words alone rank. */
  readonly embedder?: Pick<Embedder, 'embedQueries'>;
  readonly filter?: PaperFilter;
}

// Each search brings this many; more lifted nothing on 5,000 papers.
const CANDIDATES = 100;
const SECOND_LOOK = 50;
const NEAREST_SENTENCES = 2;
// Terms that only widen the question do not bring candidates of their own.
const MIN_SEARCH_WEIGHT = 0.5;

/** All candidates for a question, best first. */
export async function rankPapers(request: RankRequest): Promise<readonly Passage[]> {
  const { watch } = request;
  const vectors = await embedQuery(request);
  watch.lap('embed');
  const { papers, dense } = await findCandidates(request, vectors);
  watch.lap('search');
  const first = papers.map((paper) => judge(paper, { request, dense })).sort(byScore);
  const passages = vectors === undefined ? first : await lookAgain(first, { request, vectors });
  watch.lap('rank');
  return passages.map((passage, i) => ({ ...passage, rank: i + 1 }));
}

interface QueryVectors {
  readonly question: Float32Array;
  readonly clauses: readonly Float32Array[];
}

async function embedQuery({ embedder, query }: RankRequest): Promise<QueryVectors | undefined> {
  if (embedder === undefined) return undefined;
  const texts = [...query.views.map(({ text }) => text), ...query.clauses];
  const vectors = await embedder.embedQueries(texts);
  const sum = new Float32Array(vectors[0]?.length ?? 0);
  query.views.forEach(({ weight }, v) => {
    vectors[v]?.forEach((x, d) => {
      sum[d] = (sum[d] ?? 0) + weight * x;
    });
  });
  return { question: normalise(sum), clauses: vectors.slice(query.views.length) };
}

interface Candidates {
  readonly papers: readonly IndexedPaper[];
  /** Cosines of the papers that the dense search brought. */
  readonly dense: ReadonlyMap<PaperId, number>;
}

async function findCandidates(
  { index, query, filter }: RankRequest,
  vectors: QueryVectors | undefined,
): Promise<Candidates> {
  const scope = { limit: CANDIDATES, ...(filter !== undefined && { filter }) };
  const terms = [...query.terms].filter(([, weight]) => weight >= MIN_SEARCH_WEIGHT);
  const [lexical, hits] = await Promise.all([
    index.searchLexical({ ...scope, query: terms.map(([term]) => term) }),
    vectors === undefined ? [] : index.searchDense({ ...scope, query: vectors.question }),
  ]);
  const dense = new Map(hits.map(({ paperId, cosine }) => [paperId, cosine]));
  const found = await index.papersById([...new Set([...lexical, ...dense.keys()])]);
  // What was taken back is kept, but nothing is answered from it.
  return { papers: found.filter(({ paper }) => paper.withdrawn !== true), dense };
}

function judge(
  paper: IndexedPaper,
  { request, dense }: { readonly request: RankRequest; readonly dense: Candidates['dense'] },
): Passage {
  const { query, statistics, weights } = request;
  // A paper that the dense search did not bring is no nearer than the last one it did.
  const floor = dense.size === 0 ? 0 : Math.min(...dense.values());
  const cosine = dense.get(paper.paper.id) ?? floor;
  const mention = findMention(query.names, paper, statistics);
  const signals: Signals = {
    dense: cosine,
    sentences: cosine,
    clauses: cosine,
    ...lexicalSignals(paper, query, statistics),
    mention: mention?.strength ?? 0,
  };
  return {
    paper: paper.paper,
    rank: 0,
    score: weigh(signals, weights),
    signals,
    ...(mention !== undefined && { mention }),
    sentences: [],
  };
}

/** The second look: sentence vectors of the best fifty, read for these only. */
async function lookAgain(
  passages: readonly Passage[],
  { request, vectors }: { readonly request: RankRequest; readonly vectors: QueryVectors },
): Promise<readonly Passage[]> {
  const best = passages.slice(0, SECOND_LOOK);
  const stored = await request.index.sentenceVectors(best.map(({ paper }) => paper.id));
  const again = best.map((passage) => {
    const sentences = stored.get(passage.paper.id) ?? [];
    return sentences.length === 0 ? passage : rejudge(passage, { request, vectors, sentences });
  });
  return [...again.sort(byScore), ...passages.slice(SECOND_LOOK)];
}

function rejudge(
  passage: Passage,
  {
    request,
    vectors,
    sentences,
  }: {
    readonly request: RankRequest;
    readonly vectors: QueryVectors;
    /** The title's vector first. */
    readonly sentences: readonly Float32Array[];
  },
): Passage {
  const toQuestion = sentences.map((sentence) => dot(vectors.question, sentence));
  const toClauses = vectors.clauses.map((clause) => sentences.map((one) => dot(clause, one)));
  const nearest = toQuestion.toSorted((a, b) => b - a);
  const signals: Signals = {
    ...passage.signals,
    sentences: meanOf(nearest.slice(0, NEAREST_SENTENCES)),
    clauses:
      toClauses.length === 0
        ? (nearest[0] ?? 0)
        : meanOf(toClauses.map((cosines) => Math.max(...cosines))),
  };
  const nearness = toQuestion.map(
    (question, s): SentenceNearness => ({
      question,
      clause: Math.max(question, ...toClauses.map((cosines) => cosines[s] ?? 0)),
    }),
  );
  return {
    ...passage,
    signals,
    score: weigh(signals, request.weights),
    sentences: nearness.slice(1),
  };
}

/** By score, and by id where equal, so that the same question always gets the same answer. */
function byScore(a: Passage, b: Passage): number {
  return b.score - a.score || (a.paper.id < b.paper.id ? -1 : 1);
}
