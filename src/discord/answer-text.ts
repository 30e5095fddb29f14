import type { Answer, AnswerSentence, Citation, RankedPaper } from '../answer/answer.ts';
import { NOT_STATED, shortName } from '../answer/extract/tables.ts';
import { numberOfColumn } from '../answer/show/beside.ts';
import { type BodyPart, bodyParts, renderSentence as renderIn } from '../answer/show/body-parts.ts';
import { capital } from '../answer/show/capital.ts';
import { paperLink } from '../answer/show/paper-link.ts';
import type { Paper } from '../papers/paper.ts';
import { escapeWithin } from './escape.ts';
import { dateSuffix, MARKDOWN, titleLink } from './markdown.ts';
import { atMostPages, paginate } from './paginate.ts';

/** Of one piece: a sentence, a quote or a line. */
const LONGEST_PIECE = 1_200;
const LONGEST_CELL = 300;
const MOST_ROWS = 12;
const MOST_COLUMNS = 6;
const MOST_PAGES = 3;
const MORE = '-# The answer is longer than I may show here; the sources have the rest.';
const LONGEST_SOURCES = 2_400;

/** Sentences, stances and comparison in pages of Markdown, cut at the borders of sentences. */
export function renderPages(answer: Answer, most: number): readonly string[] {
  const parts = [...bodyParts(answer, SHORT_PIECES), ...tableParts(answer)];
  return atMostPages(paginate(parts, most - MORE.length - 2), MOST_PAGES, MORE);
}

/** One sentence with its linked markers. */
export function renderSentence(sentence: AnswerSentence, citations: readonly Citation[]): string {
  return renderIn(sentence, citations, SHORT_PIECES);
}

const SHORT_PIECES = {
  ...MARKDOWN,
  escape: (text: string) => escapeWithin(text, LONGEST_PIECE),
};

/** A comparison as lists, since Discord has no tables. */
function tableParts({ table, citations }: Answer): readonly BodyPart[] {
  if (table === undefined) return [];
  const columns = table.columns.slice(0, MOST_COLUMNS);
  return table.rows.slice(0, MOST_ROWS).map(({ aspect, cells }) => ({
    head: `**${escapeWithin(capital(aspect), LONGEST_CELL)}**\n`,
    pieces: columns.map((column, i) => {
      const n = numberOfColumn(column, citations);
      const url = citations.find((citation) => citation.n === n)?.url;
      const marker = n === undefined ? '' : ` ${MARKDOWN.marker(n, url && paperLink(url))}`;
      const cell = cells[i];
      const said = cell == null ? NOT_STATED : `“${escapeWithin(cell.quote, LONGEST_CELL)}”`;
      const name = escapeWithin(shortName(column.title), LONGEST_CELL) || '(no title)';
      return `- ${name}${marker}: ${said}`;
    }),
    between: '\n',
  }));
}

/** The cited papers, numbered; what does not fit is counted. */
export function renderSources({ citations }: Answer): string {
  const lines = citations.map(
    (citation) => `\\[${citation.n}\\] ${titleLink(citation)}${dateSuffix(citation.date)}`,
  );
  return withinLines(lines, (rest) => `-# And ${rest} more; “BibTeX” has all.`);
}

/** The papers that come nearest to a question that has no answer. */
export function renderNearest(nearest: readonly RankedPaper[], papers: readonly Paper[]): string {
  if (nearest.length === 0) return '';
  const urls = new Map(papers.map(({ id, url }) => [id, url]));
  const lines = nearest.slice(0, 5).map(({ paperId, title }) => {
    const url = urls.get(paperId);
    return `- ${titleLink({ title, ...(url !== undefined && { url }) })}`;
  });
  return ['Nearest papers', ...lines].join('\n');
}

function withinLines(lines: readonly string[], more: (rest: number) => string): string {
  let shown = '';
  for (const [i, line] of lines.entries()) {
    if (shown.length + line.length > LONGEST_SOURCES) return `${shown}\n${more(lines.length - i)}`;
    shown = shown === '' ? line : `${shown}\n${line}`;
  }
  return shown;
}
