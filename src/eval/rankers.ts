import type { Embedder } from '../llm/embedder.ts';
import { analyseQuery } from '../retrieval/analyzer.ts';
import type { PaperIndex } from '../retrieval/paper-index.ts';
import type { Retriever } from '../retrieval/retriever.ts';
import type { RankQuestion } from './retrieval-scores.ts';
import { RUN_DEPTH, type ScoredDoc } from './trec-run.ts';

/** Footnote's own ranking. */
export function createFootnoteRanker(retriever: Retriever): RankQuestion {
  return async ({ question, history }) => {
    const { passages } = await retriever.retrieve({ question, history, limit: RUN_DEPTH });
    return passages.map(({ paper, score }) => ({ id: paper.id, score }));
  };
}

/** The index's BM25 alone, over the question without its history. */
export function createLexicalRanker(index: PaperIndex): RankQuestion {
  return async ({ question }) => {
    const query = analyseQuery(question);
    const ids = await index.searchLexical({ query, limit: RUN_DEPTH });
    return ids.map((id, i): ScoredDoc => ({ id, score: RUN_DEPTH - i }));
  };
}

/** Document vectors alone, over the question without its history. */
export function createDenseRanker(
  index: PaperIndex,
  embedder: Pick<Embedder, 'embedQueries'>,
): RankQuestion {
  return async ({ question }) => {
    const [query] = await embedder.embedQueries([question]);
    if (query === undefined) return [];
    const hits = await index.searchDense({ query, limit: RUN_DEPTH });
    return hits.map(({ paperId, cosine }) => ({ id: paperId, score: cosine }));
  };
}
