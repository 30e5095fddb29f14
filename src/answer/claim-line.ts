import type { Claim, ClaimedEvidence } from './check/claim.ts';

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
const NONE = /^\W*(?:none|not stated|no answer)\W*$/i;
const MARKED_QUOTE = /\[(\d{1,3})\]\s*[:=–—-]?\s*(?:["“”„«]|'')/g;
const QUOTE_THEN_MARK = /["“]([^"“”]{8,}?)["”]\s*\(?\[(\d{1,3})\]\)?[.,;]?\s*/g;
const TRAILING = /[\s,;"“”»]+$|''\s*$/;

/**
 * Reads one line of the form `sentence [2] "quote" [3] "another quote"`; the marks may also follow
 * their quotes, and be on a line of their own. Never throws; takes linear time.
 */
export function readLine(line: string): ReadLine {
  const plain = line.trim().replace(BULLET, '').trim();
  if (plain === '' || /^```|^#{1,6}\s|^(?:-{3,}|\*{3,})$/.test(plain)) return { kind: 'blank' };
  if (NONE.test(plain)) return { kind: 'none' };
  const { text, evidence } = markedQuotes(plain) ?? quotesThenMarks(plain) ?? bare(plain);
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
  if (first === undefined) return undefined;
  const evidence = marks.map((mark, i) => ({
    paper: Number(mark[1]),
    quote: plain
      .slice(mark.index + mark[0].length, marks[i + 1]?.index ?? plain.length)
      .replace(TRAILING, ''),
  }));
  return { text: plain.slice(0, first.index).trim(), evidence };
}

function quotesThenMarks(plain: string): Claim | undefined {
  const found = [...plain.matchAll(QUOTE_THEN_MARK)];
  const [first] = found;
  if (first === undefined) return undefined;
  const evidence = found.map(({ 1: quote = '', 2: paper }) => ({ paper: Number(paper), quote }));
  const text = plain.slice(0, first.index).replace(/[\s:–—-]+$/, '');
  return { text, evidence };
}
