import { createHash } from 'node:crypto';
import type { Paper } from '../papers/paper.ts';
import { analyse } from '../retrieval/analyzer.ts';
import type { PaperFilter } from '../retrieval/paper-index.ts';
import type { Passage, Retrieval } from '../retrieval/passage.ts';
import { dot } from '../retrieval/signals.ts';
import type { AskedBefore, Intent } from './answer.ts';
import type { AnswerCache, CachedAnswer, CachedQuestion } from './answer-cache.ts';
import { type AnsweredQuestion, toRanked } from './finish.ts';

/** What tells one question from another, once papers are found for it. */
export interface RecallRequest {
  /** Stands alone, or leans on `history`. */
  readonly question: string;
  /** The questions before it, where it could not be made to stand alone. */
  readonly history: readonly string[];
  readonly intent: Intent;
  readonly filter?: PaperFilter;
  readonly retrieval: Retrieval;
  readonly model: string;
  readonly prompts: string;
  /** A unit vector, or empty. */
  readonly vector: Float32Array;
}

/** What is remembered of a question. */
export type Recalled =
  /** The answer that was given holds still. */
  | {
      readonly kind: 'answer';
      readonly answered: AnsweredQuestion;
      readonly askedBefore: AskedBefore;
    }
  /** It was asked, but papers have come since. */
  | { readonly kind: 'outdated'; readonly askedBefore: AskedBefore }
  | { readonly kind: 'new' };

// On the development questions and rewordings of them: above it lie rewordings only, once names,
// numbers and all but one word must be the same too.
const NEAR = 0.92;
const MOST_OTHER_WORDS = 1;
const GIVEN = 8;
const HASH_LENGTH = 32;

/** Looks for the same question, or one that means the same and found the same papers. */
export async function recall(cache: AnswerCache, request: RecallRequest): Promise<Recalled> {
  const exact = await cache.get(keyOf(request));
  if (exact !== undefined) return answerOf(exact);
  const same = (await cache.questions(groupOf(request))).find((one) => isSame(one, request));
  if (same === undefined) return { kind: 'new' };
  const cached = await cache.get(same.key);
  if (cached === undefined) return { kind: 'new' };
  const isHeld = isGivenSame(same, request) && restsOnSame(cached, request);
  return isHeld ? answerOf(cached) : outdated(cached, request);
}

/** Keeps an answer for the next time. */
export async function remember(
  cache: AnswerCache,
  request: RecallRequest,
  { answered, at }: { readonly answered: AnsweredQuestion; readonly at: Date },
): Promise<void> {
  await cache.put({
    key: keyOf(request),
    group: groupOf(request),
    question: request.question,
    vector: request.vector,
    given: givenOf(request),
    answeredAt: at.toISOString(),
    answered,
  });
}

function answerOf(cached: CachedAnswer): Recalled {
  return { kind: 'answer', answered: cached.answered, askedBefore: askedBefore(cached, []) };
}

/** Where papers only went, such as withdrawn ones, nothing is said to be new. */
function outdated(cached: CachedAnswer, request: RecallRequest): Recalled {
  const papers = newPapers(cached, request);
  if (papers.length === 0) return { kind: 'new' };
  return { kind: 'outdated', askedBefore: askedBefore(cached, papers) };
}

/** What it quotes still stands: a new version of a paper has another abstract, a withdrawn one none. */
function restsOnSame({ answered }: CachedAnswer, { retrieval }: RecallRequest): boolean {
  const texts = new Map(retrieval.passages.map(({ paper }) => [paper.id, textOf(paper)]));
  return answered.papers.every((paper) => texts.get(paper.id) === textOf(paper));
}

function textOf({ title, abstract }: Paper): string {
  return `${title}\n${abstract}`;
}

function askedBefore(
  { question, answeredAt }: CachedQuestion,
  papers: AskedBefore['newPapers'],
): AskedBefore {
  return { question, at: answeredAt, newPapers: papers };
}

/** Those that were not there, and those cited that now say something else. */
function newPapers(
  { given, answered }: CachedAnswer,
  { retrieval }: RecallRequest,
): AskedBefore['newPapers'] {
  const known = new Set<string>(given.split(' '));
  const cited = new Map(answered.papers.map((paper) => [paper.id, textOf(paper)]));
  const isNew = ({ paper }: Passage) =>
    cited.has(paper.id) ? cited.get(paper.id) !== textOf(paper) : !known.has(paper.id);
  return retrieval.passages.slice(0, GIVEN).filter(isNew).map(toRanked);
}

function keyOf(request: RecallRequest): string {
  const { version } = request.retrieval.status;
  return hash([groupOf(request), plainWords(request.question), String(version)]);
}

function groupOf(request: RecallRequest): string {
  const { intent, filter, history, model, prompts, retrieval } = request;
  const filters = Object.entries(filter ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  const context = JSON.stringify([filters, history.map(plainWords)]);
  return hash([intent, context, model, prompts, retrieval.mode]);
}

/** Without what never changes the meaning: case, white space and the mark at the end. */
function plainWords(question: string): string {
  const plain = question.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
  return plain.replace(/[\s?.!]+$/, '');
}

function givenOf({ retrieval }: RecallRequest): string {
  return retrieval.passages
    .slice(0, GIVEN)
    .map(({ paper }) => paper.id)
    .join(' ');
}

/** The same papers; another word may change their order. */
function isGivenSame({ given }: CachedQuestion, request: RecallRequest): boolean {
  const [one, other] = [given, givenOf(request)].map((ids) => ids.split(' ').sort().join(' '));
  return one === other;
}

/** Word for word, or near in meaning with the same names, numbers and nearly the same words. */
function isSame(one: CachedQuestion, request: RecallRequest): boolean {
  const { question, vector } = request;
  if (plainWords(one.question) === plainWords(question)) return true;
  if (!isGivenSame(one, request)) return false;
  if (!isNear(one.vector, vector) || !sameSigns(one.question, question)) return false;
  return hasSameTerms(analyse(question), analyse(one.question));
}

/** All terms but one, and in the same order: "A outperforms B" is not "B outperforms A". */
function hasSameTerms(mine: readonly string[], theirs: readonly string[]): boolean {
  const [own, other] = [new Set(mine), new Set(theirs)];
  const shared = own.intersection(other);
  const inOrder = (terms: readonly string[]) => terms.filter((term) => shared.has(term)).join(' ');
  return (
    own.symmetricDifference(other).size <= MOST_OTHER_WORDS && inOrder(mine) === inOrder(theirs)
  );
}

// What changes a question's meaning whatever the vectors say.
const SIGN =
  /\b(?:not|no|never|without|more|less|most|least|before|after|since|until|why|when|where|who|how)\b|n['’]t\b|[^\s?]*[\d+^*#/][^\s?]*/giu;

function sameSigns(one: string, other: string): boolean {
  const signs = (text: string) => (text.toLowerCase().match(SIGN) ?? []).sort().join(' ');
  return signs(one) === signs(other);
}

/** Of unit vectors; a missing one is near to none. */
function isNear(one: Float32Array, other: Float32Array): boolean {
  return one.length === other.length && dot(one, other) >= NEAR;
}

function hash(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, HASH_LENGTH);
}
