import { foldBraces, foldCommands, foldComments, foldMath } from './fold-latex.ts';
import { foldWords } from './fold-words.ts';
import { GREEK_SPELLED } from './latex-commands.ts';

const MAX_PASSES = 4;
// Letters that Unicode does not take apart into a base letter and a mark.
const PLAIN_LETTERS: Readonly<Record<string, string>> = {
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ı: 'i',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  '×': 'times',
  '∞': 'infty',
};

/**
 * LaTeX leftovers folded to what they print, for search and display; stored text and quotes keep
 * theirs. Never throws, takes linear time, and folding twice changes nothing.
 */
export function foldText(text: string): string {
  let folded = text;
  for (let pass = 0; pass < MAX_PASSES; pass += 1) {
    const next = foldOnce(folded);
    if (next === folded) return folded;
    folded = next;
  }
  // Nothing people write gets here; without its signs the text has nothing left to fold.
  return foldOnce(folded.replace(/[\\{}$`^]/g, ''));
}

/**
 * The key under which titles are compared: case, accents, punctuation and white space do not count,
 * and a Greek letter equals its name ("DεpS" and "DepsilonpS").
 */
export function foldTitle(title: string): string {
  const lower = foldText(title).normalize('NFKC').toLowerCase();
  const letters = lower
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[øłđıßæœ×∞]/g, (letter) => PLAIN_LETTERS[letter] ?? letter)
    .replace(/[α-ω]/g, (letter) => GREEK_SPELLED.get(letter) ?? letter)
    .replace(/[^\p{L}\p{N}\p{M}]/gu, '')
    .normalize('NFC');
  // A title of signs only would otherwise equal every other such title.
  return letters === '' ? lower.trim() : letters;
}

function foldOnce(text: string): string {
  return foldWords(foldBraces(foldCommands(foldMath(foldComments(foldQuotes(text))))));
}

function foldQuotes(text: string): string {
  return text.replace(/``|''/g, '"');
}
