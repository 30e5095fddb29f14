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
const OPENS_LOWER = /^[\p{Ll}\p{Nd}),;:%–-]/u;
const SHORT = 12;

/**
 * The sentences of a text in order; together they cover all of it but white space.
 * Splits as Unicode does (UAX 29) and joins again after abbreviations, inside brackets and before
 * lower-case continuations.
 */
export function splitSentences(text: string): readonly SentenceSpan[] {
  const spans: SentenceSpan[] = [];
  let open: SentenceSpan | undefined;
  for (const piece of segments(text)) {
    const joined = open === undefined ? piece : { start: open.start, end: piece.end };
    const next = text.slice(piece.end).trimStart().slice(0, 1);
    if (isOpenEnded(text.slice(joined.start, joined.end), next)) {
      open = joined;
    } else {
      spans.push(joined);
      open = undefined;
    }
  }
  if (open !== undefined) spans.push(open);
  return spans;
}

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

function* segments(text: string): Generator<SentenceSpan> {
  for (const { segment, index } of segmenter.segment(text)) {
    const trimmed = segment.trim();
    if (trimmed === '') continue;
    const start = index + segment.indexOf(trimmed.charAt(0));
    yield { start, end: start + trimmed.length };
  }
}

function isOpenEnded(sentence: string, next: string): boolean {
  if (next === '') return false;
  if (ABBREVIATION.test(sentence)) return !(MAY_END.test(sentence) && /\p{Lu}/u.test(next));
  if (sentence.length < SHORT || !/[.!?。！？]["'”’)\]]*$/u.test(sentence)) return true;
  return OPENS_LOWER.test(next) || hasOpenBracket(sentence);
}

function hasOpenBracket(sentence: string): boolean {
  // Far past a bracket it was a typo or a list mark, not a parenthesis.
  const at = sentence.lastIndexOf('(');
  return at >= 0 && sentence.indexOf(')', at) < 0 && sentence.length - at < 120;
}
