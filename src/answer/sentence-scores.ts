import type { Paper } from '../papers/paper.ts';
import { splitSentences } from '../papers/sentences.ts';
import { analyse } from '../retrieval/analyzer.ts';
import type { Passage, Retrieval } from '../retrieval/passage.ts';
import { asksForNumber, carriesNumber } from './asked-value.ts';

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
}

// Found on the development questions by which sentences hold the gold quotes.
const NEARNESS = 1;
const CLAUSE_NEARNESS = 0.5;
const OVERLAP = 0.5;
const CUE = 0.06;
const NUMBER = 0.15;
const POSITION = 0.05;
const TITLE_NAME = 0.04;

// "We propose", "this paper presents": the sentence that says what the work is.
const CUE_PHRASE =
  /\b(?:we|this (?:paper|work|study|article|report))\b[^.]{0,40}\b(?:propos|introduc|present|develop|show|demonstrat|find|prov|describ|design|offer|investigat|observ|discover|identif)\w*/i;

/** Every sentence of a passage with its score for the question, in the order of the abstract. */
export function scoreSentences(
  passage: Passage,
  { query, statistics }: Pick<Retrieval, 'query' | 'statistics'>,
  question: string,
): readonly ScoredSentence[] {
  const { abstract } = passage.paper;
  const spans = splitSentences(abstract);
  const wantsNumber = asksForNumber(question);
  return spans.map(({ start, end }, i) => {
    const text = abstract.slice(start, end);
    const terms = analyse(text);
    const overlap = overlapOf(terms, query.terms, statistics);
    const near = passage.sentences[i] ?? { question: 0, clause: 0 };
    const score =
      NEARNESS * near.question +
      CLAUSE_NEARNESS * near.clause +
      OVERLAP * overlap +
      (CUE_PHRASE.test(text) ? CUE : 0) +
      (wantsNumber && carriesNumber(text) ? NUMBER : 0) +
      (POSITION * i) / Math.max(spans.length - 1, 1) +
      (namesPaper(text, passage.paper) ? TITLE_NAME : 0);
    return { paper: passage.paper, passage, start, end, text, terms, score, overlap };
  });
}

/** The sentence that best says what a paper is about. */
export function isCue(text: string): boolean {
  return CUE_PHRASE.test(text);
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

function namesPaper(text: string, paper: Paper): boolean {
  const [head = '', tail] = paper.title.split(/\s*:\s/);
  return tail !== undefined && head.length <= 30 && text.includes(head);
}
