import type { Paper } from '../papers/paper.ts';
import { renderPaperLines } from './paper-lines.ts';
import { safeText } from './safe-text.ts';
import { createStyle } from './style.ts';

const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/**
 * One JSON object in one line: the contract of `papers -- --json`. The abstract stays exactly as
 * stored, for quotes are offsets into it; what a terminal would act upon, or a reader of lines take
 * for an end of line, is written as `\uXXXX`, which JSON reads back unchanged.
 */
export function paperLine(paper: Paper): string {
  const { id, title, abstract, url, arxivId, version, date, dateInferred, updated } = paper;
  const { authors, authorCount, organization, commentCount, upvotes, categories } = paper;
  const { license, doi, journal, comment, withdrawn, listed, announced, change } = paper;
  // JSON leaves out what is undefined.
  const shown = {
    ...{ id, title, abstract, url, arxivId, version, date, dateInferred, updated },
    ...{ authors, authorCount, organization, commentCount, upvotes, categories },
    ...{ license, doi, journal, comment, withdrawn, listed, announced, change },
    provenance: paper.provenance,
    sources: paper.sources,
  };
  return JSON.stringify(shown).replace(UNSEEN, escaped);
}

interface RenderPapersOptions {
  readonly papers: readonly Paper[];
  /** Columns of the terminal. */
  readonly width: number;
  readonly colour: boolean;
}

/** Papers for people: title and year, id, who wrote it, link. */
export function renderPapers({ papers, width, colour }: RenderPapersOptions): string {
  const style = createStyle(colour);
  const lines = papers.flatMap((paper) =>
    renderPaperLines({ paper, lead: '- ', body: [byline(paper)], width, style }),
  );
  return lines.map((line) => `${line}\n`).join('');
}

/** How many papers there are, as the last line of their list. */
export function renderPaperCount(count: number, colour: boolean): string {
  return `${createStyle(colour)('dim', count === 1 ? '1 paper' : `${count} papers`)}\n`;
}

function byline({ id, authors = [], authorCount, organization = '', withdrawn }: Paper): string {
  const [first = countOf(authorCount), ...others] = authors;
  const names = others.length === 0 ? first : `${first} and ${others.length} more`;
  const state = withdrawn === true ? 'withdrawn' : '';
  return [id, names, organization, state].map(safeText).filter(Boolean).join(' · ');
}

function countOf(authors: number | undefined): string {
  if (authors === undefined) return '';
  return authors === 1 ? '1 author' : `${authors} authors`;
}

function escaped(character: string): string {
  const units = Array.from({ length: character.length }, (_, i) => character.charCodeAt(i));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
}
