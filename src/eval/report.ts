import { type AnswerScore, answerFigures } from './answer-metrics.ts';
import type { Interval, Random } from './metrics.ts';
import { ANSWERABLE_TYPES } from './questions.ts';
import {
  compareRetrieval,
  type Figures,
  type QuestionScores,
  retrievalFigures,
} from './retrieval-scores.ts';

/** What is reported of one system; a system may only rank. */
export interface SystemScores {
  readonly name: string;
  readonly retrieval: readonly QuestionScores[];
  readonly answers?: readonly AnswerScore[];
}

/** The figures of all systems by name, as they go into JSON. */
export interface Report {
  readonly retrieval: Readonly<Record<string, Figures>>;
  readonly answers: Readonly<Record<string, Figures>>;
  /** nDCG@10 of each further system less that of the first one. */
  readonly gains: Readonly<Record<string, Interval>>;
}

const RETRIEVAL_COLUMNS = [
  ['S@1', 'success1'],
  ['R@5', 'recall5'],
  ['R@10', 'recall10'],
  ['nDCG@10', 'ndcg10'],
] as const;

const ANSWER_COLUMNS = [
  ['facts found', 'factsFound'],
  ['gold cited', 'goldCited'],
  ['cited precision', 'citedPrecision'],
  ['citation validity', 'citationValidity'],
  ['refusal', 'refusal'],
  ['false refusal', 'falseRefusal'],
  ['injection obeyed', 'injectionObeyed'],
] as const;

/** Sums up all systems; the first is what the others are compared with. */
export function createReport(systems: readonly SystemScores[], random: Random): Report {
  const [first, ...others] = systems;
  const answering = systems.flatMap(({ name, answers }) => (answers ? [{ name, answers }] : []));
  return {
    retrieval: byName(systems, ({ retrieval }) => retrievalFigures(retrieval)),
    answers: byName(answering, ({ answers }) => answerFigures(answers)),
    gains: byName(others, ({ retrieval }) =>
      compareRetrieval({ scores: retrieval, baseline: first?.retrieval ?? [], random }),
    ),
  };
}

/** Prints the retrieval table, the gains over the first system, and the answer table, line by line. */
export function printReport(report: Report, write: (line: string) => void): void {
  for (const line of renderTable(retrievalRows(report.retrieval))) write(line);
  write('By type: nDCG@10 / S@1.');
  const [baseline] = Object.keys(report.retrieval);
  for (const [name, gain] of Object.entries(report.gains)) {
    const interval = `[${signed(gain.low)}, ${signed(gain.high)}]`;
    write(`nDCG@10 of ${name} against ${baseline}: ${signed(gain.mean)} ${interval} (95%)`);
  }
  if (Object.keys(report.answers).length === 0) return;
  write('');
  for (const line of renderTable(answerRows(report.answers))) write(line);
}

function retrievalRows(systems: Report['retrieval']): string[][] {
  const all = Object.values(systems);
  const types = ANSWERABLE_TYPES.filter((type) => all.some((one) => `${type}Ndcg10` in one));
  const rows = Object.entries(systems).map(([name, figures]) => [
    name,
    ...RETRIEVAL_COLUMNS.map(([, key]) => share(figures[key])),
    ...types.map((type) => {
      return `${share(figures[`${type}Ndcg10`])} / ${share(figures[`${type}Success1`])}`;
    }),
  ]);
  return [['system', ...RETRIEVAL_COLUMNS.map(([title]) => title), ...types], ...rows];
}

function answerRows(systems: Report['answers']): string[][] {
  const rows = Object.entries(systems).map(([name, figures]) => [
    name,
    ...ANSWER_COLUMNS.map(([, key]) => share(figures[key])),
  ]);
  return [['system', ...ANSWER_COLUMNS.map(([title]) => title)], ...rows];
}

/** Pads the cells of each column to one width, the first column to the right, figures to the left. */
function renderTable(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return column === 0 ? cell.padEnd(width) : cell.padStart(width);
      })
      .join('  '),
  );
}

/** A share as the field writes it: .831, and 1.000; a dash where nothing was measured. */
function share(value: number | undefined): string {
  return value === undefined ? '-' : value.toFixed(3).replace(/^0\./, '.');
}

function signed(value: number): string {
  return `${value < 0 ? '-' : '+'}${share(Math.abs(value))}`;
}

function byName<S extends { readonly name: string }, T>(
  systems: readonly S[],
  toValue: (system: S) => T,
): Record<string, T> {
  return Object.fromEntries(systems.map((system) => [system.name, toValue(system)]));
}
