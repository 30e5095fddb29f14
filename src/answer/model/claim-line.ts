import type { Claim, ClaimedEvidence } from '../check/claim.ts';

/** What one line of a model's reply is. */
export type ReadLine =
  | { readonly kind: 'claim'; readonly claim: Claim }
  /** Evidence for the sentence of the line before. */
  | { readonly kind: 'evidence'; readonly evidence: readonly ClaimedEvidence[] }
  /** A sentence that has no evidence, at least not yet. */
  | { readonly kind: 'bare'; readonly text: string }
  /** The model says that the papers do not state it. */
  | { readonly kind: 'none' }
  | { readonly kind: 'blank' };

const BULLET = /^(?:[-*•>]|\(?\d{1,2}[.)])\s+/;
// How a comparison says that a paper has nothing on its aspect.
const NOT_STATED =
  /\[\d{1,3}\]\s*[:=–—-]?\s*["“(]?(?:not stated|not mentioned|none|n\/a)(?: in the abstract)?["”)]?[.,;]?(?=\s|$)/gi;
const NONE = /^\W*(?:none|not stated|no answer)\W*$/i;
const MARKED_QUOTE = /\[(\d{1,3})\]\s*[:=–—-]?\s*(?:["“”„«]|'')/g;
const QUOTE_THEN_MARK = /["“]([^"“”]{8,}?)["”]\s*\(?\[(\d{1,3})\]\)?[.,;]?\s*/g;
/** No sentence needs more; each costs a search. */
const MOST_QUOTES = 8;
const TRAILING = /(?:["”»]\s*(?:\[\d{1,3}\]\s*)+)?[\s,;"“”»]*$|''\s*$/;
const ENDS_WITH_MARK = /\[\d{1,3}\]\)?[.,;]?$/;

/**
 * Reads one line of the form `sentence [2] "quote" [3] "another quote"`; the marks may also follow
 * their quotes, and be on a line of their own. Never throws; takes linear time.
 */
export function readLine(line: string): ReadLine {
  const plain = line.trim().replace(BULLET, '').trim();
  if (!/[\p{L}\p{N}]/u.test(plain) || /^```|^#{1,6}\s/.test(plain)) return { kind: 'blank' };
  if (NONE.test(plain)) return { kind: 'none' };
  const said = plain.replace(NOT_STATED, '').trim();
  const { text, evidence } = markedQuotes(said) ?? quotesThenMarks(said) ?? bare(said);
  if (evidence.length > MOST_QUOTES) return { kind: 'bare', text };
  if (evidence.length === 0) return { kind: 'bare', text };
  return text === ''
    ? { kind: 'evidence', evidence }
    : { kind: 'claim', claim: { text, evidence } };
}

function bare(plain: string): Claim {
  return { text: plain, evidence: [] };
}

function markedQuotes(plain: string): Claim | undefined {
  const marks = [...plain.matchAll(MARKED_QUOTE)];
  const [first] = marks;
  if (first === undefined || hasQuoteFirst(plain, first.index)) return undefined;
  const evidence = marks.map((mark, i) => ({
    paper: Number(mark[1]),
    quote: plain
      .slice(mark.index + mark[0].length, marks[i + 1]?.index ?? plain.length)
      .replace(TRAILING, ''),
  }));
  return { text: plain.slice(0, first.index).trim(), evidence };
}

/** "... [1]" ends the line, and the first quote stands before the first mark. */
function hasQuoteFirst(plain: string, firstMark: number): boolean {
  const first = plain.search(QUOTE_THEN_MARK);
  return ENDS_WITH_MARK.test(plain) && first >= 0 && first < firstMark;
}

function quotesThenMarks(plain: string): Claim | undefined {
  const found = [...plain.matchAll(QUOTE_THEN_MARK)];
  const [first] = found;
  if (first === undefined) return undefined;
  const evidence = found.map(({ 1: quote = '', 2: paper }) => ({ paper: Number(paper), quote }));
  const text = plain.slice(0, first.index).replace(/[\s:–—-]+$/, '');
  return { text, evidence };
}
