import { stemmer } from 'stemmer';

/** What an answer said, as far as it is looked at: sentences with their quotes, and titles cited. */
export interface Statements {
  readonly text: string;
  readonly titles: string;
}

/** How much of a fact's words an answer must hold; the rest is left to its own wording. */
const WORD_SHARE = 0.6;

const STOP_WORDS = new Set(
  `a about above after all also an and any approximately are around as at be because been being both
  but by can could did do does doing done each etc for from had has have having how if in into is it
  its itself just may might more most must no nor not of off on only or other our out over own same
  shall should so some such than that the their them then there these they this those through to too
  under until up upon versus very vs was we were what when where which while who whom why will with
  within without would you your`.split(/\s+/),
);

/**
 * Whether a fact is stated: every number of it in the text, and 60% of its other content words, by
 * Porter stem (https://tartarus.org/martin/PorterStemmer/), in the text or the titles. A label in
 * front (`name: ...`) only names the paper and is passed over; where it quotes the title, that title
 * must be among the cited ones. Word order and negation are not looked at. False for an empty fact.
 */
export function isStated(fact: string, said: Statements): boolean {
  const { title, body } = splitLabel(fact);
  if (title !== undefined && !holdsWords(contentStems(title), contentStems(said.titles))) {
    return false;
  }
  const numbers = numbersIn(body);
  const words = contentStems(body);
  if (numbers.size + words.size === 0) return false;
  return (
    numbers.isSubsetOf(numbersIn(said.text)) &&
    holdsWords(words, contentStems(`${said.text}\n${said.titles}`))
  );
}

/**
 * The numbers of a text in one spelling, each its value and `%`, `x` or nothing: "2times", "2×" and
 * "2 times" are `2x`, "100K" and "100,000" are `100000`. Digits inside a name (H100) are no number.
 */
export function numbersIn(text: string): Set<string> {
  const matches = foldNotation(text).matchAll(NUMBER);
  return new Set(Array.from(matches, ({ groups }) => spellNumber(groups ?? {})));
}

/**
 * The Porter stems of a text's content words: two letters at least, no stop words, no numbers nor
 * what was read with them ("times" in "3 times").
 */
export function contentStems(text: string): Set<string> {
  const words = foldNotation(text)
    .replaceAll(NUMBER, ' ')
    .replaceAll(/['’](?=\p{L})/gu, '')
    .split(/[^\p{L}\p{N}]+/u);
  const content = words.filter((word) => /^\p{L}./u.test(word) && !STOP_WORDS.has(word));
  return new Set(content.map(stemmer));
}

/** Lower case without LaTeX signs and thousands separators; products ("3x3", "3times3") apart. */
function foldNotation(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('\\times', '×')
    .replaceAll(/[\\$]/g, '')
    .replaceAll(/(?<=\d),(?=\d{3}(?!\d))/g, '')
    .replaceAll(/(?<=\d)\s*(?:x|×|times)\s*(?=\d)/g, ' by ');
}

// The product sign and a scale letter count only where the word ends: not in "5xyz", "6.7mb".
const NUMBER = new RegExp(
  String.raw`(?<![\p{L}\d]|\d\.)(?<value>\d*\.?\d+)` +
    String.raw`(?:\s*(?<scaleWord>thousand|million|billion)(?!\p{L})|(?<scale>[kmb])(?![\p{L}\d]))?` +
    String.raw`(?:\s*(?:(?<percent>%|percent(?!\p{L}))|(?<fold>×|(?:x|times)(?![\p{L}\d]))))?`,
  'gu',
);

const SCALES: Readonly<Record<string, number>> = {
  k: 1e3,
  thousand: 1e3,
  m: 1e6,
  million: 1e6,
  b: 1e9,
  billion: 1e9,
};

type NumberParts = Readonly<Record<string, string | undefined>>;

function spellNumber({ value, scale, scaleWord, percent, fold }: NumberParts): string {
  const scaled = Number(value) * (SCALES[scale ?? scaleWord ?? ''] ?? 1);
  // Twelve digits hide the rounding of 3.7 x 1e9.
  const spelled = String(Number(scaled.toPrecision(12)));
  if (percent !== undefined) return `${spelled}%`;
  return fold === undefined ? spelled : `${spelled}x`;
}

interface LabelledFact {
  /** The title that the label quotes; it may be cut short. */
  readonly title?: string;
  readonly body: string;
}

/** Splits `"Title...": body`, `name: body` and `name ("Title..."): body`. */
function splitLabel(fact: string): LabelledFact {
  const parts = /^(?<label>(?:"[^"]*"|[^:"])+):\s+(?<body>.+)$/su.exec(fact)?.groups;
  const title = /"(?<title>[^"]+)"/u.exec(parts?.label ?? '')?.groups?.title;
  const body = parts?.body ?? fact;
  return title === undefined ? { body } : { title, body };
}

function holdsWords(wanted: ReadonlySet<string>, held: ReadonlySet<string>): boolean {
  return wanted.intersection(held).size >= WORD_SHARE * wanted.size;
}
