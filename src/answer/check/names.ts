import { foldText } from '../../papers/fold.ts';
import type { Acronyms } from '../../retrieval/acronyms.ts';
import { analyse, isStopWord, toTerm, words } from '../../retrieval/analyzer.ts';

// Coined: digits within, an inner capital, or all capitals; as in `specifics.ts`, but with hyphens.
const COINED = /^(?=.*\p{L})(?:.*\d.*|\p{L}*\p{Ll}\p{Lu}.*|\p{Lu}{2,}[\p{L}\d]*|\p{Lu}{2,}s)$/u;
const CAPITAL = /^\p{Lu}\p{L}+$/u;
const TOKEN = /[\p{L}\p{N}]+(?:[-–.'’/+][\p{L}\p{N}]+)*\+*/gu;
const MEASURE_LIKE = /^\d[\d.,]*(?:[a-zA-Zµμ%]{1,3}|st|nd|rd|th|-?bit|-?fold|-?way|-?shot)?$/u;
const EVERYDAY: ReadonlySet<string> = new Set(
  'ai ml dl nlp cv ram ok us uk eu i ii iii english llm llms 2d 3d 4d'.split(' '),
);
const LONGEST_JOINED = 4;

/** The names of a text, in lower case without their signs: "DGX", "H100", "ImageNet-1k". */
export function namesIn(text: string): ReadonlySet<string> {
  return new Set(readNames(text).map(({ key }) => key));
}

/** The names of a text as they are written, in order. */
export function wordsThatName(text: string): readonly string[] {
  return readNames(text).map(({ word }) => word);
}

/** Tells which names stand in its texts. */
export interface NameBook {
  /** Whether a name stands there as it is, in pieces, or written out. */
  has(word: string): boolean;
}

interface BookParts {
  /** Names that hold wherever they stand, in lower case without signs. */
  readonly known?: ReadonlySet<string>;
  readonly acronyms: Acronyms;
}

export function createNameBook(
  texts: readonly string[],
  { known = new Set(), acronyms }: BookParts,
): NameBook {
  const all = foldText(texts.join(' . '));
  const joined = joinedWords(all);
  const stems = new Set(analyse(all));
  const knows = (key: string) => known.has(key) || known.has(key.replace(/s$/, ''));
  return {
    has(word) {
      const key = words(word).join('');
      return (
        knows(key) ||
        isHeld(key, joined) ||
        (CAPITAL.test(word) && stems.has(toTerm(key))) ||
        isWrittenOut(key, { all, stems, acronyms }) ||
        piecesHeld(word, { joined, stems })
      );
    },
  };
}

/**
 * The first name of a sentence that stands nowhere in the given texts, neither as it is, nor in
 * pieces, nor written out. Undefined when all stand.
 */
export function findForeignName(
  sentence: string,
  { texts, ...parts }: BookParts & { readonly texts: readonly string[] },
): string | undefined {
  const names = readNames(sentence);
  if (names.length === 0) return undefined;
  const book = createNameBook(texts, parts);
  return names.find(({ word }) => !book.has(word))?.word;
}

interface Name {
  readonly word: string;
  readonly key: string;
}

function readNames(text: string): readonly Name[] {
  const folded = foldText(text);
  return [...folded.matchAll(TOKEN)].flatMap((match) => {
    const word = match[0].replace(/['’]s$/, '');
    const key = words(word).join('');
    return isName(word, opensSentence(folded, match.index)) && !EVERYDAY.has(key)
      ? [{ word, key }]
      : [];
  });
}

function isName(word: string, isFirst: boolean): boolean {
  if (MEASURE_LIKE.test(word)) return false;
  const pieces = word.split(/[-–/]/);
  if (pieces.some((piece) => COINED.test(piece) && !MEASURE_LIKE.test(piece))) return true;
  return !isFirst && pieces.some((piece) => CAPITAL.test(piece) && !isStopWord(piece));
}

function opensSentence(text: string, at: number): boolean {
  return /(?:^|[.!?:]\s)["“'‘(]*$/.test(text.slice(Math.max(0, at - 4), at)) || at === 0;
}

/** Every word and every run of up to four words, without what parts them. */
function joinedWords(text: string): ReadonlySet<string> {
  const all = words(text);
  const joined = new Set<string>();
  for (let from = 0; from < all.length; from++) {
    for (let size = 1; size <= LONGEST_JOINED; size++) {
      joined.add(all.slice(from, from + size).join(''));
    }
  }
  return joined;
}

function isHeld(key: string, joined: ReadonlySet<string>): boolean {
  return joined.has(key) || joined.has(key.replace(/s$/, '')) || joined.has(`${key}s`);
}

/** "LLM" where the text says "large language model", by known short forms or by initials. */
function isWrittenOut(
  key: string,
  {
    all,
    stems,
    acronyms,
  }: { readonly all: string; readonly stems: ReadonlySet<string>; readonly acronyms: Acronyms },
): boolean {
  const short = key.replace(/s$/, '');
  const long = acronyms.get(key) ?? acronyms.get(short);
  if (long !== undefined && analyse(long).every((term) => stems.has(term))) return true;
  if (short.length < 2 || !/^[a-z]+$/.test(short)) return false;
  const initials = words(all).map((word) => word.charAt(0));
  return initials.join('').includes(short) && short.length >= 3;
}

/** "VoxelKP-based" where the text says "VoxelKP" and "based". */
function piecesHeld(
  word: string,
  { joined, stems }: { readonly joined: ReadonlySet<string>; readonly stems: ReadonlySet<string> },
): boolean {
  const pieces = word.split(/[-–/]/).filter((piece) => piece !== '');
  return (
    pieces.length > 1 &&
    pieces.every((piece, i) => {
      const key = words(piece).join('');
      // The number of a version is held with its name only: "GPT-3" is not "GPT-4".
      if (/^[\d.]+$/.test(piece)) {
        const beside = [`${pieces[i - 1] ?? ''}${piece}`, `${piece}${pieces[i + 1] ?? ''}`];
        return beside.some((pair) => pair !== piece && isHeld(words(pair).join(''), joined));
      }
      const isPlain = !COINED.test(piece) && !CAPITAL.test(piece);
      return isPlain || isHeld(key, joined) || stems.has(toTerm(key));
    })
  );
}
