import { foldText } from '../../papers/fold.ts';
import type { Acronyms } from '../../retrieval/acronyms.ts';
import { analyse, toTerm, words } from '../../retrieval/analyzer.ts';

/** The things that a question wants papers on, each a word or a few: "oversmoothing", "GNNs". */
export type PlainTopic = readonly string[];

// What a request for papers has around its topic.
const AROUND: ReadonlySet<string> = new Set(
  `a about abstract abstracts all also am an and any anything are article articles at available be been
  benchmark benchmarked can combine combines combining corpus could cover covered covering data dataset datasets dataset's deal deals dealing
  describe discuss discusses discussing do does discussed did employ employs enumerate evaluate
  evaluated evaluates evaluating everything experiment experiments explain explains explaining find
  for from get give got had has have hello help hey hi how i in index interested involve involves involving is
  it itself kindly know last latest library like list look looking many me mention mentioned mentioning mentions most my name
  named need new newest of ok on or our out paper papers please pls plz present publications read recent
  recently related report reporting reports research results say says see show so some something speak speaks
  state studies study studying stuff talk talks tell test tested testing tests that the their there
  these they this those to topic train trained trains u us use used uses using utilise via wanna want was we what whats
  where which who whose with work works you your yours regarding concerning around`.split(/\s+/),
);
// "Top 5 papers", "give me 3 papers", "two abstracts that mention ...".
const NUMBER_WORDS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight'];
const HOW_MANY = new RegExp(
  `(?:\\b(?:the )?(?:top|best|first))?[ -]*\\b(\\d{1,2}|${NUMBER_WORDS.join('|')})(?= (?:\\w+ )?(?:papers?|abstracts?|articles?|works|studies)\\b)`,
  'i',
);
const PARTS = /\s+(?:in|for|with|and|of|on|using|via|by|to|from)\s+|\s*[,;/]\s*/i;
const MOST_PARTS = 3;
const MOST_WORDS = 3;
// Words that a phrase may end in without being another thing: "vision-language models".
const GENERIC_END =
  /\s+(?:models?|methods?|networks?|systems?|approach(?:es)?|techniques?|algorithms?|architectures?|tasks?|problems?|data ?sets?|benchmarks?|papers?|tests?|cards?)$/i;

/** What is left of a request for papers once the request is taken off, or undefined for a long one. */
export function plainTopic(question: string): PlainTopic | undefined {
  const plain = question.replace(/[?!.:"“”]+(?=\s|$)|["“”]/g, ' ').replace(HOW_MANY, ' ');
  const topic = trimWords(plain.trim());
  const parts = topic
    .split(PARTS)
    .map(trimWords)
    .filter((part) => part !== '');
  const isPlain =
    parts.length > 0 && parts.length <= MOST_PARTS && parts.every((part) => isTerm(part));
  return isPlain ? parts : undefined;
}

/** How many papers a request names, or undefined. */
export function askedNumber(question: string): number | undefined {
  const said = HOW_MANY.exec(question)?.[1]?.toLowerCase();
  if (said === undefined) return undefined;
  const number = /\d/.test(said) ? Number(said) : NUMBER_WORDS.indexOf(said) + 1;
  return number > 0 ? number : undefined;
}

/** Tells whether a text has a topic, in any spelling of its hyphens, or its short form. */
export interface TopicReader {
  hasAll(text: string): boolean;
  hasSome(text: string): boolean;
}

/** Made once for many texts: finding the short forms of a topic reads through all there are. */
export function createTopicReader(topic: PlainTopic, acronyms: Acronyms): TopicReader {
  const wanted = spellingsOf(topic, acronyms);
  const initials = new Set(wanted.flat().map(([initial]) => initial));
  const spokenIn = (text: string) => spokenTerms(text, initials);
  const isIn = (spoken: ReadonlySet<string>) => (part: readonly string[]) =>
    part.some((one) => spoken.has(one));
  return {
    hasAll: (text) => wanted.every(isIn(spokenIn(text))),
    hasSome: (text) => wanted.some(isIn(spokenIn(text))),
  };
}

// Prefixes that some write apart: over-smoothing, oversmoothing.
const PREFIXED =
  /^(over|under|pre|post|multi|cross|self|semi|non|meta|hyper|sub|super|inter|intra|co|re|auto|micro)-?(\p{L}{4,})$/iu;

/** What to search for: the topic, its hyphens with and without. */
export function searchText(topic: PlainTopic): string {
  const forms = topic.flatMap((part) => {
    const [, prefix, rest] = PREFIXED.exec(part) ?? [];
    return rest === undefined ? [part] : [`${prefix}-${rest}`, `${prefix}${rest}`];
  });
  return forms.join(' ');
}

/** Whether a text has the word that tells a topic of several words apart: "spiking" of neural nets. */
export function comesNear(
  text: string,
  topic: PlainTopic,
  rarity: (term: string) => number,
): boolean {
  const held = new Set(analyse(text));
  return topic.every((part) => {
    const terms = analyse(part);
    const rarest = terms.toSorted((a, b) => rarity(b) - rarity(a))[0];
    return terms.length > 1 && rarest !== undefined && held.has(rarest);
  });
}

function isTerm(part: string): boolean {
  return /\p{L}/u.test(part) && wordCount(part) <= MOST_WORDS && analyse(part).length > 0;
}

function trimWords(text: string): string {
  const all = text.split(/\s+/).filter((word) => word !== '');
  const isAround = (word: string) => AROUND.has(word.toLowerCase());
  const from = all.findIndex((word) => !isAround(word));
  const to = all.findLastIndex((word) => !isAround(word));
  return from === -1 ? '' : all.slice(from, to + 1).join(' ');
}

function wordCount(text: string): number {
  return text.split(/[\s-]+/).length;
}

/**
 * Every run of up to four words of a text, joined: "over-smoothing" is "oversmoothing". Stemming is
 * what takes long, and leaves the first letter: only runs that begin with one of these are told.
 */
function spokenTerms(text: string, initials: ReadonlySet<string | undefined>): ReadonlySet<string> {
  const all = words(foldText(text));
  const terms = new Set<string>();
  all.forEach(([initial], i) => {
    if (!initials.has(initial)) return;
    for (let size = 1; size <= MOST_WORDS + 1; size++) {
      terms.add(toTerm(all.slice(i, i + size).join('')));
    }
  });
  return terms;
}

function spellingsOf(topic: PlainTopic, acronyms: Acronyms): readonly (readonly string[])[] {
  const shortForms = [...acronyms].map(([short, long]) => ({ short, long: key(long) }));
  return topic.map((part) => {
    const forms = [part, part.replace(GENERIC_END, ''), part.replace(/s$/, '')];
    const keys = new Set(forms.map(key));
    const long = forms.flatMap((form) => acronyms.get(form.toLowerCase()) ?? []);
    const short = shortForms.filter((one) => keys.has(one.long)).map((one) => one.short);
    return [...keys, ...[...long, ...short].map(key)];
  });
}

function key(text: string): string {
  return toTerm(words(foldText(text)).join(''));
}
