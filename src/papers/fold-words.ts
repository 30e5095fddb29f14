import { GREEK, sign } from './latex-commands.ts';

// Pages that lost the backslash leave the command's name glued to numbers: "2times", "1.8%sim8.2%".
// A name is folded only between characters that are not letters, so "sometimes", "similar",
// "sim2real" and "5pm" stay; and because the characters around a folded name never change,
// folding twice changes nothing.
const AFTER_DIGIT = /(?<=\d)(times|pi)(?![A-Za-z])/g;
const BETWEEN_DIGITS = /(?<=\d%?)(sim|pm|approx|cdot)(?=\d)/g;
const BEFORE_AMOUNT = /(?<![\w%])sim(?=\d{1,9}(?:%|×|\.\d|x(?![a-z])|times(?![a-z])))/g;
const ALONE = /(?<![A-Za-z])(leq|geq|neq|rightarrow|leftarrow)(?![A-Za-z])/g;
const INFINITY = /(?<![a-z])infty(?![A-Za-z])/g;
const ROOT = /(?<![A-Za-z])sqrt(?=\()/g;
const OPENING = /(?<![a-z])(?:bigl|Bigl)(?=[([|])/g;
const CLOSING = /(?<![a-z])(?:bigr|Bigr)(?=[)\]|])/g;
const INDEXED_GREEK = new RegExp(
  `(?<![A-Za-z\\\\])(${[...GREEK.keys()].join('|')})(?=_\\d|_[A-Za-z](?![A-Za-z])|\\^\\d)`,
  'g',
);
const TIE = /(?<=[\p{L}\p{N}.,)\]])~(?=[\p{L}([])/gu;

/** Names of commands that lost their backslash become the sign they stood for. */
export function foldWords(text: string): string {
  return text
    .replace(OPENING, '')
    .replace(CLOSING, '')
    .replace(AFTER_DIGIT, (name) => sign(name))
    .replace(BEFORE_AMOUNT, (name) => sign(name))
    .replace(BETWEEN_DIGITS, (name) => sign(name))
    .replace(ALONE, (name) => sign(name))
    .replace(INFINITY, (name) => sign(name))
    .replace(ROOT, (name) => sign(name))
    .replace(INDEXED_GREEK, (name) => sign(name))
    .replace(/(?<=, )dots(?=,)/g, (name) => sign(name))
    .replace(/(?<=\s);mod ;(?=\s)/g, 'mod')
    .replace(TIE, ' ');
}
