import type { Citation, ComparisonTable } from '../answer/answer.ts';
import { NOT_STATED, shortName } from '../answer/extract/tables.ts';
import { numberOfColumn } from '../answer/show/beside.ts';
import { capital } from '../answer/show/capital.ts';
import { type AnswerPage, paintMarkers, withMarkers } from './answer-page.ts';
import { safeText } from './safe-text.ts';
import { displayWidth, wrapText } from './wrap-text.ts';

/** In narrower columns quotes fall apart into words; the aspects then stand one below the other. */
const LEAST_COLUMN = 24;
const WIDEST_ASPECT = 14;
const GAP = '  ';
const INDENT = '  ';

/** What a cell shows, before it is fitted to a width. */
interface Cell {
  readonly text: string;
  readonly isStated: boolean;
}

interface Grid {
  readonly header: readonly string[];
  readonly rows: readonly { readonly aspect: string; readonly cells: readonly Cell[] }[];
  readonly known: ReadonlySet<number>;
}

/** A comparison in columns where the width allows, else aspect by aspect. */
export function renderTable(
  table: ComparisonTable,
  citations: readonly Citation[],
  page: AnswerPage,
): readonly string[] {
  if (table.rows.length === 0) return [];
  const grid = toGrid(table, citations);
  const aspectWidth = Math.min(
    WIDEST_ASPECT,
    Math.max(0, ...grid.rows.map(({ aspect }) => displayWidth(aspect))),
  );
  const count = Math.max(grid.header.length, 1);
  const column = Math.floor((page.width - aspectWidth) / count) - GAP.length;
  return column >= LEAST_COLUMN
    ? inColumns(grid, [aspectWidth, ...grid.header.map(() => column)], page)
    : stacked(grid, page);
}

function toGrid({ columns, rows }: ComparisonTable, citations: readonly Citation[]): Grid {
  return {
    header: columns.map((column) => {
      const n = numberOfColumn(column, citations);
      return withMarkers({
        text: shortName(safeText(column.title)) || '(no title)',
        citations: n === undefined ? [] : [n],
      });
    }),
    rows: rows.map(({ aspect, cells }) => ({
      aspect: capital(safeText(aspect)),
      cells: cells.map((cell) =>
        cell === null
          ? { text: NOT_STATED, isStated: false }
          : { text: `“${safeText(cell.quote)}”`, isStated: true },
      ),
    })),
    known: new Set(citations.map(({ n }) => n)),
  };
}

function inColumns(
  { header, rows, known }: Grid,
  widths: readonly number[],
  { style }: AnswerPage,
): readonly string[] {
  const total = widths.reduce((sum, width) => sum + width, 0) + GAP.length * (widths.length - 1);
  const rule = style('dim', '─'.repeat(total));
  const titles = besides(['', ...header], widths, (line) =>
    style('bold', paintMarkers(line, known, style)),
  );
  const blocks = rows.map(({ aspect, cells }) =>
    besides([aspect, ...cells.map(({ text }) => text)], widths, (line, i) => {
      if (i === 0) return style('bold', line);
      return cells[i - 1]?.isStated === false ? style('dim', line) : line;
    }),
  );
  return [...titles, rule, ...blocks.flatMap((lines, i) => (i === 0 ? lines : ['', ...lines]))];
}

/** Texts wrapped side by side. */
function besides(
  texts: readonly string[],
  widths: readonly number[],
  paint: (line: string, column: number) => string,
): readonly string[] {
  const wrapped = texts.map((text, i) => wrapText(text, widths[i] ?? 1));
  const height = Math.max(...wrapped.map((lines) => lines.length));
  return Array.from({ length: height }, (_, y) => {
    const last = wrapped.findLastIndex((lines) => (lines[y] ?? '') !== '');
    return wrapped
      .slice(0, last + 1)
      .map((lines, x) => {
        const line = lines[y] ?? '';
        const gap = x === last ? '' : ' '.repeat((widths[x] ?? 0) - displayWidth(line)) + GAP;
        return paint(line, x) + gap;
      })
      .join('');
  });
}

function stacked({ header, rows, known }: Grid, { width, style }: AnswerPage): readonly string[] {
  const room = Math.max(width - 2 * INDENT.length, LEAST_COLUMN / 2);
  const blocks = rows.map(({ aspect, cells }) => [
    ...wrapText(aspect, width).map((line) => style('bold', line)),
    ...cells.flatMap(({ text, isStated }, i) => [
      ...wrapText(header[i] ?? '', room).map((line) => INDENT + paintMarkers(line, known, style)),
      ...wrapText(text, room).map(
        (line) => INDENT + INDENT + (isStated ? line : style('dim', line)),
      ),
    ]),
  ]);
  return blocks.flatMap((lines, i) => (i === 0 ? lines : ['', ...lines]));
}
