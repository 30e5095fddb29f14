// ECMA-48, in 7 and 8 bits: https://en.wikipedia.org/wiki/ANSI_escape_code
const ESC = '\u001b';
const CSI = `(?:${ESC}\\[|\u009b)`;
const STRING_START = `(?:${ESC}[\\]PX^_]|[\u0090\u0098\u009d-\u009f])`;
const STRING_END = `(?:\u0007|${ESC}\\\\|\u009c)`;
// Linear in time, where `stripVTControlCharacters` of Node takes a square: a string never reaches
// over another control.
const SEQUENCES = new RegExp(
  `${STRING_START}[^\\p{Cc}]*${STRING_END}|${CSI}[0-?]*[ -/]*[@-~]|${ESC}[ -/]*[0-~]`,
  'gu',
);

/** Turns the direction of writing, or is invisible; joiners of emoji and Persian stay. */
const INVISIBLE =
  /[[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\ufff9-\ufffb]--[\u200c\u200d\p{Variation_Selector}]]/gv;

/** Foreign text as one line of what can be seen: nothing in it moves the cursor, hides or turns. */
export function visibleLine(text: string): string {
  return stripSequences(text.toWellFormed())
    .replace(INVISIBLE, '')
    .replace(/[\s\u0085]+/gu, ' ')
    .replace(/\p{Cc}/gu, '');
}

/** The text without terminal control sequences; they go whole, so that nothing of them is left as words. */
export function stripSequences(text: string): string {
  return text.replace(SEQUENCES, '');
}
