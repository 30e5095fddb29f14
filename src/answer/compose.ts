import type { Passage, Retrieval } from '../retrieval/passage.ts';
import type { Intent } from './answer.ts';
import { namedPassages } from './decide.ts';
import { type DraftSentence, quoted } from './draft.ts';
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

/** The extractive answer: verbatim sentences of the best papers, each cited. */
export function compose(request: ComposeRequest): readonly DraftSentence[] {
  switch (request.intent) {
    case 'list':
    case 'similar':
    case 'count':
      return composeList(request);
    case 'compare':
      return composeEach(sidesOf(request), request);
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

/** Sentences with the value asked for before those without, else as they stand in the abstract. */
function answerFirst(sentences: readonly ScoredSentence[]): readonly ScoredSentence[] {
  return sentences.toSorted((a, b) => Number(b.carriesAsked) - Number(a.carriesAsked));
}

/** The papers compared: those the question names, filled up with the next best to two. */
function sidesOf({ retrieval: { passages } }: ComposeRequest): readonly Passage[] {
  const named = namedPassages(passages, 'compare').slice(0, MAX_PAPERS);
  const others = passages.filter((passage) => !named.includes(passage));
  return [...named, ...others.slice(0, Math.max(0, MIN_SIDES - named.length))];
}

function within(passages: readonly Passage[], share: number, most: number): readonly Passage[] {
  const best = passages[0]?.score ?? 0;
  return passages.filter(({ score }) => score >= best * share).slice(0, most);
}
