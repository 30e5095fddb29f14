import { FONTS, GREEK_SPELLED } from '../../papers/latex-commands.ts';

/** A stretch of a text, in UTF-16 code units, end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

const MIN_WORDS = 3;
const MOST_PARTS = 8;
// Longer than any abstract; keeps the search for hostile quotes short.
const LONGEST_QUOTE = 20_000;
const ELLIPSIS = / ?(?:\[ ?(?:\.{3,}|…) ?\]|\.{3,}|…) ?/;
// What prints as a sign, in any spelling: "2times", "2\times", "2×" and "2x" are the same.
const SIGNS =
  /\\(?:times|cdot|sim|pm|approx|leq|geq|rightarrow|leftarrow|ldots|dots|infty|sqrt)(?![A-Za-z])|\{(?:times|cdot|sim|pm)\}|(?<=\d) ?(?:times|x)(?![A-Za-z])|(?<=\d%?)(?:sim|pm|approx|cdot)(?=\d)|(?<=\d)[lg]eq(?![A-Za-z])|(?<![A-Za-z])sim(?=\d)|(?<![A-Za-z])sqrt(?=[({])|(?:\\|(?<=[A-Z]))[bB]igg?[lr](?=[([{)\]}|])|(?<=[\dA-Za-z^)}])[bB]igg?[lr](?=[)\]}])/g;
const FONT_NAMES = `${FONTS.join('|')}|text|emph|underline|mbox|operatorname|url`;
const FONT_COMMAND = new RegExp(
  `\\\\(?:${FONT_NAMES}|em|it|bf|tt|sc|rm|sf|sl)(?![A-Za-z])|(?<![A-Za-z])(?:${FONT_NAMES})(?=\\{)`,
  'g',
);
const OPENING = /[([{“"'‘$\\~<>±+−-]/u;
const CLOSING = /[%)\]}”"'’$.,;:!?\\×/]/u;
// Nothing of an abstract hangs on a word so long.
const LONGEST_TAIL = 40;

/**
 * Where a quote stands in a text, as the text's own words: case, white space, punctuation, accents,
 * hyphenation and LaTeX leftovers do not count, but words and numbers are whole. A quote that leaves
 * words out ("...") gives one span for each part. Empty when it does not stand there, or when a part
 * of it has fewer than three words.
 */
export function findQuote(quote: string, text: string): readonly Span[] {
  if (quote.length > LONGEST_QUOTE) return [];
  const parts = quote.replace(/\s+/g, ' ').split(ELLIPSIS);
  const said = parts.filter((piece) => /[\p{L}\p{N}]/u.test(piece));
  if (said.length > MOST_PARTS) return [];
  const held = skeleton(text);
  const spans: Span[] = [];
  for (const part of said) {
    const from = spans.at(-1)?.end ?? 0;
    const span = countWords(part) < MIN_WORDS ? undefined : findPart(part, { text, held, from });
    if (span === undefined) return [];
    spans.push(span);
  }
  return spans;
}

/** Letters and digits alone, each with the place it comes from. */
interface Skeleton {
  readonly letters: string;
  /** For each code unit of `letters`. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

function skeleton(text: string): Skeleton {
  const left = text
    .replace(FONT_COMMAND, (command) => ' '.repeat(command.length))
    .replace(SIGNS, (sign) => ' '.repeat(sign.length));
  let letters = '';
  const starts: number[] = [];
  const ends: number[] = [];
  let at = 0;
  for (const char of left) {
    const plain = toLetters(char);
    for (const unit of plain.split('')) {
      letters += unit;
      starts.push(at);
      ends.push(at + char.length);
    }
    at += char.length;
  }
  return { letters, starts, ends };
}

function toLetters(char: string): string {
  const lower = char.normalize('NFKD').toLowerCase();
  return (GREEK_SPELLED.get(lower) ?? lower).replace(/[^\p{L}\p{N}]/gu, '');
}

function findPart(
  part: string,
  { text, held, from }: { readonly text: string; readonly held: Skeleton; readonly from: number },
): Span | undefined {
  const { letters } = skeleton(part);
  if (letters === '') return undefined;
  for (
    let at = held.letters.indexOf(letters);
    at >= 0;
    at = held.letters.indexOf(letters, at + 1)
  ) {
    const start = held.starts[at] ?? 0;
    const end = held.ends[at + letters.length - 1] ?? 0;
    const span = wholeWords({ start, end }, text);
    if (span !== undefined && span.start >= from) return span;
  }
  return undefined;
}

/** The span with the signs that hang on it, or nothing when it begins or ends inside a word. */
function wholeWords({ start, end }: Span, text: string): Span | undefined {
  const before = text.slice(Math.max(0, start - 2), start);
  if (/[\p{L}\p{N}]$/u.test(before) || /\d[.,/]$|\^\{?$/.test(before)) return undefined;
  const behind = text.slice(end, end + LONGEST_TAIL);
  const sign = /\d/.test(text.charAt(end - 1)) ? stickySign(behind) : '';
  const after = behind.slice(sign.length);
  if (/^[\p{L}\p{N}]/u.test(after) || (sign === '' && isCutNumber(text, end))) return undefined;
  const closing = /^\S*/.exec(after)?.[0] ?? '';
  let to = end + sign.length;
  if ([...closing].every((char) => CLOSING.test(char))) to += closing.length;
  else to += /^(?:\\?%|\})*/.exec(after)?.[0].length ?? 0;
  let first = start;
  while (first > 0 && OPENING.test(text.charAt(first - 1))) first--;
  // Not a sign that belongs to the word before: "state-of" or "(a)(b)".
  if (first > 0 && !/\s/.test(text.charAt(first - 1))) first = start;
  return { start: first, end: to };
}

/** "3" of "3.7", "1" of "1/19", "10" of "10^{19}". */
function isCutNumber(text: string, end: number): boolean {
  return /^\d(?:[.,/]\d|\^)/.test(text.slice(end - 1, end + 2));
}

/** What belongs to a number that ends a quote: a folded sign, or the word that scales it. */
function stickySign(after: string): string {
  return (
    /^ ?(?:\\?times|x|\{?\\times\}?)(?![A-Za-z])/.exec(after)?.[0] ??
    /^[ -](?:thousand|million|billion|trillion|percent)\b/.exec(after)?.[0] ??
    ''
  );
}

function countWords(text: string): number {
  return text.match(/[\p{L}\p{N}]+(?:[.,'’-][\p{L}\p{N}]+)*/gu)?.length ?? 0;
}
