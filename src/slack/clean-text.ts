import { stripSequences } from '../answer/control-sequences.ts';
import { foldText } from '../papers/fold.ts';

/** Invisible or turning the direction of writing; joiners of emoji and Persian stay. */
const INVISIBLE =
  /[[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\ufff9-\ufffb]--[\u200c\u200d\p{Variation_Selector}]]/gv;

/** Foreign text on one line, without what hides or moves it; LaTeX leftovers are folded. */
export function cleanLine(text: string): string {
  return cleanPart(foldText(cleanPart(text))).trim();
}

/** The same without folding, for a part of a text: the spaces at its ends stay. */
export function cleanPart(text: string): string {
  return stripSequences(text.toWellFormed())
    .replace(INVISIBLE, '')
    .replace(/[\s\u0085]+/gu, ' ')
    .replace(/\p{Cc}/gu, '');
}

/** The text, or its beginning with an ellipsis where it is longer than so many characters. */
export function clip(text: string, most: number): string {
  if (text.length <= most) return text;
  // A pair of surrogates, or a joiner left at the end, would not survive the cut.
  return `${text
    .slice(0, Math.max(most - 1, 0))
    .replace(/[\ud800-\udbff]$/, '')
    .trimEnd()}…`.slice(0, most);
}
