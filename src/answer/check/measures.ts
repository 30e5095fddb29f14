import { foldText } from '../../papers/fold.ts';

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

const SCALES: Readonly<Record<string, number>> = {
  k: 1e3,
  thousand: 1e3,
  m: 1e6,
  mn: 1e6,
  million: 1e6,
  millions: 1e6,
  b: 1e9,
  bn: 1e9,
  billion: 1e9,
  billions: 1e9,
  t: 1e12,
  trillion: 1e12,
};

const UNITS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '%': '% percent pct',
    pp: 'pp percentage-points percentage-point',
    points: 'points point',
    x: 'x × times fold times-faster',
    ms: 'ms millisecond milliseconds msec',
    us: 'us µs μs microsecond microseconds',
    ns: 'ns nanosecond nanoseconds',
    s: 's sec secs second seconds',
    min: 'min mins minute minutes',
    h: 'h hr hrs hour hours',
    day: 'day days',
    week: 'week weeks',
    month: 'month months',
    year: 'year years',
    kb: 'kb kib kilobyte kilobytes',
    mb: 'mb mib megabyte megabytes',
    gb: 'gb gib gigabyte gigabytes',
    tb: 'tb tib terabyte terabytes',
    bit: 'bit bits',
    byte: 'byte bytes',
    hz: 'hz hertz',
    khz: 'khz kilohertz',
    mhz: 'mhz megahertz',
    ghz: 'ghz gigahertz',
    fps: 'fps',
    w: 'w watt watts',
    kw: 'kw kilowatt kilowatts',
    kwh: 'kwh',
    j: 'j joule joules',
    mj: 'mj millijoule millijoules',
    nm: 'nm nanometer nanometers nanometre nanometres',
    um: 'um µm micrometer micrometers',
    mm: 'mm millimeter millimeters millimetre millimetres',
    cm: 'cm centimeter centimeters centimetre centimetres',
    meter: 'meter meters metre metres',
    km: 'km kilometer kilometers kilometre kilometres',
    db: 'db decibel decibels',
    gflops: 'gflops gflop',
    tflops: 'tflops tflop',
    pflops: 'pflops pflop',
    usd: '$ usd dollar dollars',
    eur: '€ eur euro euros',
    degree: '° degree degrees',
    d: 'd', // "3D"
  }).flatMap(([unit, spellings]) => spellings.split(' ').map((spelling) => [spelling, unit])),
);

const SPELLED: Readonly<Record<string, number>> = {
  a: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  thirteen: 13,
  fourteen: 14,
  fifteen: 15,
  sixteen: 16,
  seventeen: 17,
  eighteen: 18,
  nineteen: 19,
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
  hundred: 100,
  dozen: 12,
};
const FACTORS: Readonly<Record<string, number>> = {
  twice: 2,
  doubles: 2,
  doubled: 2,
  doubling: 2,
  triples: 3,
  tripled: 3,
  tripling: 3,
  quadruples: 4,
  quadrupled: 4,
};

// Not within a name such as "GPT-4", "Llama-2-7B" or "v1.5".
const NUMBER =
  /(?<![\p{L}\p{N}_])(?<!\p{L}[-–.])(?<!\p{L}[-–]\d{1,3}[-–])(?<!\d[.,])([-−]?)([$€]?)(\d+(?:,\d{3})+|\d+)((?:\.\d+)?)(?:[eE]([-+]?\d{1,3})(?![\p{L}\d])|\^(\d{1,3}))?/gu;
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

/** The numbers of a text in order; `folded` is what their offsets belong to. */
export function readMeasures(text: string): {
  readonly folded: string;
  readonly measures: readonly Measure[];
} {
  const folded = foldText(text);
  const digits = [...folded.matchAll(NUMBER)].map((match) => toMeasure(match, folded));
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
  const measures = [...digits, ...spelled, ...factors].toSorted((a, b) => a.start - b.start);
  return { folded, measures: shareUnits(measures, folded) };
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
