import type { Paper, PaperId } from '../papers/paper.ts';
import type { IndexedPaper, PaperIndex } from '../retrieval/paper-index.ts';
import type { AbstractChange } from './digest.ts';
import { type DigestFacts, factsOf } from './paper-facts.ts';
import { meanVector } from './vectors.ts';

/** A paper that may come into a digest. */
export interface Candidate {
  readonly paper: Paper;
  readonly indexed: IndexedPaper;
  readonly facts: DigestFacts;
  /** Of the whole text; not there while vectors are still being made. */
  readonly vector?: Float32Array;
  /** The title's vector first, then the sentences'. */
  readonly sentences: readonly Float32Array[];
  /** Only of a paper that was shown before and is new in what it says. */
  readonly change?: AbstractChange;
}

const BATCH = 500;

/** The papers with these ids as candidates, those withdrawn left out; in the order of the ids. */
export async function loadCandidates(
  ids: readonly PaperId[],
  index: Pick<PaperIndex, 'papersById' | 'sentenceVectors'>,
): Promise<readonly Candidate[]> {
  const found = new Map<PaperId, Candidate>();
  for (let from = 0; from < ids.length; from += BATCH) {
    const batch = ids.slice(from, from + BATCH);
    const [papers, vectors] = await Promise.all([
      index.papersById(batch),
      index.sentenceVectors(batch),
    ]);
    for (const indexed of papers) {
      const { id } = indexed.paper;
      found.set(id, toCandidate(indexed, vectors.get(id) ?? []));
    }
  }
  return ids.flatMap((id) => found.get(id) ?? []).filter(({ facts }) => !facts.isWithdrawn);
}

function toCandidate(indexed: IndexedPaper, sentences: readonly Float32Array[]): Candidate {
  // Late-chunked sentence vectors share their context: their mean stands for the whole text.
  const vector = meanVector(sentences);
  const { paper } = indexed;
  return {
    paper,
    indexed,
    facts: factsOf(paper),
    sentences,
    ...(vector !== undefined && { vector }),
  };
}
