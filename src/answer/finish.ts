import type { Paper } from '../papers/paper.ts';
import type { Passage, Retrieval } from '../retrieval/passage.ts';
import type { Stopwatch } from '../retrieval/stopwatch.ts';
import type { Answer, AskedBefore, ComparisonTable, RankedPaper, Stance, Trace } from './answer.ts';
import { type CitedDraft, cite, type Quote, toEvidence } from './draft.ts';
import type { DraftedAnswer } from './extract/draft-answer.ts';
import type { DraftStance, DraftTable } from './model/written.ts';
import { traceSignals } from './trace-signals.ts';

/** An answer and the records of the papers it cites or names as nearest. */
export interface AnsweredQuestion {
  readonly answer: Answer;
  readonly papers: readonly Paper[];
}

export interface FinishParts {
  readonly id: string;
  readonly watch: Stopwatch;
  /** What a model had to do with it. */
  readonly trace?: Partial<Trace>;
  readonly askedBefore?: AskedBefore;
}

const SHOWN_PASSAGES = 10;
const SHOWN_NEAREST = 3;

/** Numbers the papers of a draft and adds what was found, what it took and what it cost. */
export function finish(drafted: DraftedAnswer, parts: FinishParts): AnsweredQuestion {
  const { kind, intent, retrieval, table, stances } = drafted;
  const cited = cite(drafted.sentences, quotesBeside(drafted));
  const nearest = kind === 'answered' ? [] : retrieval.passages.slice(0, SHOWN_NEAREST);
  parts.watch.stop();
  const answer: Answer = {
    kind,
    intent,
    text: cited.text,
    sentences: cited.sentences,
    citations: cited.citations,
    passages: retrieval.passages.slice(0, SHOWN_PASSAGES).map(toRanked),
    ...(kind === 'insufficient-evidence' && { nearest: nearest.map(toRanked) }),
    ...(table !== undefined && { table: numberTable(table, cited) }),
    ...(stances !== undefined && { stances: numberStances(stances, cited) }),
    ...(parts.askedBefore !== undefined && { askedBefore: parts.askedBefore }),
    trace: {
      answerId: parts.id,
      ms: { ...retrieval.ms, ...parts.watch.laps },
      modelCalls: 0,
      promptTokens: 0,
      completionTokens: 0,
      mode: modeOf(retrieval),
      ...parts.trace,
      passages: traceSignals(retrieval.passages).slice(0, SHOWN_PASSAGES),
    },
  };
  const papers = [...cited.papers, ...nearest.map(({ paper }) => paper)];
  return { answer, papers: [...new Map(papers.map((paper) => [paper.id, paper])).values()] };
}

/** As answers show a ranked paper. */
export function toRanked({ paper, score }: Passage): RankedPaper {
  return { paperId: paper.id, title: paper.title, score: Math.round(score * 1e4) / 1e4 };
}

/** Quotes that stand in a table or beside a stance only. */
function quotesBeside({ table, stances }: DraftedAnswer): readonly Quote[] {
  const cells = table?.rows.flatMap((row) => row.cells.filter((cell) => cell !== undefined)) ?? [];
  return [...cells, ...(stances ?? []).map(({ quote }) => quote)];
}

function numberTable({ columns, rows }: DraftTable, cited: CitedDraft): ComparisonTable {
  return {
    columns: columns.map(({ paper }) => ({ paperId: paper.id, title: paper.title })),
    rows: rows.map(({ aspect, cells }) => ({
      aspect,
      cells: cells.map((cell) =>
        cell === undefined ? null : { n: numberOf(cell.paper, cited), ...toEvidence(cell) },
      ),
    })),
  };
}

function numberStances(stances: readonly DraftStance[], cited: CitedDraft): readonly Stance[] {
  return stances.map(({ stance, quote }) => ({
    n: numberOf(quote.paper, cited),
    stance,
    evidence: toEvidence(quote),
  }));
}

function numberOf({ id }: Paper, { citations }: CitedDraft): number {
  return citations.find(({ paperId }) => paperId === id)?.n ?? 0;
}

function modeOf({ mode, status }: Retrieval): string {
  return mode === 'hybrid'
    ? 'extractive'
    : `extractive, from words alone: vectors are there for ${status.embedded} of ${status.papers} papers`;
}
