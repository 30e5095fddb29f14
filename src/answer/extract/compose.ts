import { analyse } from '../../retrieval/analyzer.ts';
import type { Passage, Retrieval } from '../../retrieval/passage.ts';
import type { Intent } from '../answer.ts';
import { namedPassages } from '../decide.ts';
import { type DraftSentence, framing, quoted } from '../draft.ts';
import { isOneSided, readSides } from '../read/compared-sides.ts';
import { selectSentences } from './select-sentences.ts';
import { isCue, type ScoredSentence, scoreSentences } from './sentence-scores.ts';

export interface ComposeRequest {
  readonly intent: Intent;
  readonly question: string;
  /** What was found; lists and comparisons draw on all of it. */
  readonly retrieval: Retrieval;
  /** The passages that answer, best first: those of the papers that the question names, if any. */
  readonly passages: readonly Passage[];
}

const MAX_PAPERS = 3;
const MIN_SIDES = 2;
const SENTENCES_EACH = 2;
const MAX_LISTED = 8;
// A paper is worth showing beside the best one while its score is at least this share of it.
const BESIDE_SHARE = 0.8;
const LISTED_SHARE = 0.66;
// In a list each paper has one sentence: what it is counts beside what fits the question.
const LISTED_CUE = 0.5;
// What a sentence with the value asked for counts more when the first one is chosen.
const ANSWERS = 1;
// By so much a sentence must score higher than the other to come before it whatever their order in
// the abstract: leads on held-out questions were right for .76, with the abstract's order for .62.
const CLEARLY_BETTER = 0.5;

/** The extractive answer: verbatim sentences of the best papers, each cited. */
export function compose(request: ComposeRequest): readonly DraftSentence[] {
  switch (request.intent) {
    case 'list':
    case 'similar':
    case 'count':
      return composeList(request);
    case 'compare':
      return composeCompared(request);
    case 'ask':
    case 'claim':
    case 'help':
    case 'small-talk':
      return composeEach(within(request.passages, BESIDE_SHARE, MAX_PAPERS), request);
  }
}

function composeList(request: ComposeRequest): readonly DraftSentence[] {
  return within(request.retrieval.passages, LISTED_SHARE, MAX_LISTED).flatMap((passage) => {
    const sentences = scoreSentences(passage, request.retrieval, request.question);
    const worth = ({ text, score }: ScoredSentence) => score + (isCue(text) ? LISTED_CUE : 0);
    const best = sentences.toSorted((a, b) => worth(b) - worth(a))[0];
    return best === undefined ? [] : [quoted(best)];
  });
}

function composeCompared(request: ComposeRequest): readonly DraftSentence[] {
  const sides = sidesOf(request);
  const alone = framing(
    'I found only one side of this comparison in my library, so this is about that one alone:',
  );
  return [...(sides.length === 1 ? [alone] : []), ...composeEach(sides, request)];
}

function composeEach(
  passages: readonly Passage[],
  { question, retrieval }: ComposeRequest,
): readonly DraftSentence[] {
  return passages.flatMap((passage) =>
    answerFirst(selectSentences(scoreSentences(passage, retrieval, question), SENTENCES_EACH)).map(
      quoted,
    ),
  );
}

/**
 * The sentence that answers before the others: one with the value asked for, else one that is clearly
 * the best. The rest stand as in the abstract.
 */
function answerFirst(sentences: readonly ScoredSentence[]): readonly ScoredSentence[] {
  const worth = ({ score, carriesAsked }: ScoredSentence) => score + (carriesAsked ? ANSWERS : 0);
  const [best, next] = sentences.toSorted((a, b) => worth(b) - worth(a));
  if (best === undefined || next === undefined) return sentences;
  if (worth(best) - worth(next) < CLEARLY_BETTER) return sentences;
  return [best, ...sentences.filter((sentence) => sentence !== best)];
}

/**
 * The papers compared: those the question names. One alone where it speaks of both sides itself, or
 * where nothing else that is found can be its other side; else the next best fill up to two.
 */
export function sidesOf({ question, retrieval }: ComposeRequest): readonly Passage[] {
  const { passages } = retrieval;
  const named = withoutParts(namedPassages(passages, 'compare'), question).slice(0, MAX_PAPERS);
  if (isOneSided(question, { named, retrieval })) return named;
  if (named.length === 1 && named.some((passage) => hasBothSides(question, passage, retrieval)))
    return named;
  const others = passages.filter((passage) => !named.includes(passage));
  return [...named, ...others.slice(0, Math.max(0, MIN_SIDES - named.length))];
}

/** "SnapGen-V" does not name SnapGen: a name that only begins another one is none of the question's. */
function withoutParts(named: readonly Passage[], question: string): readonly Passage[] {
  const typed = question.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  const count = (name: string) => typed.split(name).length - 1;
  const namesOf = ({ mention }: Passage) =>
    (mention?.names ?? []).filter((name) => count(name) > 0);
  const all = named.flatMap(namesOf);
  return named.filter((passage) => {
    const own = namesOf(passage);
    const isPart = (name: string) =>
      all.some((other) => other !== name && other.startsWith(name) && count(other) >= count(name));
    return own.length === 0 || !own.every(isPart);
  });
}

/**
 * Whether a paper has of each side of the question the word that is rarest, and no other paper found
 * has a side for its name.
 */
function hasBothSides(
  question: string,
  { paper, mention }: Passage,
  { statistics, passages }: Retrieval,
): boolean {
  const held = new Set([
    ...analyse(`${paper.title}. ${paper.abstract}`),
    ...(mention?.names ?? []),
  ]);
  const sides = readSides(question)
    .map((side) => analyse(side).toSorted((a, b) => statistics.idf(b) - statistics.idf(a)))
    .filter((terms) => terms.length > 0);
  const others = new Set(
    passages.flatMap((other) => (other.paper.id === paper.id ? [] : (other.mention?.names ?? []))),
  );
  return (
    sides.length > 1 && sides.every(([rarest = '']) => held.has(rarest) && !others.has(rarest))
  );
}

function within(passages: readonly Passage[], share: number, most: number): readonly Passage[] {
  const best = passages[0]?.score ?? 0;
  return passages.filter(({ score }) => score >= best * share).slice(0, most);
}
