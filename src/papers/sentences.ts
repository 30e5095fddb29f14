/** Where a sentence stands in its text, in UTF-16 code units, end exclusive, outer space left out. */
export interface SentenceSpan {
  readonly start: number;
  readonly end: number;
}

// A full stop after one of these seldom ends a sentence in an abstract.
const ABBREVIATION =
  /(?:^|[\s(["'])(?:e\.?g|i\.?e|cf|vs|al|etc|resp|approx|fig|figs|eq|eqs|sec|tab|ref|refs|no|dr|mr|mrs|prof|st|w\.r\.t|a\.k\.a|viz|[A-Z])\.$/i;
// "etc." and "al." do end sentences when a capital follows.
const MAY_END = /(?:^|[\s(["'])(?:al|etc)\.$/i;
// "5. %" goes on, "spaces. %However" is a comment in the LaTeX source, and a sentence of its own.
const OPENS_LOWER = /^(?:[\p{Ll}\p{Nd}),;:–-]|%(?! ?\p{L}))/u;
const SHORT = 12;
// Marks of an enumeration: "(ii) ", "2) ", "and, (c) ".
const MARK = String.raw`(?:and,? |or )?\(?(?:\d{1,2}|[ivx]{1,4}|[a-h])\) `;
const OPENS_ITEM = new RegExp(`^${MARK}`, 'i');
const AFTER_STOP = new RegExp(`(?<=[.!?]\\s)(?=${MARK})`, 'gi');
const AFTER_SEMICOLON = new RegExp(`(?<=; )(?=${MARK})`, 'gi');
// Where an enumeration is one sentence it is cut only when it is too long for a quote, and not into
// pieces that say little.
const LONG = 300;
const LEAST_PIECE = 80;

/**
 * The sentences of a text in order; together they cover all of it but white space.
 * Splits as Unicode does (UAX 29) and joins again after abbreviations, inside brackets and before
 * lower-case continuations. Items of an enumeration are apart where each is a sentence, or where all
 * in one would be too long to quote.
 */
export function splitSentences(text: string): readonly SentenceSpan[] {
  const spans: SentenceSpan[] = [];
  let open: SentenceSpan | undefined;
  for (const piece of segments(text)) {
    const joined = open === undefined ? piece : { start: open.start, end: piece.end };
    const next = text.slice(piece.end, piece.end + AHEAD).trimStart();
    if (isOpenEnded(text.slice(joined.start, joined.end), next)) {
      open = joined;
    } else {
      spans.push(...itemsOf(text, joined));
      open = undefined;
    }
  }
  if (open !== undefined) spans.push(...itemsOf(text, open));
  return spans;
}

// Enough for white space and a mark.
const AHEAD = 20;

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

function* segments(text: string): Generator<SentenceSpan> {
  for (const { segment, index } of segmenter.segment(text)) {
    // UAX 29 sees no border before "(ii) ", for what follows is lower case.
    for (const [from, to] of cuts(segment, AFTER_STOP)) {
      const span = trimmed(text, { start: index + from, end: index + to });
      if (span.end > span.start) yield span;
    }
  }
}

/** The items of a long enumeration, or the sentence as it is. */
function itemsOf(text: string, { start, end }: SentenceSpan): readonly SentenceSpan[] {
  if (end - start <= LONG) return [{ start, end }];
  const spans: SentenceSpan[] = [];
  let from = start;
  for (const [, to] of cuts(text.slice(start, end), AFTER_SEMICOLON)) {
    const piece = trimmed(text, { start: from, end: start + to });
    const isLast = start + to === end;
    const isWhole = piece.end - from >= LEAST_PIECE && end - (start + to) >= LEAST_PIECE;
    if (!isLast && (!isWhole || hasOpenBracket(text.slice(from, piece.end)))) continue;
    spans.push(piece);
    from = start + to;
  }
  return spans;
}

/** The pieces between the places where a border matches. */
function* cuts(text: string, border: RegExp): Generator<readonly [number, number]> {
  let from = 0;
  for (const { index } of text.matchAll(border)) {
    yield [from, index];
    from = index;
  }
  yield [from, text.length];
}

function trimmed(text: string, { start, end }: SentenceSpan): SentenceSpan {
  const piece = text.slice(start, end);
  const first = start + piece.length - piece.trimStart().length;
  return { start: first, end: first + piece.trim().length };
}

function isOpenEnded(sentence: string, next: string): boolean {
  if (next === '') return false;
  if (ABBREVIATION.test(sentence)) return !(MAY_END.test(sentence) && /^\p{Lu}/u.test(next));
  if (sentence.length < SHORT || !/[.!?。！？]["'”’)\]]*$/u.test(sentence)) return true;
  const isInBracket = hasOpenBracket(sentence);
  if (OPENS_ITEM.test(next)) return isInBracket && !next.startsWith('(');
  return OPENS_LOWER.test(next) || isInBracket;
}

function hasOpenBracket(sentence: string): boolean {
  // Far past a bracket it was a typo or a list mark, not a parenthesis.
  const at = sentence.lastIndexOf('(');
  return at >= 0 && sentence.indexOf(')', at) < 0 && sentence.length - at < 120;
}
