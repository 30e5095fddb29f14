import type { Paper } from '../papers/paper.ts';
import type { PaperFilter } from '../retrieval/paper-index.ts';
import type { Passage, Retrieval } from '../retrieval/passage.ts';
import type { Retriever } from '../retrieval/retriever.ts';
import { createStopwatch, type Stopwatch } from '../retrieval/stopwatch.ts';
import type { Answer, RankedPaper } from './answer.ts';
import { checkQuestion } from './check-question.ts';
import { cite } from './draft.ts';
import { draftAnswer } from './draft-answer.ts';
import { readQuestion } from './read-question.ts';

export interface AnswerRequest {
  readonly question: string;
  /** Earlier questions of the conversation, oldest first. */
  readonly history?: readonly string[];
  readonly filter?: PaperFilter;
}

/** An answer and the records of the papers it cites or names as nearest. */
export interface AnsweredQuestion {
  readonly answer: Answer;
  readonly papers: readonly Paper[];
}

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

const SHOWN_PASSAGES = 10;
const SHOWN_NEAREST = 3;

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

function finish(
  drafted: Awaited<ReturnType<typeof draftAnswer>>,
  { id, watch }: { readonly id: string; readonly watch: Stopwatch },
): AnsweredQuestion {
  const { kind, intent, retrieval } = drafted;
  const { text, sentences, citations, papers } = cite(drafted.sentences);
  const nearest = kind === 'answered' ? [] : retrieval.passages.slice(0, SHOWN_NEAREST);
  watch.lap('total');
  const answer: Answer = {
    kind,
    intent,
    text,
    sentences,
    citations,
    passages: retrieval.passages.slice(0, SHOWN_PASSAGES).map(toRanked),
    ...(kind === 'insufficient-evidence' && { nearest: nearest.map(toRanked) }),
    trace: {
      answerId: id,
      ms: { ...retrieval.ms, ...watch.laps },
      modelCalls: 0,
      promptTokens: 0,
      completionTokens: 0,
      mode: modeOf(retrieval),
    },
  };
  const known = new Map([...papers, ...nearest.map(({ paper }) => paper)].map((p) => [p.id, p]));
  return { answer, papers: [...known.values()] };
}

function toRanked({ paper, score }: Passage): RankedPaper {
  return { paperId: paper.id, title: paper.title, score: Math.round(score * 1e4) / 1e4 };
}

function modeOf({ mode, status }: Retrieval): string {
  return mode === 'hybrid'
    ? 'extractive'
    : `extractive, from words alone: vectors are there for ${status.embedded} of ${status.papers} papers`;
}
