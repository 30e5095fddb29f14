import type { types } from '@slack/bolt';
import type { Answer, Citation, RankedPaper } from '../answer/answer.ts';
import { NOT_STATED, shortName } from '../answer/extract/tables.ts';
import { numberOfColumn } from '../answer/show/beside.ts';
import { capital } from '../answer/show/capital.ts';
import { cleanLine } from '../answer/show/clean-text.ts';
import type { Paper } from '../papers/paper.ts';
import { type Block, LIMITS, plain } from './blocks.ts';
import { bullets, line, quoted, richText, run, titleRun } from './rich-text.ts';

/** How much may be shown: counts, and characters of each title, quote and cell. */
interface Room {
  readonly title: number;
  readonly quote: number;
  readonly cell: number;
  readonly columns: number;
  readonly rows: number;
  readonly sources: number;
}

/** The cited papers with their quotes, folded away until somebody opens them. */
export function renderSources({ citations }: Answer, room: Room): readonly Block[] {
  if (citations.length === 0) return [];
  const shown = citations.slice(0, room.sources);
  const rest = citations.length - shown.length;
  const elements = shown.flatMap((citation) => renderSource(citation, room));
  if (rest > 0) elements.push(line(run(`And ${rest} more; “Export BibTeX” has all.`)));
  const title = citations.length === 1 ? '1 source' : `${citations.length} sources`;
  return [
    {
      type: 'container',
      title: plain(`${title}, with quotes`, LIMITS.containerTitle),
      is_collapsible: true,
      default_collapsed: true,
      child_blocks: [richText(...elements)],
    },
  ];
}

function renderSource(
  citation: Citation,
  { title: longestTitle, quote: longest }: Room,
): readonly (types.RichTextSection | types.RichTextQuote)[] {
  const { n, date, evidence } = citation;
  const day = date === undefined ? [] : [run(` · ${date.slice(0, 10)}`)];
  const quotes = longest === 0 ? [] : evidence.slice(0, 3);
  return [
    line(run(`[${n}] `), titleRun(citation, longestTitle), ...day),
    ...quotes.map(({ quote }) => quoted(run(`“${cleanLine(quote)}”`, { most: longest }))),
  ];
}

/** The papers that come nearest to a question that has no answer. */
export function renderNearest(
  nearest: readonly RankedPaper[],
  papers: readonly Paper[],
): readonly Block[] {
  if (nearest.length === 0) return [];
  const known = new Map(papers.map((paper) => [paper.id, paper]));
  const lines = nearest.slice(0, 5).map((ranked) => {
    const url = known.get(ranked.paperId)?.url;
    return line(titleRun({ title: ranked.title, ...(url !== undefined && { url }) }));
  });
  return [richText(line(run('Nearest papers')), bullets(lines))];
}

/** A comparison, aspect by aspect; a cell without a quote says so. */
export function renderTable(
  { table, citations }: Answer,
  { cell: longest, columns: mostColumns, rows: mostRows }: Room,
): readonly Block[] {
  if (table === undefined || table.rows.length === 0) return [];
  const columns = table.columns.slice(0, mostColumns);
  const header = columns.map((column) => {
    const n = numberOfColumn(column, citations);
    const name = shortName(cleanLine(column.title)) || '(no title)';
    return cell(n === undefined ? name : `${name} [${n}]`, longest, true);
  });
  const rows = table.rows
    .slice(0, mostRows)
    .map(({ aspect, cells }) => [
      cell(capital(cleanLine(aspect)), longest, true),
      ...cells
        .slice(0, mostColumns)
        .map((each) => cell(each === null ? NOT_STATED : `“${cleanLine(each.quote)}”`, longest)),
    ]);
  const column_settings = [...columns, undefined].map(() => ({ is_wrapped: true }));
  return [{ type: 'table', column_settings, rows: [[cell('', longest), ...header], ...rows] }];
}

function cell(text: string, most: number, bold = false): types.RichTextBlock {
  return richText(line(run(text, { most, bold })));
}
