import { analyse, toTerm, words } from '../../retrieval/analyzer.ts';
import { phraseOf, type Relation, relationOf, sidesOf } from './measure-place.ts';
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
export type Bound = 'most' | 'less' | 'least' | 'more' | undefined;

/** A number with what its sentence says around it. */
export interface Counted extends Measure {
  readonly bound: Bound;
  /** Stems of the words right behind a plain count. */
  readonly nouns: ReadonlySet<string>;
  /** Names that the number belongs to. */
  readonly names: ReadonlySet<string>;
  /** Names of what its sentence speaks of before it, and those that it is set against. */
  readonly subject: ReadonlySet<string>;
  readonly against: ReadonlySet<string>;
  readonly relation: Relation;
  /** The words that say what it measures. */
  readonly phrase: string;
}

/** The numbers of a text with their places, in order. */
export function readCounted(text: string): readonly Counted[] {
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
    ...sidesAt(folded, measures, i),
    relation: relationOf(measure, folded),
    phrase: phraseOf(measure, {
      folded,
      from: measures[i - 1]?.end ?? 0,
      to: measures[i + 1]?.start,
    }),
  }));
}

// "On ImageNet, FooNet reaches 3%" is told of FooNet.
const LEAD_IN = /^\W*(?:on|in|for|at|with|using|under)\b[^,]*,/i;

/** What its sentence begins with, up to a number, and what behind it only sets it against. */
function sidesAt(folded: string, measures: readonly Measure[], i: number) {
  const { start = 0, end = 0 } = measures[i] ?? {};
  const from =
    start -
    (folded
      .slice(0, start)
      .split(/[.;]\s/)
      .at(-1)?.length ?? 0);
  const lead = measures.find((one) => one.start >= from)?.start ?? start;
  const ahead = sidesOf(folded.slice(from, lead).replace(LEAD_IN, ' '));
  const { against } = sidesOf(upToClause(folded.slice(end, measures[i + 1]?.start)));
  return { subject: ahead.subject.difference(against), against: ahead.against.union(against) };
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
