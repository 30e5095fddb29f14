import type { Embedder } from '../llm/embedder.ts';
import { withPaperCache } from './cached-index.ts';
import type { IndexStatus, PaperFilter, PaperIndex } from './paper-index.ts';
import type { Filtered, Retrieval } from './passage.ts';
import { type RetrievalRequest, readQuery } from './query.ts';
import { rankPapers } from './rank-papers.ts';
import { SIGNAL_WEIGHTS, type SignalWeights } from './signals.ts';
import { createStopwatch } from './stopwatch.ts';
import { createTermStatistics, type TermStatistics } from './term-statistics.ts';

/** Question in, ranked papers out; none when nothing matches. */
export interface Retriever {
  retrieve(request: RetrievalRequest): Promise<Retrieval>;
}

export interface RetrieverParts {
  readonly index: PaperIndex;
  readonly embedder: Pick<Embedder, 'embedQueries'>;
  readonly weights?: SignalWeights;
}

const DEFAULT_LIMIT = 10;
// Enough to tell how rare a word is; bounds memory and start-up for large corpora.
const STATISTICS_SAMPLE = 20_000;
const RENEWED_SHARE = 0.1;
// With vectors for fewer papers than this share, words alone rank more fairly than a mix.
const HYBRID_FROM_SHARE = 0.9;

/** Searches words and vectors at once, fuses them and looks again at the best by their sentences. */
export function createRetriever({ index: stored, embedder, weights }: RetrieverParts): Retriever {
  const index = withPaperCache(stored);
  const statisticsOf = createStatisticsCache(index);
  return {
    async retrieve(request) {
      const watch = createStopwatch();
      const status = await index.status();
      const statistics = await statisticsOf(status);
      const query = readQuery(request, statistics);
      watch.lap('read');
      const isHybrid = status.embedded >= status.papers * HYBRID_FROM_SHARE;
      const passages = await rankPapers({
        index,
        query,
        statistics,
        watch,
        ...(isHybrid && status.papers > 0 && { embedder }),
        ...(request.filter !== undefined && { filter: request.filter }),
        weights: weights ?? SIGNAL_WEIGHTS,
      });
      return {
        passages: passages.slice(0, request.limit ?? DEFAULT_LIMIT),
        mode: isHybrid ? 'hybrid' : 'words',
        status,
        ...(request.filter !== undefined && { filtered: await count(request.filter, index) }),
        query,
        statistics,
        ms: watch.laps,
      };
    },
  };
}

async function count(filter: PaperFilter, index: PaperIndex): Promise<Filtered> {
  const papers = await index.count(filter);
  if (filter.sources === undefined) return { papers };
  const pages = await index.pages();
  const unknownPages = filter.sources.filter((source) => !pages.includes(source));
  return unknownPages.length === 0 ? { papers } : { papers, unknownPages, pages };
}

/**
 * Statistics are read anew when the stored papers have changed. A library larger than the sample
 * changes them little with every paper: there they are kept until it has grown by a tenth.
 */
function createStatisticsCache(
  index: PaperIndex,
): (status: IndexStatus) => Promise<TermStatistics> {
  let kept:
    | { readonly status: IndexStatus; readonly statistics: Promise<TermStatistics> }
    | undefined;
  return (status) => {
    if (kept === undefined || !isStillTrue(kept.status, status)) {
      const read = { status, statistics: createTermStatistics(index.sample(STATISTICS_SAMPLE)) };
      kept = read;
      read.statistics.catch(() => {
        if (kept === read) kept = undefined;
      });
    }
    return kept.statistics;
  };
}

function isStillTrue(before: IndexStatus, now: IndexStatus): boolean {
  if (before.version === now.version) return true;
  const grown = Math.abs(now.papers - before.papers);
  return before.papers >= STATISTICS_SAMPLE && grown < before.papers * RENEWED_SHARE;
}
