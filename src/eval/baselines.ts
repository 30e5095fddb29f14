import { BM25Retriever } from '@langchain/community/retrievers/bm25';
import { Document } from '@langchain/core/documents';
import type { Paper } from '../papers/paper.ts';
import type { Rank } from './beir.ts';
import { RUN_DEPTH } from './trec-run.ts';

/**
 * LangChain community's BM25Retriever over title and abstract, as a baseline only: it lowercases the
 * question but not the texts, and counts a word inside other words ("art" in "start").
 * Gives the best 100 papers that share a word with the question, which may be none.
 */
export function createCommunityBm25(
  papers: Iterable<Pick<Paper, 'id' | 'title' | 'abstract'>>,
): Rank {
  const documents = Array.from(
    papers,
    ({ id, title, abstract }) =>
      new Document({ pageContent: `${title}\n${abstract}`, metadata: { id } }),
  );
  const retriever = BM25Retriever.fromDocuments(documents, { k: RUN_DEPTH, includeScore: true });
  return async (query) => {
    const words = plainWords(query);
    if (words === '' || documents.length === 0) return [];
    const found = await retriever.invoke(words);
    return found.map(toScored).filter((doc) => doc.score > 0);
  };
}

/**
 * Words without punctuation. The retriever makes a regular expression of each word: earlier releases
 * threw on "c++" or "what?(", this one escapes them but then looks for "gpu?" with its question mark,
 * and an empty word (a space at either end) matches between any two letters.
 */
function plainWords(query: string): string {
  const words = query.split(/[^\p{L}\p{N}-]+/u).filter((word) => /[\p{L}\p{N}]/u.test(word));
  return words.join(' ');
}

function toScored(document: { readonly metadata: Record<string, unknown> }) {
  return { id: String(document.metadata.id), score: Number(document.metadata.bm25Score) };
}
