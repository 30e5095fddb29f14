import { writeOut } from './acronyms.ts';
import { analyse, analyseQuery, isMistypedQuestionWord, toTerm } from './analyzer.ts';
import { readSpokenNames, type SpokenNames } from './mentions.ts';
import type { PaperFilter } from './paper-index.ts';
import type { TermStatistics } from './term-statistics.ts';

/** What is looked for: a question, and the earlier questions it may lean on. */
export interface RetrievalRequest {
  readonly question: string;
  /** Earlier questions of the conversation, oldest first. */
  readonly history?: readonly string[];
  readonly filter?: PaperFilter;
  /** How many passages at most. */
  readonly limit?: number;
}

/** A question as the two searches see it. */
export interface Query {
  /** Index terms with their weights. */
  readonly terms: ReadonlyMap<string, number>;
  /** Texts whose mean vector stands for the question, with their weights. */
  readonly views: readonly { readonly text: string; readonly weight: number }[];
  /** The question's parts, when it has more than one. */
  readonly clauses: readonly string[];
  /** What the question may name papers by. */
  readonly names: SpokenNames;
  /** Content words of the question that stand in no paper, as typed. */
  readonly unknownWords: readonly string[];
}

// Weights found on the development questions; see `npm run eval -- --tune`.
const HISTORY_TERM_WEIGHT = 0.6;
const EXPANSION_TERM_WEIGHT = 0.25;
const RESPELLED_TERM_WEIGHT = 0.7;
const HISTORY_VIEW_WEIGHT = 1.8;
const CLAUSE_MIN_TERMS = 3;
const MAX_CLAUSES = 6;
const HISTORY_TURNS = 2;

/** Reads a question into terms, texts to embed and clauses. */
export function readQuery(request: RetrievalRequest, statistics: TermStatistics): Query {
  const { question } = request;
  const history = leanedOn(request, statistics);
  const expanded = writeOut(question, statistics.acronyms);
  const views = [{ text: question, weight: 1 }];
  if (expanded !== question) views.push({ text: expanded, weight: 1 });
  if (history.length > 0) {
    views.push({ text: [...history, question].join(' '), weight: HISTORY_VIEW_WEIGHT });
  }
  return {
    terms: weighTerms({ question, expanded, history, statistics }),
    views,
    clauses: splitClauses(question),
    names: readSpokenNames([...history, question].join(' ')),
    unknownWords: unknownWords(question, statistics),
  };
}

const LEANS_ON =
  /\b(it|its|that|this|those|these|they|them|their|there|he|she|former|latter|same|such|one|ones|second|first)\b/i;
const OPENS_LIKE_A_FOLLOW_UP =
  /^\s*(and|but|or|also|so|ok|okay|cool|nice|hm+|what about|how about|why|then|any(thing)? else|more)\b/i;
const FEW_TERMS = 4;

/** Whether a question cannot be read without the ones before it. */
export function isDependent(question: string): boolean {
  return (
    OPENS_LIKE_A_FOLLOW_UP.test(question) ||
    LEANS_ON.test(question) ||
    analyse(question).length < FEW_TERMS
  );
}

// "now something on quantum networks": said in a conversation, but about something else.
const CHANGES_TOPIC =
  /\b(?:now|instead|next)\b[^?]*\b(?:on|about)\b|\b(?:something|anything|papers?) (?:on|about)\b/i;
const POINTS_BACK =
  /\b(?:it|its|that|this|those|these|they|them|their|former|latter|second|first|both|each)\b/i;

/**
 * The earlier questions that this one leans on. One that names a paper itself ("and what about
 * SPANN?") takes from them what was asked, not of which paper.
 */
function leanedOn(
  { question, history = [] }: RetrievalRequest,
  statistics: TermStatistics,
): readonly string[] {
  const latest = history.slice(-HISTORY_TURNS);
  if (!isDependent(question)) return [];
  if (POINTS_BACK.test(question)) return latest;
  if (CHANGES_TOPIC.test(question)) return [];
  if (!namesPaper(question, statistics)) return latest;
  if (!OPENS_LIKE_A_FOLLOW_UP.test(question)) return [];
  return latest.map((earlier) => withoutNames(earlier, statistics));
}

function namesPaper(question: string, statistics: TermStatistics): boolean {
  return readSpokenNames(question).names.some((name) => statistics.isName(toTerm(name)));
}

function withoutNames(text: string, statistics: TermStatistics): string {
  return text.replace(/[\p{L}\p{N}]+(?:[-–'’][\p{L}\p{N}]+)*/gu, (word) =>
    namesPaper(word, statistics) ? ' ' : word,
  );
}

function weighTerms({
  question,
  expanded,
  history,
  statistics,
}: {
  readonly question: string;
  readonly expanded: string;
  readonly history: readonly string[];
  readonly statistics: TermStatistics;
}): ReadonlyMap<string, number> {
  const weights = new Map<string, number>();
  const add = (terms: readonly string[], weight: number) => {
    for (const term of terms) weights.set(term, Math.max(weights.get(term) ?? 0, weight));
  };
  add(analyseQuery(question), 1);
  for (const earlier of history) add(analyse(earlier), HISTORY_TERM_WEIGHT);
  add(analyse(expanded), EXPANSION_TERM_WEIGHT);
  for (const [term, weight] of [...weights]) {
    if (isSlip(term, statistics) && weights.size > 1) {
      weights.delete(term);
      continue;
    }
    const meant = statistics.respell(term);
    if (meant === undefined) continue;
    weights.delete(term);
    add([meant], weight * RESPELLED_TERM_WEIGHT);
  }
  return weights;
}

/** The parts of a question between marks of punctuation and "and" or "but". */
export function splitClauses(question: string): readonly string[] {
  const clauses = question
    .split(/[,.;:?!()\n]+(?=\s|$)|\s(?:and|but)\s/)
    .map((clause) => clause.trim())
    .filter((clause) => analyse(clause).length >= CLAUSE_MIN_TERMS);
  return clauses.length > 1 ? clauses.slice(0, MAX_CLAUSES) : [];
}

function isSlip(word: string, statistics: TermStatistics): boolean {
  return statistics.frequency(word.toLowerCase()) === 0 && isMistypedQuestionWord(word);
}

function unknownWords(question: string, statistics: TermStatistics): readonly string[] {
  const seen = new Set<string>();
  for (const word of question.match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu) ?? []) {
    const terms = analyse(word);
    const unknown =
      terms.length > 0 &&
      !isSlip(word, statistics) &&
      terms.every((term) => statistics.frequency(term) === 0 && !statistics.respell(term));
    if (unknown) seen.add(word);
  }
  return [...seen];
}
