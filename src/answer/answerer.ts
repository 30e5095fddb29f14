import type { PaperFilter } from '../retrieval/paper-index.ts';
import type { Retriever } from '../retrieval/retriever.ts';
import { createStopwatch } from '../retrieval/stopwatch.ts';
import type { AnswerSentence, Citation, Intent } from './answer.ts';
import { draftAnswer } from './extract/draft-answer.ts';
import { type AnsweredQuestion, finish } from './finish.ts';
import { checkQuestion } from './read/check-question.ts';
import { readQuestion } from './read/read-question.ts';

export interface AnswerRequest {
  readonly question: string;
  /** Earlier questions of the conversation, oldest first. */
  readonly history?: readonly string[];
  readonly filter?: PaperFilter;
  readonly signal?: AbortSignal;
  /** Told of what can be shown already; only answers that a model writes come bit by bit. */
  readonly onEvent?: (event: AnswerEvent) => void;
}

/** What is known of an answer before it is whole. */
export type AnswerEvent =
  | { readonly kind: 'status'; readonly status: 'searching' | 'looking-again' }
  /** The intent tells what is coming: prose, a table (`compare`) or stances (`claim`). */
  | { readonly kind: 'status'; readonly status: 'writing'; readonly intent: Intent }
  /** A checked sentence, and the citations so far; it will stand in the answer as it is. */
  | {
      readonly kind: 'sentence';
      readonly sentence: AnswerSentence;
      readonly citations: readonly Citation[];
    };

export interface AnswererParts {
  readonly retriever: Retriever;
  readonly newId: () => string;
  readonly now: () => Date;
}

/** Answers questions from the papers, without a model: every sentence about a paper is a quote. */
export interface Answerer {
  /** Throws FootnoteError `input` for a question that is empty or too long. */
  answer(request: AnswerRequest): Promise<AnsweredQuestion>;
}

export function createAnswerer(parts: AnswererParts): Answerer {
  return {
    async answer(request) {
      const watch = createStopwatch();
      const asked = checkQuestion(request.question);
      const read = readQuestion(asked, parts.now());
      watch.lap('question');
      const drafted = await draftAnswer({
        read,
        history: request.history ?? [],
        retriever: parts.retriever,
        ...(request.filter !== undefined && { filter: request.filter }),
      });
      return finish(drafted, { id: parts.newId(), watch });
    },
  };
}
