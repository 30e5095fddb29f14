import type { Answer, Citation, RankedPaper, Trace } from '../answer/answer.ts';
import { quotesApart } from '../answer/show/beside.ts';
import { type Paragraph, toParagraphs } from '../answer/show/paragraphs.ts';
import {
  askedBeforeNote,
  describeCost,
  describeMaker,
  describeTime,
  fallbackNote,
} from '../answer/show/reader-notes.ts';
import type { Paper } from '../papers/paper.ts';
import { type AnswerPage, paintMarkers, withMarkers } from './answer-page.ts';
import { renderPaperLines } from './paper-lines.ts';
import { renderStances } from './render-stances.ts';
import { renderTable } from './render-table.ts';
import { safeText } from './safe-text.ts';
import { createStyle } from './style.ts';
import { wrapText } from './wrap-text.ts';

export interface RenderAnswerOptions {
  /** As it was asked now; an earlier question that means the same is told with its own words. */
  readonly question: string;
  readonly answer: Answer;
  /** The papers of citations and nearest papers, for years and links; some may be missing. */
  readonly papers: readonly Paper[];
  /** Columns of the terminal. */
  readonly width: number;
  readonly colour: boolean;
}

/** An answer for a terminal: sentences with markers, numbered sources with quotes, one footer. */
export function renderAnswer(options: RenderAnswerOptions): string {
  const { answer } = options;
  const page = toPage(options);
  const fallback = wrapText(fallbackNote(answer) ?? '', page.width);
  return joinBlocks([
    fallback.map((line) => page.style('yellow', line)),
    renderSentences(answer, page),
    ...(answer.table === undefined ? [] : [renderTable(answer.table, answer.citations, page)]),
    renderStances(answer.stances ?? [], answer.citations, page),
    ...blocksBelow(answer, page),
  ]);
}

/** The same without the sentences, for readers who have them already. */
export function renderBelow(options: RenderAnswerOptions): string {
  return joinBlocks(blocksBelow(options.answer, toPage(options)));
}

function toPage({ question, papers, width, colour }: RenderAnswerOptions): AnswerPage {
  return {
    question,
    papers: new Map(papers.map((paper) => [paper.id, paper])),
    width,
    style: createStyle(colour),
  };
}

function blocksBelow(answer: Answer, page: AnswerPage): readonly (readonly string[])[] {
  return [
    renderAskedBefore(answer, page),
    answer.citations.flatMap((citation) => renderSource(citation, answer, page)),
    answer.kind === 'insufficient-evidence' ? renderNearest(answer.nearest ?? [], page) : [],
    renderFooter(answer.trace, page),
  ];
}

function joinBlocks(blocks: readonly (readonly string[])[]): string {
  const shown = blocks.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'));
  return `${shown.join('\n\n')}\n`;
}

function renderSentences(answer: Answer, page: AnswerPage): readonly string[] {
  const { sentences, text } = answer;
  // What has no sentences, such as help, is our own text and keeps its lines.
  if (sentences.length === 0) {
    return text.split('\n').flatMap((line) => wrapText(safeText(line), page.width));
  }
  const known = new Set(sentences.flatMap(({ citations }) => citations));
  const paragraphs = toParagraphs(answer).map((paragraph) => renderParagraph(paragraph, page));
  return paragraphs
    .flatMap((lines, i) => (i === 0 ? lines : ['', ...lines]))
    .map((line) => paintMarkers(line, known, page.style));
}

function renderParagraph({ about, sentences }: Paragraph, page: AnswerPage): readonly string[] {
  const title = about === undefined ? [] : wrapText(safeText(about.title), page.width);
  return [
    ...title.map((line) => page.style('bold', line)),
    ...wrapText(sentences.map(withMarkers).join(' '), page.width),
  ];
}

function renderAskedBefore({ askedBefore }: Answer, page: AnswerPage): readonly string[] {
  if (askedBefore === undefined) return [];
  const { text, titles } = askedBeforeNote(askedBefore, page.question);
  const named = titles.map((title) => safeText(title) || '(no title)').join('; ');
  const note = named === '' ? text : `${text} ${named}`;
  return wrapText(safeText(note), page.width).map((line) => page.style('dim', line));
}

/** With the quotes that are not shown above, in a table or beside a stance. */
function renderSource(citation: Citation, answer: Answer, page: AnswerPage): readonly string[] {
  const { papers, width, style } = page;
  const quotes = quotesApart(citation, answer).map((quote) => `“${safeText(quote)}”`);
  const paper = { ...citation, ...papers.get(citation.paperId) };
  return renderPaperLines({ paper, lead: `[${citation.n}] `, body: quotes, width, style });
}

function renderNearest(nearest: readonly RankedPaper[], page: AnswerPage): readonly string[] {
  if (nearest.length === 0) return [];
  const lines = nearest.flatMap((ranked) =>
    renderPaperLines({
      paper: { ...ranked, ...page.papers.get(ranked.paperId) },
      lead: '  - ',
      width: page.width,
      style: page.style,
    }),
  );
  return ['Nearest papers:', ...lines];
}

function renderFooter(trace: Trace, { width, style }: AnswerPage): readonly string[] {
  const cost = describeCost(trace) ?? '';
  const facts = [describeMaker(trace), describeTime(trace), cost, trace.answerId].map(safeText);
  const footer = facts.filter((fact) => fact !== '').join(' · ');
  return wrapText(footer, width).map((line) => style('dim', line));
}
