import type { Answer, AnswerSentence, Citation, RankedPaper, Trace } from '../answer/answer.ts';
import { type Paragraph, toParagraphs } from '../answer/paragraphs.ts';
import type { Paper } from '../papers/paper.ts';
import { renderPaperLines } from './paper-lines.ts';
import { safeText } from './safe-text.ts';
import { createStyle, type Style } from './style.ts';
import { wrapText } from './wrap-text.ts';

interface RenderAnswerOptions {
  readonly answer: Answer;
  /** The papers of citations and nearest papers, for years and links; some may be missing. */
  readonly papers: readonly Paper[];
  /** Columns of the terminal. */
  readonly width: number;
  readonly colour: boolean;
}

interface Page {
  readonly papers: ReadonlyMap<string, Paper>;
  readonly width: number;
  readonly style: Style;
}

/** An answer for a terminal: sentences with markers, numbered sources with quotes, one footer. */
export function renderAnswer({ answer, papers, width, colour }: RenderAnswerOptions): string {
  const page: Page = {
    papers: new Map(papers.map((paper) => [paper.id, paper])),
    width,
    style: createStyle(colour),
  };
  const blocks = [
    renderSentences(answer, page),
    answer.citations.flatMap((citation) => renderSource(citation, page)),
    answer.kind === 'insufficient-evidence' ? renderNearest(answer.nearest ?? [], page) : [],
    renderFooter(answer.trace, page),
  ];
  const shown = blocks.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'));
  return `${shown.join('\n\n')}\n`;
}

function renderSentences(answer: Answer, page: Page): readonly string[] {
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

function renderParagraph({ about, sentences }: Paragraph, page: Page): readonly string[] {
  const title = about === undefined ? [] : wrapText(safeText(about.title), page.width);
  return [
    ...title.map((line) => page.style('bold', line)),
    ...wrapText(sentences.map(withMarkers).join(' '), page.width),
  ];
}

/** Markers hang on the last word by a no-break space, so that no line begins with one. */
function withMarkers({ text, citations }: AnswerSentence): string {
  const markers = citations.map((n) => `[${n}]`).join('');
  return markers === '' ? safeText(text) : `${safeText(text)}\u00a0${markers}`;
}

function paintMarkers(line: string, known: ReadonlySet<number>, style: Style): string {
  return line.replace(/\[(\d+)\]/g, (marker, n) =>
    known.has(Number(n)) ? style('cyan', marker) : marker,
  );
}

function renderSource(citation: Citation, { papers, width, style }: Page): readonly string[] {
  const quotes = citation.evidence.map(({ quote }) => `“${safeText(quote)}”`);
  const paper = { ...citation, ...papers.get(citation.paperId) };
  return renderPaperLines({ paper, lead: `[${citation.n}] `, body: quotes, width, style });
}

function renderNearest(nearest: readonly RankedPaper[], page: Page): readonly string[] {
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

function renderFooter({ mode, ms, answerId }: Trace, { width, style }: Page): readonly string[] {
  const total = ms.total ?? Object.values(ms).reduce((sum, each) => sum + each, 0);
  const facts = [safeText(mode), `${Math.round(total)} ms`, safeText(answerId)];
  const footer = facts.filter((fact) => fact !== '').join(' · ');
  return wrapText(footer, width).map((line) => style('dim', line));
}
