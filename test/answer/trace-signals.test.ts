import { describe, expect, it } from 'vitest';
import { traceSignals } from '../../src/answer/trace-signals.ts';
import { rowToTurn, turnToRow } from '../../src/store/turn-record.ts';
import { makeTurn } from '../store/make-turn.ts';
import { makePaper, makePassage } from './made-up-library.ts';

const [near, named] = [makePaper('near'), makePaper('named')];
const signals = { dense: 0, sentences: 0.5, clauses: 0.5, lexical: 0, coverage: 0, mention: 0 };
const passages = [
  makePassage(near, { rank: 1, score: 0.912345, signals: { ...signals, dense: 0.71239 } }),
  makePassage(named, { rank: 2, score: 0.4, signals: { ...signals, dense: 0.3, mention: 1 } }),
];

describe('traceSignals', () => {
  it('tells rank and score of each passage by each signal, rounded', () => {
    expect(traceSignals(passages)).toEqual([
      {
        paperId: near.id,
        rank: 1,
        score: 0.9123,
        signals: { ...signals, dense: 0.7124 },
        ranks: { dense: 1, sentences: 1, clauses: 1, lexical: 1, coverage: 1, mention: 2 },
      },
      {
        paperId: named.id,
        rank: 2,
        score: 0.4,
        signals: { ...signals, dense: 0.3, mention: 1 },
        ranks: { dense: 2, sentences: 1, clauses: 1, lexical: 1, coverage: 1, mention: 1 },
      },
    ]);
  });

  it('comes back from a stored turn, and is absent from an older one', () => {
    const older = makeTurn({ answerId: 'older' });
    const row = { ...turnToRow(older), sequence: 1 };
    expect(rowToTurn(row, 'state.db').answer.trace).not.toHaveProperty('passages');
    const trace = { ...older.answer.trace, passages: traceSignals(passages) };
    const newer = { ...older, answer: { ...older.answer, trace } };
    const again = rowToTurn({ ...turnToRow(newer), sequence: 1 }, 'state.db');
    expect(again.answer.trace).toEqual(trace);
  });
});
