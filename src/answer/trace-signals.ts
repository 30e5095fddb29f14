import type { Passage } from '../retrieval/passage.ts';
import type { Signals } from '../retrieval/signals.ts';
import type { RankedBySignals } from './answer.ts';

/** What each signal says of each passage, for the Trace: its score, and its rank by that alone. */
export function traceSignals(passages: readonly Passage[]): readonly RankedBySignals[] {
  return passages.map(({ paper, rank, score, signals }) => ({
    paperId: paper.id,
    rank,
    score: rounded(score),
    signals: bySignal((name) => rounded(signals[name])),
    ranks: bySignal(
      (name) => 1 + passages.filter((other) => other.signals[name] > signals[name]).length,
    ),
  }));
}

function bySignal(value: (name: keyof Signals) => number): Signals {
  return {
    dense: value('dense'),
    sentences: value('sentences'),
    clauses: value('clauses'),
    lexical: value('lexical'),
    coverage: value('coverage'),
    mention: value('mention'),
  };
}

function rounded(score: number): number {
  return Math.round(score * 1e4) / 1e4;
}
