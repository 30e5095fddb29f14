import type { Embedder } from '../llm/embedder.ts';
import { normalise } from '../llm/pooling.ts';
import type { Retriever } from '../retrieval/retriever.ts';
import { dot, lexicalSignals, meanOf, SIGNAL_WEIGHTS, weigh } from '../retrieval/signals.ts';
import type { Candidate } from './candidate.ts';

/** A topic in plain language, as candidates are seen through it. */
export interface TopicLens {
  readonly topic: string;
  /** How much a paper is about it, about 0 to 1: the same signals, weighed as for a question. */
  likeness(candidate: Candidate): number;
  /** Cosine of each sentence of the abstract and the topic; empty without vectors. */
  nearness(candidate: Candidate): readonly number[];
}

export interface LensParts {
  readonly retriever: Retriever;
  readonly embedder: Pick<Embedder, 'embedQueries'>;
}

const NEAREST_SENTENCES = 2;
// Words alone say less: a paper that has all of them is as near as a good one by meaning.
const WORDS_ALONE = 0.7;

/** Reads a topic as a question is read: terms with their rarity, short forms written out, a vector. */
export async function createTopicLens(
  topic: string,
  { retriever, embedder }: LensParts,
): Promise<TopicLens> {
  const { query, statistics, mode } = await retriever.retrieve({ question: topic, limit: 1 });
  const vector = mode === 'hybrid' ? await embedViews(query.views, embedder) : undefined;
  const toSentences = ({ sentences }: Candidate) =>
    vector === undefined ? [] : sentences.map((sentence) => dot(vector, sentence));
  return {
    topic,
    nearness: (candidate) => toSentences(candidate).slice(1),
    likeness(candidate) {
      const lexical = lexicalSignals(candidate.indexed, query, statistics);
      const cosines = toSentences(candidate).toSorted((a, b) => b - a);
      if (vector === undefined || candidate.vector === undefined || cosines.length === 0) {
        return lexical.coverage * WORDS_ALONE;
      }
      const signals = {
        ...lexical,
        dense: dot(vector, candidate.vector),
        sentences: meanOf(cosines.slice(0, NEAREST_SENTENCES)),
        clauses: cosines[0] ?? 0,
        mention: 0,
      };
      return Math.max(0, weigh(signals, SIGNAL_WEIGHTS));
    },
  };
}

async function embedViews(
  views: readonly { readonly text: string; readonly weight: number }[],
  embedder: Pick<Embedder, 'embedQueries'>,
): Promise<Float32Array> {
  const vectors = await embedder.embedQueries(views.map(({ text }) => text));
  const sum = new Float32Array(vectors[0]?.length ?? 0);
  vectors.forEach((vector, v) => {
    const weight = views[v]?.weight ?? 0;
    for (let d = 0; d < sum.length; d++) sum[d] = (sum[d] ?? 0) + weight * (vector[d] ?? 0);
  });
  return normalise(sum);
}
