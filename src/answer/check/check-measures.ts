import { analyse } from '../../retrieval/analyzer.ts';
import { type Bound, type Counted, readCounted } from './counted.ts';
import { beginnings, isOthersPhrase } from './measure-place.ts';
import type { Measure } from './measures.ts';
import { findSibling } from './siblings.ts';

// What may be said of a number that has the bound on the left: "50%" of "over 50%", not of "up to".
const SAYABLE: ReadonlyMap<Bound, readonly Bound[]> = new Map<Bound, readonly Bound[]>([
  [undefined, [undefined, 'most', 'least']],
  ['most', ['most']],
  ['less', ['less', 'most']],
  ['least', ['least', undefined]],
  ['more', ['more', 'least', undefined]],
]);

/**
 * The first number of a sentence that its evidence does not bear out: not there, with another unit,
 * counting something else, or belonging to another name. Undefined when all stand.
 */
export function findWrongMeasure(sentence: string, evidence: string): string | undefined {
  const stated = readCounted(evidence);
  const evidenceStems = new Set(analyse(evidence));
  for (const measure of readCounted(sentence)) {
    const reason = faultOf(measure, { stated, evidenceStems });
    if (reason !== undefined) return reason;
  }
  return undefined;
}

function faultOf(
  measure: Counted,
  {
    stated,
    evidenceStems,
  }: { readonly stated: readonly Counted[]; readonly evidenceStems: ReadonlySet<string> },
): string | undefined {
  const { text } = measure;
  const same = stated.filter((one) => isSameValue(one.value, measure.value));
  if (same.length === 0) return `the number ${text} does not stand in the quote`;
  const ofUnit = same.filter((one) => hasSameUnit(measure, one));
  if (ofUnit.length === 0) return `the quote has another unit for ${text}`;
  if (!ofUnit.some(({ bound }) => isWithin(bound, measure))) {
    return `the quote sets another bound on ${text}`;
  }
  if (!ofUnit.some((one) => countsTheSame(measure, one, evidenceStems))) {
    return `the number ${text} counts something else in the quote`;
  }
  if (!ofUnit.some((one) => belongsTo(measure, one, stated) && isOfPhrase(measure, one, stated))) {
    return `the number ${text} belongs to something else in the quote`;
  }
  return ofUnit.some((one) => hasSameRelation(measure, one))
    ? undefined
    : `the quote does not say "${measure.relation === 'change' ? 'by' : 'of'}" of ${text}`;
}

/** "By 15%" is not "15%", and "reaches 9%" is not "9% more". */
function hasSameRelation({ relation, unit }: Counted, stated: Counted): boolean {
  return (
    relation === stated.relation ||
    relation === undefined ||
    stated.relation === undefined ||
    (unit !== undefined && !isRatio(unit))
  );
}

/** Fails where the words beside the number are those of another number of the quote. */
function isOfPhrase(measure: Counted, stated: Counted, all: readonly Counted[]): boolean {
  if (beginnings(stated.phrase).size === 0) return true;
  if (findSibling(measure.phrase, stated.phrase) !== undefined) return false;
  const others = all.filter(({ value }) => !isSameValue(value, measure.value));
  return !isOthersPhrase(
    beginnings(measure.phrase),
    beginnings(stated.phrase),
    others.map(({ phrase }) => beginnings(phrase)),
  );
}

/** "4% more accurate while reducing latency by 5% compared to FooNet": both are against FooNet. */
function isSharedAgainst(
  name: string,
  {
    measure,
    stated,
    all,
  }: { readonly measure: Counted; readonly stated: Counted; readonly all: readonly Counted[] },
): boolean {
  return (
    measure.against.has(name) &&
    stated.names.size === 0 &&
    all.some((other) => other.start > stated.start && other.against.has(name))
  );
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

/**
 * Fails where a name beside the number stands beside another number of the quote instead, and where
 * the number is told of a name that the quote sets it against or tells another number of.
 */
function belongsTo(measure: Counted, stated: Counted, all: readonly Counted[]): boolean {
  const isBeside = [...measure.names].every(
    (name) =>
      stated.names.has(name) ||
      stated.subject.has(name) ||
      (!measure.against.has(name) && !measure.names.isDisjointFrom(stated.names)) ||
      isSharedAgainst(name, { measure, stated, all }) ||
      !all.some((other) => other.names.has(name) || other.subject.has(name)),
  );
  if (!isBeside) return false;
  const own = stated.subject.union(stated.names.difference(stated.against));
  const [lead] = measure.subject;
  if (lead === undefined || own.has(lead)) return true;
  const isElsewhere = all.some(
    (other) => other !== stated && (other.names.has(lead) || other.subject.has(lead)),
  );
  return !stated.against.has(lead) && !isElsewhere;
}
