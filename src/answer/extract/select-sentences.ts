import type { ScoredSentence } from './sentence-scores.ts';

// Carbonell and Goldstein (1998), https://dl.acm.org/doi/10.1145/290941.291025 : how much a new
// sentence's own worth counts beside its likeness to those chosen.
const LAMBDA = 0.7;

/**
 * The best `count` sentences, each new one worth less the more it repeats those before it (maximal
 * marginal relevance), in the order of the abstract.
 */
export function selectSentences(
  sentences: readonly ScoredSentence[],
  count: number,
): readonly ScoredSentence[] {
  const left = new Set(sentences);
  const chosen: ScoredSentence[] = [];
  while (chosen.length < count && left.size > 0) {
    const worth = (sentence: ScoredSentence) =>
      LAMBDA * sentence.score -
      (1 - LAMBDA) * Math.max(0, ...chosen.map((other) => likeness(sentence, other)));
    const best = [...left].reduce((a, b) => (worth(b) > worth(a) ? b : a));
    left.delete(best);
    chosen.push(best);
  }
  return chosen.sort((a, b) => a.start - b.start);
}

/** Share of terms that two sentences have in common (Jaccard). */
function likeness(a: ScoredSentence, b: ScoredSentence): number {
  const one = new Set(a.terms);
  const other = new Set(b.terms);
  const shared = one.intersection(other).size;
  return shared === 0 ? 0 : shared / one.union(other).size;
}
