import { foldText } from '../papers/fold.ts';

// ECMA-48, in 7 and 8 bits: https://en.wikipedia.org/wiki/ANSI_escape_code
const ESC = '\u001b';
const CSI = `(?:${ESC}\\[|\u009b)`;
const STRING_START = `(?:${ESC}[\\]PX^_]|[\u0090\u0098\u009d-\u009f])`;
const STRING_END = `(?:\u0007|${ESC}\\\\|\u009c)`;
/**
 * Whole sequences go, so that nothing of them is left as text. Linear in time, where
 * `stripVTControlCharacters` of Node takes a square: a string never reaches over another control.
 */
const SEQUENCES = new RegExp(
  `${STRING_START}[^\\p{Cc}]*${STRING_END}|${CSI}[0-?]*[ -/]*[@-~]|${ESC}[ -/]*[0-~]`,
  'gu',
);

/** Turns the direction of writing, or is invisible and never needed to read a text. */
const INVISIBLE =
  /[[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\ufff9-\ufffb]--[\u200c\u200d\p{Variation_Selector}]]/gv;
/** Joiners shape emoji, Persian and Indic words; between Latin letters they only hide. */
const STRAY_JOINER = /(?<![^\p{ASCII}\u200c\u200d])[\u200c\u200d]+|[\u200c\u200d]+(?!\P{ASCII})/gu;
/** No writing system stacks more marks on a letter; text that does covers the lines around it. */
const STACKED_MARKS = /(\p{M}{4})\p{M}+/gu;

/**
 * Foreign text made safe and fit for one line of a terminal: nothing in it can move the cursor,
 * change colours, make links, turn the direction of writing or hide. LaTeX leftovers are folded.
 */
export function safeText(text: string): string {
  // Folding leaves gaps and may put together what was apart: its result is stripped again.
  return stripUnsafe(foldText(stripUnsafe(text)));
}

/** The same without folding, for text that must keep its letters, such as file names. */
export function stripUnsafe(text: string): string {
  return text
    .toWellFormed()
    .replace(SEQUENCES, '')
    .replace(INVISIBLE, '')
    .replace(/[\s\u0085]+/gu, ' ')
    .replace(/\p{Cc}/gu, '')
    .replace(STRAY_JOINER, '')
    .replace(STACKED_MARKS, '$1')
    .replace(/ {2,}/g, ' ')
    .trim();
}

/** A link that can be followed as it stands: no spaces, nothing but ASCII; empty unless http(s). */
export function safeLink(url: string): string {
  if (!URL.canParse(url)) return '';
  const { protocol, href } = new URL(url);
  return protocol === 'https:' || protocol === 'http:' ? href : '';
}
