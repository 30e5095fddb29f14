import { analyse, words } from '../../retrieval/analyzer.ts';
import type { TermStatistics } from '../../retrieval/term-statistics.ts';

/** Something definite that a question asks about and that a paper must state to answer it. */
export interface Specific {
  /** As typed. */
  readonly word: string;
  /** Lower-case letters and digits only. */
  readonly key: string;
}

// A word in small letters on which a short question hinges, by its place: what is counted ("how many
// dollars") or where it is to hold ("on cifar10 or imagenet?").
const HINGE =
  /\b(?:how many|per|in|on|or|under)\s+(?:the\s+)?([\p{Ll}\d-]{3,})(?=\W*$|\s*[?,;/]|\s+(?:and|or|did|does|do|cards?)\b)/gu;
// In a longer question a rare word is more likely a way of putting things.
const MOST_TERMS = 8;
// Coined or measured: digits within, an inner capital, or all capitals.
const DEFINITE =
  /^(?:\p{L}+\d[\p{L}\d]*|\d+\p{L}[\p{L}\d]*|\p{L}*\p{Ll}\p{Lu}[\p{L}\d]*|\p{Lu}{2,}[\p{L}\d]*|\p{Lu}+s)$/u;
const WORD = /[\p{L}\p{N}]+(?:[-–][\p{L}\p{N}]+)*/gu;
// Terms of the field that papers often write out, or that carry no claim of their own.
const FIELD_SHARE = 0.02;
const MIN_FIELD_PAPERS = 2;
const IGNORED: ReadonlySet<string> = new Set(
  `2d 3d 4d ai ml dl ok lol tldr tl dr asap fyi imo btw eu us uk os ui api pdf html i'm im`.split(
    ' ',
  ),
);

/** The specifics of a question: what is coined, measured or made, unless the whole field speaks of it. */
export function findSpecifics(question: string, statistics: TermStatistics): readonly Specific[] {
  const found = new Map<string, Specific>();
  // Where all is in capitals they tell nothing.
  const isShouted = !/\p{Ll}/u.test(question);
  const plain = isShouted ? question.toLowerCase() : question;
  const hinges = hingesOf(plain, statistics);
  for (const [word] of plain.matchAll(WORD)) {
    for (const part of parts(word)) {
      const key = compact(part);
      if (isSpecific({ word: part, key, hinges }, statistics)) found.set(key, { word, key });
    }
  }
  return [...found.values()];
}

/** "voxceleb1-H" and "MT-Bench" stand for one thing; "LLM-based" for its parts. */
function parts(word: string): readonly string[] {
  const pieces = word.split(/[-–]/);
  const isOneName = pieces.some((piece) => /\d/.test(piece) || piece.length === 1);
  return pieces.length > 1 && isOneName ? [word] : pieces;
}

/** The hinges that no abstract has, misspelt words left out. */
function hingesOf(question: string, statistics: TermStatistics): ReadonlySet<string> {
  if (analyse(question).length > MOST_TERMS) return new Set();
  const words = [...question.matchAll(HINGE)].map(([, word = '']) => word);
  return new Set(words.filter((word) => isUnknown(word, statistics)).map(compact));
}

function isUnknown(word: string, statistics: TermStatistics): boolean {
  return analyse(word).every(
    (term) => statistics.frequency(term) === 0 && statistics.respell(term) === undefined,
  );
}

function isSpecific(
  { word, key, hinges }: { word: string; key: string; hinges: ReadonlySet<string> },
  statistics: TermStatistics,
): boolean {
  if (key.length < 2 || IGNORED.has(key) || /^\d+$/.test(key)) return false;
  const terms = analyse(word).filter((term) => !/^\d+$/.test(term));
  if (terms.length === 0) return false;
  const frequency = Math.max(...terms.map((term) => statistics.frequency(term)));
  if (frequency > Math.max(MIN_FIELD_PAPERS, statistics.papers * FIELD_SHARE)) return false;
  return hinges.has(key) || DEFINITE.test(word.replace(/[-–]/g, ''));
}

/** The specifics that a text does not speak of, written out or short, in any spelling. */
export function missingSpecifics(
  specifics: readonly Specific[],
  text: string,
  statistics: TermStatistics,
): readonly Specific[] {
  const held = compact(text);
  const stems = new Set(analyse(text));
  return specifics.filter(({ key }) => !holds(key, { held, stems, statistics }));
}

function holds(
  key: string,
  text: {
    readonly held: string;
    readonly stems: ReadonlySet<string>;
    readonly statistics: TermStatistics;
  },
): boolean {
  const singular = key.replace(/s$/, '');
  if (text.held.includes(singular)) return true;
  // "GFLOPs" for "FLOP(G)", "1024px" for "1024".
  const stripped = singular.replace(/^[gmkt](?=flop|bit|byte|b$)|(?:px|x)$/, '');
  if (stripped.length >= 3 && text.held.includes(stripped)) return true;
  const long = text.statistics.acronyms.get(key) ?? text.statistics.acronyms.get(singular);
  return long !== undefined && analyse(long).every((term) => text.stems.has(term));
}

function compact(text: string): string {
  return words(text).join('');
}
