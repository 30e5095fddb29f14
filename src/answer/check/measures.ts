import { foldText } from '../../papers/fold.ts';
import { FACTORS, PARTS, SCALES, SPELLED, UNITS } from './number-words.ts';

/** A number of a text with what it counts, as far as that can be read. */
export interface Measure {
  /** Scale words are in it: "1.5 billion" is 1.5e9. */
  readonly value: number;
  /** In one spelling, such as `%`, `x`, `ms`; absent for plain counts. */
  readonly unit?: string;
  /** As typed, for messages. */
  readonly text: string;
  /** Where it stands in the folded text, end exclusive, its unit included. */
  readonly start: number;
  readonly end: number;
}

// Not within a name such as "GPT-4", "Llama-2-7B" or "v1.5".
const NUMBER =
  /(?<![\p{L}\p{N}_])(?<!\p{L}[-–.])(?<!\p{L}[-–]?\d{1,3}(?:\.\d)?[-–])(?<!\d[.,])([-−]?)([$€]?)(\d+(?:,\d{3})+|\d+)((?:\.\d+)?)(?:[eE]([-+]?\d{1,3})(?![\p{L}\d])|\^(\d{1,3}))?/gu;
// "Yuan 2.0-M32" is a name.
const NAME_BEHIND = /^-\p{Lu}+\d/u;
const LONG_UNITS = [...UNITS.keys()].filter((unit) => /^[a-z]{3,}$/.test(unit)).join('|');
const SPELLED_NUMBER = new RegExp(
  `(?<![\\p{L}\\p{N}-])(${Object.keys(SPELLED)
    .filter((word) => SPELLED[word] !== 1)
    .join(
      '|',
    )}|(?:a|one)(?= (?:thousand|million|billion|trillion)\\b)|one(?= (?:${LONG_UNITS})\\b))(?![\\p{L}\\p{N}])`,
  'giu',
);
const FACTOR = new RegExp(`\\b(?:${Object.keys(FACTORS).join('|')})\\b`, 'gi');
const BEHIND =
  /^(?:[ -]?(thousand|million|billion|trillion)s?\b|(k|K|M|B|bn|T)(?![\p{L}\d]))?(?:[ -]?(percentage[ -]points?|%|×|°|[\p{L}µμ]+)(?![\p{L}\d]))?/u;

// "A third of it", "1/19"; not "the third of them".
const PART = new RegExp(
  `\\b(?:an?|one)[ -](${Object.keys(PARTS).join('|')})(?= (?:of|the|less|fewer|more|as)\\b)|(?<![\\w/.])1/(\\d{1,4})(?![\\w/])`,
  'gi',
);
const MAGNITUDE = /\ban order of magnitude\b/gi;

/** The numbers of a text in order; `folded` is what their offsets belong to. */
export function readMeasures(text: string): {
  readonly folded: string;
  readonly measures: readonly Measure[];
} {
  const folded = foldText(withPlainDigits(text));
  const digits = [...folded.matchAll(NUMBER)]
    .filter(({ 0: text, index }) => !NAME_BEHIND.test(folded.slice(index + text.length)))
    .map((match) => toMeasure(match, folded));
  const spelled = [...folded.matchAll(SPELLED_NUMBER)].map((match) =>
    withUnit(
      { value: SPELLED[match[0].toLowerCase()] ?? 0, text: match[0], start: match.index },
      folded,
    ),
  );
  const factors = [...folded.matchAll(FACTOR)].map(({ 0: text, index: start }) => ({
    value: FACTORS[text.toLowerCase()] ?? 0,
    unit: 'x',
    text,
    start,
    end: start + text.length,
  }));
  const measures = [...digits, ...spelled, ...factors, ...partsOf(folded)].toSorted(
    (a, b) => a.start - b.start,
  );
  return { folded, measures: shareUnits(measures, folded) };
}

/** Full-width digits and signs as the plain ones they stand for. */
function withPlainDigits(text: string): string {
  return text.replace(/[\uff01-\uff5e]+/g, (wide) => wide.normalize('NFKC'));
}

function partsOf(folded: string): readonly Measure[] {
  const parts = [...folded.matchAll(PART)].map(({ 0: text, 1: word, 2: below, index }) => ({
    value: 1 / (PARTS[word?.toLowerCase() ?? ''] ?? Number(below)),
    unit: 'part',
    text,
    start: index,
    end: index + text.length,
  }));
  const orders = [...folded.matchAll(MAGNITUDE)].map(({ 0: text, index }) => ({
    value: 10,
    unit: 'magnitude',
    text,
    start: index,
    end: index + text.length,
  }));
  return [...parts, ...orders];
}

function toMeasure(match: RegExpExecArray, folded: string): Measure {
  const [text, minus = '', currency = '', whole = '', fraction = '', exponent, power] = match;
  const isNegative = minus !== '' && /(?:^|[\s(=:])$/.test(folded.slice(0, match.index));
  const base = Number(whole.replaceAll(',', '') + fraction) * (isNegative ? -1 : 1);
  const value =
    exponent !== undefined
      ? base * 10 ** Number(exponent)
      : power !== undefined
        ? base ** Number(power)
        : base;
  const measure = withUnit({ value, text, start: match.index }, folded);
  const unit = currency === '' ? measure.unit : UNITS.get(currency);
  return unit === undefined ? measure : { ...measure, unit };
}

function withUnit(
  number: { readonly value: number; readonly text: string; readonly start: number },
  folded: string,
): Measure {
  const from = number.start + number.text.length;
  const [behind = '', scaleWord, scaleLetter, unitText] = BEHIND.exec(folded.slice(from)) ?? [];
  const scaleText = scaleWord ?? scaleLetter ?? '';
  const unit = unitText === undefined ? undefined : unitOf(unitText, behind);
  const scaled = scaleText === '' ? 0 : behind.indexOf(scaleText) + scaleText.length;
  const end = from + (unit === undefined ? scaled : behind.length);
  return {
    value: number.value * (SCALES[scaleText.toLowerCase()] ?? 1),
    text: folded.slice(number.start, end),
    start: number.start,
    end,
    ...(unit !== undefined && { unit }),
  };
}

/** "5 s" is seconds, but "5 S" is not, nor is the "m" of "5 m" a million. */
function unitOf(text: string, behind: string): string | undefined {
  const isApart = /^\s/.test(behind);
  const key = text.toLowerCase().replace(/\s/g, '-');
  if (isApart && key.length === 1 && /[a-z]/.test(key) && key !== 'x' && text !== 's') {
    return undefined;
  }
  return UNITS.get(key);
}

/** In "15 to 31x" or "15-31x" both numbers have the unit of the second. */
function shareUnits(measures: readonly Measure[], folded: string): readonly Measure[] {
  return measures.map((measure, i) => {
    const next = measures[i + 1];
    if (measure.unit !== undefined || next?.unit === undefined) return measure;
    const between = folded.slice(measure.end, next.start);
    return /^\s?(?:-|–|—|to|and|or|,)\s?$/.test(between)
      ? { ...measure, unit: next.unit }
      : measure;
  });
}
