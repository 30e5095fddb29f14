import type { Passage, Retrieval } from '../retrieval/passage.ts';
import type { Stopwatch } from '../retrieval/stopwatch.ts';
import type { AskedBefore } from './answer.ts';
import type { AnswerRequest } from './answerer.ts';
import type { DraftedAnswer } from './extract/draft-answer.ts';
import type { AnsweredQuestion } from './finish.ts';
import { Meter } from './model/model-call.ts';
import type { ReadQuestion } from './read/read-question.ts';
import type { RecallRequest } from './recall.ts';

interface RunState {
  readonly request: AnswerRequest;
  readonly read: ReadQuestion;
  readonly watch: Stopwatch;
  /** Whether the model made the follow-up stand alone, so that the history is in it. */
  readonly isRewritten?: boolean;
  readonly retrieval?: Retrieval;
  /** Enough to answer from. */
  readonly passages?: readonly Passage[];
  /** What to say if the model gives nothing: a refusal, or what has the term asked about. */
  readonly standIn?: DraftedAnswer;
  readonly subQueries?: readonly string[];
  /** Under which the answer is kept; none where it is not worth keeping. */
  readonly recallRequest?: RecallRequest | undefined;
  readonly recalled?: AnsweredQuestion;
  readonly askedBefore?: AskedBefore;
  readonly drafted?: DraftedAnswer;
  readonly mode?: 'model' | 'extractive' | 'extractive-fallback';
  readonly notes?: readonly string[];
}

/** One question on its way through the chain: what each step found is handed to the next. */
export class AnswerRun {
  readonly state: RunState;
  readonly meter: Meter;

  constructor(state: RunState, meter: Meter = new Meter()) {
    this.state = state;
    this.meter = meter;
  }

  with(found: Partial<RunState>): AnswerRun {
    return new AnswerRun({ ...this.state, ...found }, this.meter);
  }

  noted(...notes: readonly string[]): AnswerRun {
    return this.with({ notes: [...(this.state.notes ?? []), ...notes] });
  }

  /** What a trace shows of it: no vectors, no statistics of words. */
  toJSON(): unknown {
    const { read, passages, retrieval, drafted, mode, notes } = this.state;
    return {
      question: read.question,
      intent: read.intent,
      found: (passages ?? retrieval?.passages ?? [])
        .slice(0, 10)
        .map(({ paper, score }) => ({ paperId: paper.id, title: paper.title, score })),
      sentences: drafted?.sentences.map(({ text }) => text),
      mode,
      notes,
    };
  }
}
