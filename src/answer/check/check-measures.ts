import { analyse, toTerm, words } from '../../retrieval/analyzer.ts';
import { type Measure, readMeasures } from './measures.ts';
import { namesIn } from './names.ts';

// Words between a number and what it counts; "150 different expert networks" counts networks.
const LOOKED_AHEAD = 4;
const KINDS: ReadonlySet<string> = new Set(
  'type kind form sort class categori set group famili number pair total'.split(' '),
);
const CLAUSE_END = /[.,;:()]/;
const ATTACHED_AFTER =
  /^[^.;:()]{0,40}?\b(?:over|on|for|against|than|with|versus|vs|compared|in|to|of)\b/i;

const BOUNDS: readonly (readonly [Exclude<Bound, undefined>, RegExp])[] = [
  ['most', /(?:\bup[ -]to|\bat most|\bno more than|\bwithin|≤) ?$/i],
  ['less', /(?:\bless than|\bfewer than|\bunder|\bbelow|<) ?$/i],
  ['least', /(?:\bat least|\bno less than|≥) ?$/i],
  ['more', /(?:\bmore than|\bgreater than|\babove|\bexceed(?:s|ed|ing)?|>) ?$/i],
];
// "Over 50%", but "on average over eight data sets".
const OVER = /\bover ?$/i;
const LONGEST_BOUND = 16;

/** What a number is of its quantity: "up to 50%", "less than 50%", "at least 50%", "over 50%". */
type Bound = 'most' | 'less' | 'least' | 'more' | undefined;

// What may be said of a number that has the bound on the left: "50%" of "over 50%", not of "up to".
const SAYABLE: ReadonlyMap<Bound, readonly Bound[]> = new Map<Bound, readonly Bound[]>([
  [undefined, [undefined, 'most', 'least']],
  ['most', ['most']],
  ['less', ['less', 'most']],
  ['least', ['least', undefined]],
  ['more', ['more', 'least', undefined]],
]);

interface Counted extends Measure {
  readonly bound: Bound;
  /** Stems of the words right behind a plain count. */
  readonly nouns: ReadonlySet<string>;
  /** Names that the number belongs to. */
  readonly names: ReadonlySet<string>;
}

/**
 * The first number of a sentence that its evidence does not bear out: not there, with another unit,
 * counting something else, or belonging to another name. Undefined when all stand.
 */
export function findWrongMeasure(sentence: string, evidence: string): string | undefined {
  const stated = readCounted(evidence);
  const evidenceStems = new Set(analyse(evidence));
  for (const measure of readCounted(sentence)) {
    const same = stated.filter((one) => isSameValue(one.value, measure.value));
    if (same.length === 0) return `the number ${measure.text} does not stand in the quote`;
    const ofUnit = same.filter((one) => hasSameUnit(measure, one));
    if (ofUnit.length === 0) return `the quote has another unit for ${measure.text}`;
    if (!ofUnit.some(({ bound }) => isWithin(bound, measure))) {
      return `the quote sets another bound on ${measure.text}`;
    }
    if (!ofUnit.some((one) => countsTheSame(measure, one, evidenceStems))) {
      return `the number ${measure.text} counts something else in the quote`;
    }
    if (!ofUnit.some((one) => belongsTo(measure, one, stated))) {
      return `the number ${measure.text} belongs to something else in the quote`;
    }
  }
  return undefined;
}

function isWithin(bound: Bound, measure: Counted): boolean {
  return SAYABLE.get(bound)?.includes(measure.bound) === true;
}

function isSameValue(one: number, other: number): boolean {
  return Math.abs(one - other) <= 1e-9 * Math.max(Math.abs(one), Math.abs(other));
}

/** A percent sign, or the "x" of a factor, may be left out, but not exchanged or made up. */
function hasSameUnit(measure: Measure, stated: Measure): boolean {
  return measure.unit === stated.unit || (measure.unit === undefined && isRatio(stated.unit));
}

function isRatio(unit: string | undefined): boolean {
  return unit === '%' || unit === 'x' || unit === 'points';
}

function countsTheSame(
  measure: Counted,
  stated: Counted,
  evidenceStems: ReadonlySet<string>,
): boolean {
  if (measure.unit !== undefined || measure.nouns.size === 0) return true;
  const isIn = (held: ReadonlySet<string>) => [...measure.nouns].some((noun) => held.has(noun));
  return stated.nouns.size === 0 ? isIn(evidenceStems) : isIn(stated.nouns);
}

/** Fails where a name beside the number stands beside another number of the quote instead. */
function belongsTo(measure: Counted, stated: Counted, all: readonly Counted[]): boolean {
  return [...measure.names].every(
    (name) => stated.names.has(name) || !all.some((other) => other.names.has(name)),
  );
}

function readCounted(text: string): readonly Counted[] {
  const { folded, measures } = readMeasures(text);
  // "8-socket" is part of what the sentence is about.
  const isFree = ({ end }: Measure) => !/^-\p{L}/u.test(folded.slice(end));
  return measures.map((measure, i) => ({
    ...measure,
    bound: boundOf(
      measure,
      folded.slice(Math.max(0, measure.start - LONGEST_BOUND), measure.start),
    ),
    nouns: nounsBehind(folded.slice(measure.end, measures[i + 1]?.start)),
    names: namesBeside(folded, {
      measure,
      before: measures.slice(0, i).findLast(isFree),
      after: measures.slice(i + 1).find(isFree),
    }),
  }));
}

function boundOf({ unit }: Measure, ahead: string): Bound {
  const found = BOUNDS.find(([, pattern]) => pattern.test(ahead))?.[0];
  return found ?? (unit !== undefined && OVER.test(ahead) ? 'more' : undefined);
}

function nounsBehind(rest: string): ReadonlySet<string> {
  const [phrase = ''] = rest.split(CLAUSE_END);
  const nouns = new Set<string>();
  for (const word of words(phrase).slice(0, LOOKED_AHEAD)) {
    // "40 parcels a minute" counts no minutes.
    if (/^(?:a|an|per|each|every)$/.test(word)) break;
    if (analyse(word).length === 0) {
      if (isLink(word) && !(word === 'of' && isOnlyKinds(nouns))) break;
      continue;
    }
    nouns.add(toTerm(word));
  }
  return nouns;
}

/** "Three types of experts" counts experts. */
function isOnlyKinds(nouns: ReadonlySet<string>): boolean {
  return nouns.size > 0 && [...nouns].every((noun) => KINDS.has(noun));
}

/** What follows such a word is not counted. */
function isLink(word: string): boolean {
  return /^(?:of|in|on|for|to|with|and|or|than|by|from|at|as|is|are|was|were|that|which)$/.test(
    word,
  );
}

/** "3.7x over a DGX H100": behind; "the H100 reaches 3.7x": before. */
function namesBeside(
  folded: string,
  {
    measure,
    before,
    after,
  }: {
    readonly measure: Measure;
    readonly before: Measure | undefined;
    readonly after: Measure | undefined;
  },
): ReadonlySet<string> {
  const behind = upToClause(folded.slice(measure.end, after?.start));
  if (ATTACHED_AFTER.test(behind)) return namesIn(behind);
  // Before the first number stands what the whole sentence is about.
  const ahead = before === undefined ? '' : folded.slice(before.end, measure.start);
  return namesIn(ahead.split(/[.;]\s/).at(-1) ?? '');
}

function upToClause(text: string): string {
  return text.split(/[.;:]\s|,\s(?:and|while|but|whereas)\s/)[0] ?? '';
}
