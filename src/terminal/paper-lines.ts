import type { Paper } from '../papers/paper.ts';
import { safeLink, safeText } from './safe-text.ts';
import type { Style } from './style.ts';
import { displayWidth, wrapText } from './wrap-text.ts';

/** Narrower terminals get lines of this width all the same; below it nothing can be read. */
const LEAST_WIDTH = 20;

interface TitledPaper {
  readonly title: string;
  readonly url?: string;
  readonly date?: string;
  readonly dateInferred?: boolean;
}

interface PaperLinesOptions {
  readonly paper: TitledPaper;
  /** Stands before the title; the lines that follow are indented by its width. */
  readonly lead: string;
  /** Lines between title and link, such as quotes. */
  readonly body?: readonly string[];
  readonly width: number;
  readonly style: Style;
}

/**
 * A paper in a list: lead, title and year, then body and link below. Lines fit the width, except
 * the link: broken over lines it could not be followed.
 */
export function renderPaperLines(options: PaperLinesOptions): readonly string[] {
  const { paper, lead, body = [], width, style } = options;
  const indent = ' '.repeat(displayWidth(lead));
  const room = Math.max(width, LEAST_WIDTH) - indent.length;
  const titles = wrapText(titleWithYear(paper), room).map((line) => style('bold', line));
  const bodies = body.flatMap((text) => wrapText(text, room));
  const link = safeLink(paper.url ?? '');
  const links = link === '' ? [] : [style('dim', link)];
  return [...titles, ...bodies, ...links].map((line, i) => (i === 0 ? lead : indent) + line);
}

/** `2025`, `2025?` where the year was implied by its page only, empty where it is not known. */
export function yearOf({ date, dateInferred }: Pick<Paper, 'date' | 'dateInferred'>): string {
  const year = /^\d{4}/.exec(date ?? '')?.[0] ?? '';
  return year !== '' && dateInferred === true ? `${year}?` : year;
}

function titleWithYear(paper: TitledPaper): string {
  const year = yearOf(paper);
  const title = safeText(paper.title) || '(no title)';
  return year === '' ? title : `${title} (${year})`;
}
