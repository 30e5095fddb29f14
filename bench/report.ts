import { availableParallelism, cpus, loadavg } from 'node:os';
import type { CommandContext } from '../src/commands/command.ts';

/** What a bench prints for people; the first row names the columns. */
export interface BenchTable {
  readonly title: string;
  readonly rows: readonly (readonly string[])[];
  /** What a reader must know to read the figures right. */
  readonly notes?: readonly string[];
}

type Output = Pick<CommandContext, 'stdout'>;

/** Prints the table with the machine in its heading, and a blank line. */
export function printTable({ stdout }: Output, table: BenchTable): void {
  const rows = renderRows(table.rows);
  const lines = [`${table.title} (${machine()})`, ...rows, ...(table.notes ?? []), ''];
  stdout.write(`${lines.join('\n')}\n`);
}

/** Prints the figures as one JSON object, which is a bench's last line. */
export function printFigures({ stdout }: Output, figures: Figures): void {
  stdout.write(`${JSON.stringify(figures, toRounded)}\n`);
}

/** A bench's figures by name, as its last line gives them. */
export interface Figures {
  readonly [name: string]: number | string | Figures;
}

/** What the figures hang on; the load average tells whether others used the machine. */
function machine(): string {
  const cores = availableParallelism();
  const [load = 0] = loadavg();
  const model = cpus()[0]?.model.trim() ?? 'unknown processor';
  return `${cores} cores, ${model}, Node ${process.versions.node}, load ${load.toFixed(1)}`;
}

function renderRows(rows: BenchTable['rows']): readonly string[] {
  const widths = (rows[0] ?? []).map((_, c) => Math.max(...rows.map((row) => row[c]?.length ?? 0)));
  return rows.map((row) => {
    const [name = '', ...cells] = row.map((cell, c) =>
      c === 0 ? cell.padEnd(widths[c] ?? 0) : cell.padStart(widths[c] ?? 0),
    );
    return `  ${[name, ...cells].join('  ')}`.trimEnd();
  });
}

function toRounded(_key: string, value: unknown): unknown {
  return typeof value === 'number' ? Math.round(value * 1000) / 1000 : value;
}

/** Milliseconds as people read them: `7.4 ms`, `1,234 ms`. */
export function ms(value: number): string {
  return `${value < 100 ? value.toFixed(1) : Math.round(value).toLocaleString('en')} ms`;
}

export function megabytes(value: number): string {
  return `${Math.round(value)} MB`;
}

/** How many times as much one figure is as another: `2.1x`. */
export function times(value: number): string {
  return `${value.toFixed(value < 10 ? 2 : 0)}x`;
}
