import { distance } from 'fastest-levenshtein';
import { foldTitle } from '../papers/fold.ts';
import type { Paper } from '../papers/paper.ts';
import { isStopWord, toTerm, words } from './analyzer.ts';
import type { IndexedPaper } from './paper-index.ts';
import type { TermStatistics } from './term-statistics.ts';

/** How a question names a paper. */
export interface Mention {
  /** The words of the question that name it, lower case. */
  readonly names: readonly string[];
  /** Rarity of the rarest name, 0 to 1; 1 for a whole title. */
  readonly strength: number;
  /** Whether a name was typed as names are written, so that it can hardly mean anything else. */
  readonly isTyped: boolean;
  /** Whether it is the paper's own name and no ordinary word, as "graphmixer" even in lower case. */
  readonly isCoined?: true;
}

// Coined names: RouteLLM, HybridGNet, W2PGNN, SN40L; not "The" or "Learning".
const COINED = /^(?=.*\p{L})(?:\p{L}+\p{Lu}|\p{Lu}{3}|\p{L}*\d|\d+\p{L})[\p{L}\p{N}]*$/u;
// An apostrophe or plus signs may belong to a name: S'MoRE, MoE++.
const WORD = /[\p{L}\p{N}]+(?:(?:[-–]|['’](?=\p{Lu}))[\p{L}\p{N}]+)*(?:\+\+)?/gu;
// What comes before a name that a paper gives to its own work.
const INTRODUCES =
  /\b(?:propos|introduc|present|develop|devis|design|call|nam|dub|term|coin|releas|describ|build|built)\w*\b[^.]*$|\($/i;
// "We introduce Agora": a given name that looks like any other word.
const GIVEN =
  /\b(?:introduce|propose|present|develop|called|named|dubbed|termed) (\p{Lu}\p{L}{3,})\b/gu;
// Names are spoken of in the plural: AirTags, KANs.
const PLURAL = /(?<=..[^s])s$/;
// With a capital in the midst of a question: "explain Pathways".
const GIVEN_NAME = /^\p{Lu}\p{Ll}{3,}$/u;
const INTRODUCTION_LENGTH = 120;
// A name in more papers than this share is a term of the field ("LLM", "CNN"), not a paper's name.
const NAME_SHARE = 0.01;
// One that stands where titles have the name of their work ("KAN: ...", "Searching for MobileNetV3")
// may be spoken of by more: those that build on it.
const TITLE_NAME_SHARE = 0.05;
const MIN_NAMED_PAPERS = 3;
const MIN_TITLE_LENGTH = 12;
const MIN_NAME_LENGTH = 3;
const MAX_HEAD_WORDS = 3;
/** What a name counts that the abstract only mentions, beside one that is the paper's own. */
const MENTIONED_STRENGTH = 0.4;
const LEAST_RARITY = 0.7;
const MISSPELT_STRENGTH = 0.9;
const MIN_MISSPELT = 6;
const TWO_TYPOS_FROM = 10;

/**
 * Whether and how the question names this paper: by its whole title, by the title before a colon,
 * or by a coined word of title or abstract. Undefined when it does not.
 */
export function findMention(
  question: SpokenNames,
  { paper, titleKey, names }: Pick<IndexedPaper, 'paper' | 'titleKey' | 'names'>,
  statistics: TermStatistics,
): Mention | undefined {
  if (titleKey.length >= MIN_TITLE_LENGTH && question.key.includes(titleKey)) {
    return { names: words(paper.title), strength: 1, isTyped: true };
  }
  const titleNames = namesInTitle(paper.title);
  const limit = (name: string) =>
    Math.max(
      MIN_NAMED_PAPERS,
      statistics.papers * (titleNames.includes(name) ? TITLE_NAME_SHARE : NAME_SHARE),
    );
  const shared = question.names.filter(
    (name) => names.has(name) && statistics.frequency(toTerm(name)) <= limit(name),
  );
  if (shared.length === 0) return findMisspelt(question, names, statistics);
  const strengths = shared.map((name) => (names.get(name) ?? 0) * rarity(name, statistics));
  const isTyped = shared.some((name) => question.typed.has(name));
  const isOwnWord = shared.some(
    (name) => names.get(name) === 1 && isOwnSpelling(name, paper, statistics),
  );
  const mention = { names: shared, strength: Math.max(...strengths), isTyped };
  return isOwnWord ? { ...mention, isCoined: true } : mention;
}

const MIN_ODD_LENGTH = 6;

/** Whether no other papers use the name and this one mixes letters and digits in it as no word does. */
function isOwnSpelling(
  name: string,
  { title, abstract }: Paper,
  statistics: TermStatistics,
): boolean {
  const isShared = statistics.frequency(toTerm(name)) >= MIN_NAMED_PAPERS;
  if (name.length < MIN_ODD_LENGTH || isShared || statistics.acronyms.has(name)) return false;
  const spelled = `${title} ${abstract}`.match(WORD)?.find((word) => plain(word) === name) ?? '';
  return /\p{Ll}\p{Lu}|\p{Lu}{2}\p{Ll}|\p{Lu}-?\d/u.test(spelled);
}

/** The title before a colon, and its last word: there a work's name stands. */
function namesInTitle(title: string): readonly string[] {
  const [head = ''] = title.split(/:\s?/);
  return [head, head.match(WORD)?.at(-1) ?? ''].map(plain);
}

/** A word that stands in no paper and is a letter or two away from a paper's own name. */
function findMisspelt(
  question: SpokenNames,
  names: IndexedPaper['names'],
  statistics: TermStatistics,
): Mention | undefined {
  for (const typed of question.words) {
    if (typed.length < MIN_MISSPELT || statistics.frequency(toTerm(typed)) > 0) continue;
    const allowed = typed.length >= TWO_TYPOS_FROM ? 2 : 1;
    for (const [name, own] of names) {
      if (own < 1 || name.length < MIN_MISSPELT || distance(typed, name) > allowed) continue;
      const strength = MISSPELT_STRENGTH * rarity(name, statistics);
      return { names: [typed, name], strength, isTyped: true };
    }
  }
  return undefined;
}

/** What a question may name papers by, read once. */
export interface SpokenNames {
  readonly key: string;
  readonly names: readonly string[];
  /** Those of the names that are one word of the question, without a hyphen. */
  readonly words: readonly string[];
  /** Those of the names that were typed with capitals or digits inside. */
  readonly typed: ReadonlySet<string>;
}

/** Words, and neighbouring words joined, as names would be written; stop words name nothing. */
export function readSpokenNames(question: string): SpokenNames {
  const spoken = (question.match(WORD) ?? [])
    .filter((word) => !isStopWord(word))
    .flatMap((word) => [word, ...coinedParts(word)]);
  const names = new Set(spoken.map(plain));
  spoken.forEach((_, i) => {
    for (const size of [2, 3]) names.add(plain(spoken.slice(i, i + size).join('')));
  });
  for (const sibling of versions(question)) names.add(plain(sibling));
  for (const name of [...names]) names.add(name.replace(PLURAL, ''));
  const capitalised = spoken.slice(1).filter((word) => GIVEN_NAME.test(word));
  const typed = [...spoken.filter(isCoined), ...capitalised].flatMap((word) => [
    word,
    word.replace(PLURAL, ''),
  ]);
  return {
    key: foldTitle(question),
    names: [...names].filter((name) => name.length >= MIN_NAME_LENGTH),
    words: spoken.filter((word) => !/[-–]/.test(word)).map(plain),
    typed: new Set(typed.map(plain)),
  };
}

// "MobileNet v3 vs v4", "mobilenetv3 and v4": the second version leaves out what it is a version of.
const VERSIONS =
  /(\p{L}{3,}?)[\s-]?v?(\d+)\s*(?:,|\/|vs\.?|versus|and|or|to|with|from|than)\s+(v\d+)\b/giu;

function versions(question: string): readonly string[] {
  return [...question.matchAll(VERSIONS)].map(([, work = '', , version = '']) => work + version);
}

/** The names a paper goes by and how much each is its own, 0 to 1. */
export function namesOf(paper: Pick<Paper, 'title' | 'abstract'>): ReadonlyMap<string, number> {
  const names = new Map<string, number>();
  const add = (word: string, own: number) => names.set(word, Math.max(names.get(word) ?? 0, own));
  for (const { word, isWhole, before } of coinedWords(paper.abstract)) {
    add(word, isWhole && INTRODUCES.test(before) ? 1 : MENTIONED_STRENGTH);
  }
  for (const [, word = ''] of paper.abstract.matchAll(GIVEN)) add(plain(word), 1);
  // Of "PC-DARTS" only the whole is this paper's name: "DARTS" is another's.
  for (const { word, isWhole } of coinedWords(paper.title))
    add(word, isWhole ? 1 : MENTIONED_STRENGTH);
  const [head = '', tail] = paper.title.split(/:\s?/);
  if (tail !== undefined && head.split(/\s+/).length <= MAX_HEAD_WORDS) add(plain(head), 1);
  return names;
}

interface CoinedWord {
  readonly word: string;
  /** Not only a part of a hyphenated word. */
  readonly isWhole: boolean;
  readonly before: string;
}

function* coinedWords(text: string): Generator<CoinedWord> {
  for (const match of text.matchAll(WORD)) {
    for (const part of new Set([match[0], ...match[0].split(/[-–]/)])) {
      if (!isCoined(part)) continue;
      const before = text.slice(Math.max(0, match.index - INTRODUCTION_LENGTH), match.index);
      yield { word: plain(part), isWhole: part === match[0], before };
    }
  }
}

/** Of "LeYOLO-Small" also "LeYOLO"; of "one-hot" nothing. */
function coinedParts(word: string): readonly string[] {
  const parts = word.split(/[-–]/);
  return parts.length === 1 ? [] : parts.filter(isCoined);
}

function isCoined(word: string): boolean {
  return word.endsWith('++') || COINED.test(word.replace(/['’–-]/g, ''));
}

function plain(name: string): string {
  return words(name.replace(/\+\+$/, ' plus plus')).join('');
}

/** How rare a name is, 0 to 1; in a library of a few papers every name is rare enough. */
function rarity(name: string, statistics: TermStatistics): number {
  const share = statistics.idf(toTerm(name)) / Math.log(1 + (statistics.papers + 0.5) / 0.5);
  return Math.max(LEAST_RARITY, share);
}
