import { stemmer } from 'stemmer';
import { foldText } from '../papers/fold.ts';
import { editDistance } from './edit-distance.ts';

// Function words, question words and the filler of chat. Words that carry meaning in this field
// ("learning", "network", "recent") stay.
const STOP_WORDS: ReadonlySet<string> = new Set(
  `a about above after again all also am an and any anyone anything are as at be because been before
  being between both but by can could cos coz bc did do does doesnt doing dont down during each few
  for from further get give got had has have having he her here hers him his how i if im in into is
  isnt it its ive just kinda like list lol me more most my no nor not now of off on once only or other
  our out over own paper papers pls plz please ppl same she should show so some somebody someone
  something stuff such tell than thanks that thats the their them then there these they thing things
  this those through to too u under until up ur us very was wasnt we were what whats when where which
  while who whom whos whose why will with without wont would yall you your youre cool work works`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

const MAX_TERM = 40;

/**
 * The index terms of a text, in order: LaTeX leftovers folded, lower case, accents off, split at all
 * that is neither letter nor digit, Porter-stemmed, stop words dropped. Scripts that are written
 * without spaces are split into words as Unicode does.
 */
export function analyse(text: string): readonly string[] {
  const terms: string[] = [];
  for (const word of words(foldText(text))) {
    if (!STOP_WORDS.has(word)) terms.push(toTerm(word));
  }
  return terms;
}

/** As `analyse`, but a text of stop words alone keeps them: a query must search for something. */
export function analyseQuery(text: string): readonly string[] {
  const terms = analyse(text);
  return terms.length > 0 ? terms : words(foldText(text)).map(toTerm);
}

export function isStopWord(word: string): boolean {
  return STOP_WORDS.has(word.toLowerCase());
}

// What questions are made of, where a slip of the finger is no word of its own.
const QUESTION_WORDS =
  'which what where when whom does about with there paper papers show find list tell have that this'.split(
    ' ',
  );

/** Whether a word is a question word with a letter wrong: "wich", "abuot", "papper". */
export function isMistypedQuestionWord(word: string): boolean {
  const lower = word.toLowerCase();
  return (
    lower.length > 3 &&
    !STOP_WORDS.has(lower) &&
    QUESTION_WORDS.some((meant) => lower[0] === meant[0] && editDistance(lower, meant) === 1)
  );
}

/** The words of a text in lower case, accents and apostrophes off. */
export function words(text: string): readonly string[] {
  const plain = text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/(?<=\p{L})['’](?=\p{L})/gu, '');
  return (plain.match(/[\p{L}\p{N}]+/gu) ?? []).flatMap(splitUnspaced);
}

const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;
const wordSegmenter = new Intl.Segmenter('zh', { granularity: 'word' });

function splitUnspaced(word: string): readonly string[] {
  if (!UNSPACED.test(word)) return [word];
  return [...wordSegmenter.segment(word)].map(({ segment }) => segment);
}

/** The index term of one lower-case word. */
export function toTerm(word: string): string {
  return /^[a-z]{3,40}$/.test(word) ? stemmer(asInAmerica(word)) : word.slice(0, MAX_TERM);
}

/** "Decentralised" as "decentralized"; words that never had a z ("noise") stay alike on both sides. */
function asInAmerica(word: string): string {
  return word.replace(/(?<=\w{4})is(e|ed|es|er|ers|ing|ation|ations)$/, 'iz$1');
}
