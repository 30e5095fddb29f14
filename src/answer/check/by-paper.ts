import type { Acronyms } from '../../retrieval/acronyms.ts';
import { analyse } from '../../retrieval/analyzer.ts';
import type { Evidence } from './evidence.ts';
import { createNameBook, type NameBook, wordsThatName } from './names.ts';

/** A stretch of a sentence, and whose evidence has to bear it out. */
export interface Part {
  readonly text: string;
  /** The papers' evidence as one, each paper's for itself, or that of any. */
  readonly kind: 'together' | 'each' | 'any';
  readonly papers: readonly Evidence[];
}

const BORDER = /(?<=[;,:]\s|\s(?:and|while|whereas|but|though|although|yet|or)\s)/i;
const OF_ALL = /^\W*(?:both|all|these|they|each|the (?:two|three|four|papers|methods|authors))\b/i;
// A piece of these and names alone says nothing for itself: "Unlike FooNet,", "On ImageNet".
const BARE: ReadonlySet<string> = new Set(
  analyse('unlike like compared dataset data benchmark model method approach system network paper'),
);

/**
 * The parts of a sentence that several papers are quoted for: what it says of a name has to be borne
 * out by the papers that have the name, its subject first, so that no fact of one is told of another.
 */
export function byPaper(
  text: string,
  papers: readonly Evidence[],
  acronyms: Acronyms,
): readonly Part[] {
  if (papers.length <= 1) return [{ text, kind: 'together', papers }];
  const shelf = papers.map((paper) => ({
    paper,
    book: createNameBook([paper.text, ...paper.titles], { known: paper.ownNames, acronyms }),
    opening: paper.titles.map((title) => /[\p{L}\p{N}]+/u.exec(title)?.[0] ?? ''),
  }));
  const pieces = text.split(BORDER).map((piece) => toPiece(piece, shelf));
  if (OF_ALL.test(text)) return [{ text: withoutSubjects(pieces), kind: 'each', papers }];
  return joinPieces(pieces, papers).map(toPart);
}

interface Held {
  readonly paper: Evidence;
  readonly book: NameBook;
  readonly opening: readonly string[];
}

interface Piece {
  readonly text: string;
  readonly names: readonly string[];
  readonly isBare: boolean;
  /** Its first name stands where a subject stands: "while FooNet is", not "and outperforms FooNet". */
  readonly isAhead: boolean;
  /** The papers that have its first name, and the others where one has all; empty without a name. */
  readonly papers: readonly Evidence[];
}

function toPiece(text: string, shelf: readonly Held[]): Piece {
  const names = namesOf(text, shelf);
  const isOpening = (one: Held, name: string) => one.opening.includes(name);
  const has = (one: Held, name: string) => isOpening(one, name) || one.book.has(name);
  const subject = names.find((name) => shelf.some((one) => has(one, name)));
  const bearers = subject === undefined ? [] : shelf.filter((one) => has(one, subject));
  const ofAll = bearers.filter((one) => names.every((name) => has(one, name)));
  const left = names.reduce((rest, name) => rest.replace(name, ' '), text);
  return {
    text,
    names,
    isAhead: isAheadOf(subject ?? '', text),
    isBare: names.length > 0 && analyse(left).every((stem) => BARE.has(stem)),
    papers: (ofAll.length > 0 ? ofAll : bearers).map(({ paper }) => paper),
  };
}

const VERB = /\b(?:is|are|was|were|has|have|had|can|may|will|does|do|than)\b/i;

function isAheadOf(subject: string, text: string): boolean {
  const before = text.slice(0, Math.max(0, text.indexOf(subject)));
  return !VERB.test(before) && analyse(before).length === 0;
}

/** With the word that opens a piece where it opens a title too: "Switch is fast". */
function namesOf(text: string, shelf: readonly Held[]): readonly string[] {
  const [first = ''] = /[\p{L}\p{N}]+/u.exec(text) ?? [];
  const isTitle = shelf.some(({ opening }) => /^\p{Lu}/u.test(first) && opening.includes(first));
  return [...new Set([...(isTitle ? [first] : []), ...wordsThatName(text)])];
}

/** Pieces without a name go with the one before them, bare ones with the one behind them. */
function joinPieces(pieces: readonly Piece[], all: readonly Evidence[]): readonly Joined[] {
  const joined: Joined[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    const isMore = piece.papers.length > 0 && (piece.isAhead || last?.sides.length === 0);
    const isNew = isMore && last?.isSettled === true && !isSame(last, piece);
    if (last === undefined || (isNew && !piece.isBare)) joined.push(start(piece));
    else joined[joined.length - 1] = add(last, isMore ? piece : { ...piece, papers: [] });
  }
  return joined.map((one) => (one.sides.length > 0 ? one : { ...one, all }));
}

interface Joined {
  readonly pieces: readonly Piece[];
  /** The papers of each subject in it. */
  readonly sides: readonly (readonly Evidence[])[];
  readonly isSettled: boolean;
  readonly all?: readonly Evidence[];
}

function start(piece: Piece): Joined {
  const sides = piece.papers.length === 0 ? [] : [piece.papers];
  return { pieces: [piece], sides, isSettled: sides.length > 0 && !piece.isBare };
}

function add({ pieces, sides }: Joined, piece: Piece): Joined {
  const more = piece.papers.length === 0 ? [] : [piece.papers];
  const all = [...sides, ...more];
  return {
    pieces: [...pieces, piece],
    sides: all,
    isSettled: all.length > 0 && !(piece.isBare && sides.length === 0),
  };
}

function isSame({ sides }: Joined, { papers }: Piece): boolean {
  return sides.length === 1 && sides[0]?.every((one) => papers.includes(one)) === true;
}

function toPart({ pieces, sides, all }: Joined): Part {
  const text = pieces.map((piece) => piece.text).join('');
  if (all !== undefined) return { text, kind: 'any', papers: all };
  const [first = []] = sides;
  const common = first.filter((one) => sides.every((side) => side.includes(one)));
  if (common.length > 0) return { text, kind: 'together', papers: common };
  return { text: withoutSubjects(pieces), kind: 'each', papers: [...new Set(sides.flat())] };
}

/** "FooNet and BarNet route" is looked up in each paper as "it and it route". */
function withoutSubjects(pieces: readonly Piece[]): string {
  return pieces
    .map(({ text, names, papers }) => {
      const [subject] = names;
      return subject === undefined || papers.length === 0 ? text : text.replace(subject, 'it');
    })
    .join('');
}
