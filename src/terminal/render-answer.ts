import type {
  Answer,
  AnswerSentence,
  Citation,
  Intent,
  RankedPaper,
  Trace,
} from '../answer/answer.ts';
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

const ONE_PER_LINE: ReadonlySet<Intent> = new Set(['list', 'compare', 'similar']);

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

function renderSentences({ intent, sentences, text }: Answer, page: Page): readonly string[] {
  const marked = sentences.map(withMarkers);
  // What has no sentences, such as help, is our own text and keeps its lines.
  const plain = sentences.length === 0 ? text.split('\n').map(safeText) : [];
  const paragraphs = ONE_PER_LINE.has(intent) ? marked : [marked.join(' ')];
  const known = new Set(sentences.flatMap(({ citations }) => citations));
  return [...paragraphs, ...plain]
    .flatMap((paragraph) => wrapText(paragraph, page.width))
    .map((line) => paintMarkers(line, known, page.style));
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
