import type { Paper } from '../../papers/paper.ts';
import { splitSentences } from '../../papers/sentences.ts';
import { analyse } from '../../retrieval/analyzer.ts';
import type { Passage, Retrieval } from '../../retrieval/passage.ts';
import {
  type AskedValue,
  asksForNumber,
  carriesNumber,
  readAskedValues,
} from '../read/asked-value.ts';

/** A sentence of an abstract that may answer the question. */
export interface ScoredSentence {
  readonly paper: Paper;
  readonly passage: Passage;
  /** Offsets into the stored abstract, UTF-16 code units, end exclusive. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly terms: readonly string[];
  readonly score: number;
  /** Share of the question's words in it, weighed by rarity. */
  readonly overlap: number;
  /** Whether it carries a value of the kind that the question wants. */
  readonly carriesAsked: boolean;
}

// Weights of a softmax over an abstract's sentences, fitted on which of them hold the gold quotes and
// facts of the development questions (first two chosen: .81 of the facts on held-back halves).
const NEARNESS = 1.1;
const CLAUSE_NEARNESS = 1;
const OVERLAP = 3.2;
const CUE = 0.3;
const NEWS = 0.6;
// A value of the kind asked for; a number where a number of no certain kind is asked for.
const ASKED_VALUE = 2.1;
// A number where another kind of value is asked for.
const OTHER_NUMBER = 1;
const NUMBER = 0.3;
const POSITION = 0.8;
const FIRST = -0.6;
const LAST = -0.45;
const LENGTH = 0.4;

const OWN = String.raw`\b(?:we|our|this (?:paper|work|study|article|report))\b[^.]{0,60}`;
// "We show", "our study finds": what the paper says it did.
const CUE_PHRASE = new RegExp(
  `${OWN}\\b(?:propos|introduc|present|develop|show|demonstrat|find|prov|describ|design|offer|investigat|observ|discover|identif)\\w*`,
  'i',
);
// "We propose": what is new.
const NEWS_PHRASE = new RegExp(`${OWN}\\b(?:propos|introduc|present|develop)\\w*`, 'i');

/** Every sentence of a passage with its score for the question, in the order of the abstract. */
export function scoreSentences(
  passage: Passage,
  { query, statistics }: Pick<Retrieval, 'query' | 'statistics'>,
  question: string,
): readonly ScoredSentence[] {
  const { abstract } = passage.paper;
  const spans = splitSentences(abstract);
  const wanted = { values: readAskedValues(question), wantsNumber: asksForNumber(question) };
  return spans.map(({ start, end }, i) => {
    const text = abstract.slice(start, end);
    const terms = analyse(text);
    const overlap = overlapOf(terms, query.terms, statistics);
    const carriesAsked = carries(text, wanted);
    const near = passage.sentences[i] ?? { question: 0, clause: 0 };
    const score =
      NEARNESS * near.question +
      CLAUSE_NEARNESS * near.clause +
      OVERLAP * overlap +
      (carriesAsked ? ASKED_VALUE : wanted.wantsNumber && carriesNumber(text) ? OTHER_NUMBER : 0) +
      form(text, { place: i, of: spans.length });
    const where = { paper: passage.paper, passage, start, end, text };
    return { ...where, terms, score, overlap, carriesAsked };
  });
}

function carries(
  text: string,
  { values, wantsNumber }: { values: readonly AskedValue[]; wantsNumber: boolean },
): boolean {
  if (values.length === 0) return wantsNumber && carriesNumber(text);
  return values.some(({ isCarriedBy }) => isCarriedBy(text));
}

/** What speaks for a sentence whatever is asked: what it says of itself, its place and its length. */
function form(text: string, { place, of }: { place: number; of: number }): number {
  return (
    (CUE_PHRASE.test(text) ? CUE : 0) +
    (NEWS_PHRASE.test(text) ? NEWS : 0) +
    (carriesNumber(text) ? NUMBER : 0) +
    (place === 0 ? FIRST : 0) +
    (place === of - 1 ? LAST : 0) +
    (POSITION * place) / Math.max(of - 1, 1) +
    LENGTH * Math.log(text.length)
  );
}

/** Whether a sentence says what its paper did or found. */
export function tellsOwnWork(text: string): boolean {
  return CUE_PHRASE.test(text);
}

/** Whether a sentence says what is new in its paper. */
export function isCue(text: string): boolean {
  return NEWS_PHRASE.test(text);
}

function overlapOf(
  terms: readonly string[],
  asked: ReadonlyMap<string, number>,
  statistics: Retrieval['statistics'],
): number {
  const own = new Set(terms);
  let shared = 0;
  let all = 0;
  for (const [term, weight] of asked) {
    const worth = weight * statistics.idf(term);
    all += worth;
    if (own.has(term)) shared += worth;
  }
  return all === 0 ? 0 : shared / all;
}
