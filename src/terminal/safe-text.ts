import { visibleLine } from '../answer/show/visible-text.ts';
import { foldText } from '../papers/fold.ts';

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
  return visibleLine(text)
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
