import { foldText } from '../../papers/fold.ts';
import { visibleLine } from './visible-text.ts';

/** Foreign text on one line, without what hides or moves it; LaTeX leftovers are folded. */
export function cleanLine(text: string): string {
  return visibleLine(foldText(visibleLine(text))).trim();
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

/**
 * The longest beginning of a foreign text whose escaped form keeps within so many characters; the
 * escaper gives more than it gets.
 */
export function escapeWithin(
  text: string,
  most: number,
  escaper: (text: string) => string,
): string {
  const clean = cleanLine(text);
  let room = Math.min(clean.length, most);
  let escaped = escaper(clip(clean, room));
  while (escaped.length > most && room > 0) {
    room = Math.max(0, room - Math.max(1, Math.ceil((escaped.length - most) / 5)));
    escaped = escaper(clip(clean, room));
  }
  return escaped;
}
