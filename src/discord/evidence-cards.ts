import type { Citation, Evidence } from '../answer/answer.ts';
import type { Turn } from '../answer/conversation.ts';
import { splitAtEvidence } from '../answer/show/split-at-evidence.ts';
import type { Paper } from '../papers/paper.ts';
import { card, LIMITS, text } from './components.ts';
import { escapeMarkdown, escapeWithin } from './escape.ts';
import { dateSuffix, titleLink } from './markdown.ts';
import type { Outgoing } from './outgoing.ts';
import { atMostPages, paginate } from './paginate.ts';

/** With the first reply as many as somebody's own app may send. */
const MOST_PAGES = 5;
/** Of one abstract, and of its words between two quotes. */
const LONGEST_ABSTRACT = 3_200;
const LONGEST_BETWEEN = 400;
const MORE = '-# There is more evidence than I may show here; the papers are linked above.';

/** What an answer rests on: each cited paper's abstract with the quotes in bold where they stand. */
export function renderEvidence({ answer, papers }: Turn): readonly Outgoing[] {
  const known = new Map(papers.map((paper) => [paper.id, paper]));
  const pieces = answer.citations.map((citation) =>
    renderCited(citation, known.get(citation.paperId)),
  );
  if (pieces.length === 0) return [card([text('This answer cites no paper.')])];
  const parts = pieces.map((piece) => ({ head: '', pieces: [piece], between: '\n' as const }));
  const pages = atMostPages(paginate(parts, LIMITS.text - MORE.length - 2), MOST_PAGES, MORE);
  return pages.map((page) => card([text(page)]));
}

function renderCited(citation: Citation, paper: Paper | undefined): string {
  const { n, evidence, date } = citation;
  const heading = `\\[${n}\\] ${titleLink(citation)}${dateSuffix(date)}`;
  const quotes = evidence.map(({ quote }) => `> **${escapeWithin(quote, LONGEST_BETWEEN)}**`);
  const abstract = paper === undefined ? undefined : markedAbstract(paper.abstract, evidence);
  const shown = abstract === undefined ? quotes.slice(0, 5).join('\n') : `> ${abstract}`;
  return `${heading}\n${shown}`;
}

/** The whole abstract, or its quotes with some words around them; nothing where those are too long. */
function markedAbstract(abstract: string, evidence: readonly Evidence[]): string | undefined {
  const inside = evidence.filter(({ end }) => end <= abstract.length);
  const pieces = splitAtEvidence(abstract, inside);
  const draw = (shorten: (text: string) => string) =>
    pieces
      .map(({ text: piece, marked }) => drawn(marked ? piece : shorten(piece), marked))
      .join(' ');
  const whole = draw((piece) => piece);
  if (whole.length <= LONGEST_ABSTRACT) return whole;
  const short = draw(around);
  return short.length <= LONGEST_ABSTRACT ? short : undefined;
}

function drawn(piece: string, marked: boolean): string {
  const escaped = escapeMarkdown(piece);
  return marked && escaped !== '' ? `**${escaped}**` : escaped;
}

function around(piece: string): string {
  if (piece.length <= LONGEST_BETWEEN) return piece;
  const half = LONGEST_BETWEEN / 2;
  return `${piece.slice(0, half).toWellFormed()} … ${piece.slice(-half).toWellFormed()}`;
}
