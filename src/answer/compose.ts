import type { PaperId } from '../papers/paper.ts';
import type { Passage, Retrieval } from '../retrieval/passage.ts';
import type { Intent } from './answer.ts';
import { isOneSided } from './compared-sides.ts';
import { namedPassages } from './decide.ts';
import { type DraftSentence, framing, quoted } from './draft.ts';
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
    selectSentences(scoreSentences(passage, retrieval, question), SENTENCES_EACH).map(quoted),
  );
}

/**
 * The papers compared: those the question names, filled up with the next best to two; one alone
 * where nothing else that is found can be its other side.
 */
export function sidesOf({ question, retrieval }: ComposeRequest): readonly Passage[] {
  const { passages } = retrieval;
  const named = namedPassages(passages);
  if (isOneSided(question, { named, retrieval })) return named;
  const sides = new Map<PaperId, Passage>();
  for (const passage of [...named, ...passages.slice(0, 2)]) {
    if (sides.size < MAX_PAPERS) sides.set(passage.paper.id, passage);
  }
  return [...sides.values()];
}

function within(passages: readonly Passage[], share: number, most: number): readonly Passage[] {
  const best = passages[0]?.score ?? 0;
  return passages.filter(({ score }) => score >= best * share).slice(0, most);
}
