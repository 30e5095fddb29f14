import type { Evidence } from '../answer.ts';

/** A piece of an abstract; `marked` when evidence covers all of it. */
export interface Piece {
  readonly text: string;
  readonly marked: boolean;
}

type Span = Pick<Evidence, 'start' | 'end'>;

/**
 * Splits an abstract at the edges of its evidence (UTF-16 code units), so that each piece can be
 * folded and escaped by itself. Overlapping and touching evidence becomes one marked piece, and
 * offsets past the text are cut off. The pieces joined are the abstract.
 */
export function splitAtEvidence(abstract: string, evidence: readonly Span[]): readonly Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const { start, end } of joinSpans(abstract.length, evidence)) {
    pieces.push({ text: abstract.slice(at, start), marked: false });
    pieces.push({ text: abstract.slice(start, end), marked: true });
    at = end;
  }
  pieces.push({ text: abstract.slice(at), marked: false });
  return pieces.filter((piece) => piece.text !== '');
}

function joinSpans(length: number, evidence: readonly Span[]): readonly Span[] {
  const joined: Span[] = [];
  for (const span of inside(length, evidence)) {
    const last = joined.at(-1);
    if (last !== undefined && span.start <= last.end) {
      joined[joined.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
    } else {
      joined.push(span);
    }
  }
  return joined;
}

function inside(length: number, evidence: readonly Span[]): readonly Span[] {
  return evidence
    .map(({ start, end }) => ({ start: Math.max(0, start), end: Math.min(length, end) }))
    .filter(({ start, end }) => start < end)
    .sort((a, b) => a.start - b.start);
}
