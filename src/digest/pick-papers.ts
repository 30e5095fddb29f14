import { foldTitle } from '../papers/fold.ts';
import { dot } from '../retrieval/signals.ts';
import type { Candidate } from './candidate.ts';
import type { ScoredPaper } from './score-papers.ts';

/** A paper with those that say nearly the same. */
export interface PaperGroup {
  readonly best: ScoredPaper;
  readonly alike: readonly ScoredPaper[];
}

// The nearest two abstracts of the shipped ones, which are different works, have .87.
const NEARLY_SAME = 0.93;
// Maximal marginal relevance (Carbonell and Goldstein, 1998): what counts is the score, less how much
// a paper repeats those that were picked before it.
const LAMBDA = 0.7;
const SAME_TOPIC = 0.12;

/** Near-duplicates joined under the best of them; the order of the scores stays. */
export function groupAlike(papers: readonly ScoredPaper[]): readonly PaperGroup[] {
  const groups: { readonly best: ScoredPaper; readonly alike: ScoredPaper[] }[] = [];
  for (const paper of papers) {
    const group = groups.find(({ best }) => isAlike(best.candidate, paper.candidate));
    if (group === undefined) groups.push({ best: paper, alike: [] });
    else group.alike.push(paper);
  }
  return groups;
}

/** Up to `most` groups by maximal marginal relevance, so that one topic does not take all places. */
export function pickDiverse(groups: readonly PaperGroup[], most: number): readonly PaperGroup[] {
  const left = [...groups];
  const picked: PaperGroup[] = [];
  while (picked.length < most && left.length > 0) {
    const [next] = left.toSorted((a, b) => worth(b, picked) - worth(a, picked));
    if (next === undefined) break;
    left.splice(left.indexOf(next), 1);
    picked.push(next);
  }
  return picked;
}

function worth({ best }: PaperGroup, picked: readonly PaperGroup[]): number {
  const repeats = picked.map((other) => cosine(best.candidate, other.best.candidate));
  const sameTopic = picked.filter(({ best: other }) => other.lens === best.lens).length;
  const share = picked.length === 0 ? 0 : sameTopic / picked.length;
  return LAMBDA * best.score - (1 - LAMBDA) * Math.max(0, ...repeats) - SAME_TOPIC * share;
}

function isAlike(one: Candidate, other: Candidate): boolean {
  return (
    foldTitle(one.paper.title) === foldTitle(other.paper.title) || cosine(one, other) >= NEARLY_SAME
  );
}

function cosine(one: Candidate, other: Candidate): number {
  return one.vector === undefined || other.vector === undefined ? 0 : dot(one.vector, other.vector);
}
