import { html } from 'hono/html';
import type { ComparisonTable } from '../../answer/answer.ts';
import { NOT_STATED, shortName } from '../../answer/extract/tables.ts';
import { numberOfColumn } from '../../answer/show/beside.ts';
import { foldText } from '../../papers/fold.ts';
import type { Html } from './layout.ts';
import { type Marking, renderMarkers } from './markers.ts';

type Row = ComparisonTable['rows'][number];

/** A comparison: one column a paper, one row an aspect; wider than a phone it scrolls by itself. */
export function renderComparison(table: ComparisonTable, marking: Marking): Html | undefined {
  if (table.rows.length === 0) return undefined;
  const id = `${marking.turn.answer.trace.answerId}-compared`;
  const titles = table.columns.map(
    (column) => html`<th scope="col">${titleOf(column, marking)}</th>`,
  );
  return html`<div class="comparison" role="region" aria-labelledby="${id}" tabindex="0">
      <table>
        <caption id="${id}">What the abstracts state, side by side</caption>
        <thead><tr><td></td>${titles}</tr></thead>
        <tbody>${table.rows.map((row) => renderRow(row, marking))}</tbody>
      </table>
    </div>`;
}

/** Short where the whole title stands among the sources. */
function titleOf(column: ComparisonTable['columns'][number], { turn }: Marking): string {
  const title = foldText(column.title);
  return numberOfColumn(column, turn.answer.citations) === undefined ? title : shortName(title);
}

function renderRow({ aspect, cells }: Row, marking: Marking): Html {
  return html`<tr><th scope="row">${foldText(aspect)}</th>${cells.map((cell) => renderCell(cell, marking))}</tr>`;
}

function renderCell(cell: Row['cells'][number], marking: Marking): Html {
  if (cell === null) return html`<td class="unstated">${NOT_STATED}</td>`;
  return html`<td><q>${foldText(cell.quote)}</q>${renderMarkers([cell.n], marking, cell)}</td>`;
}
