import { ACCENTS, DROPPED, FONTS, GREEK, SYMBOLS, sign } from './latex-commands.ts';

// Every repetition below is bounded or stops at the next brace, so that a hostile line of many
// megabytes costs linear time.
const NESTING = 3;
const MATH_LIMIT = 300;
const SET_LIMIT = 120;
const BRACED_WORDS = /^(?:times|cdot|pm|sim|approx|leq|geq|neq|infty|rightarrow|leftarrow)$/;
const FONT_SIZE = /^(?:footnotesize|scriptsize|normalsize)/;

const FONT_ARGUMENT = new RegExp(
  `\\\\?(?<![A-Za-z])(?:${FONTS.join('|')})\\{([^{}]*)\\}|` +
    `\\\\(?:text|underline|operatorname|mbox|url|hyperlink)\\{([^{}]*)\\}|` +
    `\\{ ?\\\\(?:em|it|bf|tt|sc|rm|sf|sl)(?![A-Za-z]) {0,3}([^{}]*)\\}`,
  'g',
);

// "search spaces. %However, the": what stands there may be a comment in the source alone, yet the
// page shows it. A percent sign follows a number, or nothing that ends a sentence.
const COMMENT =
  /(?<=^|\n|[.!?]["'”’)\]]{0,2} {1,3})%{1,3}(?: (?=\p{Lu})|(?=\p{L}))(?!\p{L}{1,40}%)/gu;

/** Takes the sign of a LaTeX comment off the start of a line or sentence. */
export function foldComments(text: string): string {
  return text.includes('%') ? text.replace(COMMENT, '') : text;
}

/** Takes the dollars, `\( \)` and `\[ \]` off mathematics; amounts of money keep theirs. */
export function foldMath(text: string): string {
  const parts = text.replace(/\\[()[\]]/g, '').split(/(?<!\\)\$/);
  let folded = parts[0] ?? '';
  for (let at = 1; at < parts.length; at += 1) {
    const part = parts[at] ?? '';
    const after = parts[at + 1];
    if (after !== undefined && isMath(part)) {
      folded += part + after;
      at += 1;
    } else folded += `$${part}`;
  }
  return folded;
}

/** Commands, accents and escaped characters become what they print; no backslash is left. */
export function foldCommands(text: string): string {
  if (!text.includes('\\') && !text.includes('{')) return text;
  return repeated(text, foldArguments)
    .replace(/\\(['"`^~=.])(?:\{\\?([A-Za-z])\}|\\?([A-Za-z]))/g, (_, mark, braced, bare) =>
      accented(mark, braced ?? bare),
    )
    .replace(/\\([cvuHkr])\{([A-Za-z])\}/g, (_, mark, letter) => accented(mark, letter))
    .replace(/\\([A-Za-z]+)(\{\})?( ?)(?=(\{?))/g, (_, name, empty, space, brace) =>
      printed({ name, space, glued: brace !== '' && empty === undefined }),
    )
    .replace(/\\([%$&#_{}"'])/g, '$1')
    .replace(/\\[\\,;: ~]/g, ' ')
    .replace(/\\/g, '');
}

/** Braces go; sets such as `{-1, 1}` keep theirs, superscripts become `10^19` or `n^(1/2)`. */
export function foldBraces(text: string): string {
  if (!/[{}^]/.test(text)) return text;
  return repeated(text, foldInnermostBraces)
    .replace(/\^°/g, '°')
    .replace(/(\d)\^(st|nd|rd|th)(?![A-Za-z])/g, '$1$2');
}

function isMath(part: string): boolean {
  if (part.length > MATH_LIMIT || part.includes('\n')) return false;
  if (/^\d[^\\]*\s[a-z]{2,}/.test(part)) return false;
  if (/[\\^_{}]/.test(part)) return true;
  return !/\s\p{Ll}{2,}/u.test(part) && !/^[\d.,]+[\s\-–/,]+$/.test(part);
}

function foldArguments(text: string): string {
  return text
    .replace(FONT_ARGUMENT, (_, font, plain, switched) => font ?? plain ?? switched)
    .replace(/\\href\{([^{}]*)\} ?\{([^{}]*)\}/g, (_, url, label) => link(url, label))
    .replace(/\\[dt]?frac\{([^{}]*)\} ?\{([^{}]*)\}/g, (_, top, below) => fraction(top, below))
    .replace(/frac\{([^{}]{0,80})\{([^{}]{0,80})\}\}/g, (_, top, below) => fraction(top, below))
    .replace(/\\sqrt\{([^{}]*)\}/g, '√($1)')
    .replace(/\\cite[a-z]{0,9}\{([^{}]*)\}/g, '[$1]')
    .replace(/ ?\\footnote\{([^{}]*)\}/g, ' ($1)')
    .replace(/\\textcolor\{[^{}]*\}\{([^{}]*)\}/g, '$1')
    .replace(/\\(?:color|begin|end|label|vspace)\{[^{}]*\}/g, '')
    .replace(/\\textsuperscript\{([^{}]*)\}/g, '^{$1}')
    .replace(/\\textsubscript\{([^{}]*)\}/g, '_{$1}')
    .replace(/\\unicode\{x([0-9A-Fa-f]{1,6})\}/g, (all, hex) => codePoint(hex) ?? all);
}

function foldInnermostBraces(text: string): string {
  return (
    text
      .replace(/(?<=\d)\{,\}(?=\d)/g, ',')
      // What pages leave of \frac{1}{\epsilon}.
      .replace(/(?<=\d)\{([a-z]{2,10})\}/g, (all, name) =>
        GREEK.has(name) ? `/${sign(name)}` : all,
      )
      .replace(/([\^_])\{([^{}]*)\}/g, (_, mark, content) => script(mark, content))
      .replace(/(https?:\/\/[^\s{}]{1,300})\{([^{}]*)\}/g, '$1 ($2)')
      .replace(/\{([^{}]*)\}/g, (all, content) => (isSet(content) ? all : unbraced(content)))
  );
}

function repeated(text: string, step: (text: string) => string): string {
  let folded = text;
  for (let level = 0; level < NESTING; level += 1) {
    const next = step(folded);
    if (next === folded) return folded;
    folded = next;
  }
  return folded;
}

function printed(command: { name: string; space: string; glued: boolean }): string {
  const { name, space, glued } = command;
  if (DROPPED.has(name) || FONT_SIZE.test(name)) return '';
  if (GREEK.has(name) || SYMBOLS.has(name)) return sign(name) + space;
  return glued ? `${name} ` : name + space;
}

function accented(mark: string, letter: string): string {
  const composed = (letter + (ACCENTS.get(mark) ?? '')).normalize('NFC');
  return composed.length === 1 ? composed : mark + letter;
}

function link(url: string, label: string): string {
  return label === '' || label.includes('://') ? label || url : `${label} (${url})`;
}

function fraction(top: string, below: string): string {
  return `${operand(top)}/${operand(below)}`;
}

function operand(part: string): string {
  const bare = GREEK.get(part) ?? part;
  return /^\\?[\p{L}\p{N}.]*$/u.test(bare) ? bare : `(${bare})`;
}

function script(mark: string, content: string): string {
  if (content === '') return '';
  return /^[-+]?[\p{L}\p{N}.*+°⊤⋆]*$/u.test(content) ? mark + content : `${mark}(${content})`;
}

function isSet(content: string): boolean {
  return content.length <= SET_LIMIT && content.includes(',') && !content.includes('://');
}

function unbraced(content: string): string {
  return GREEK.has(content) || BRACED_WORDS.test(content) ? sign(content) : content;
}

function codePoint(hex: string): string | undefined {
  const code = Number.parseInt(hex, 16);
  const isSurrogate = code >= 0xd800 && code <= 0xdfff;
  return code > 0x10ffff || isSurrogate ? undefined : String.fromCodePoint(code);
}
