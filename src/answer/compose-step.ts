import type { RunnableConfig } from '@langchain/core/runnables';
import type { Passage, Retrieval } from '../retrieval/passage.ts';
import type { Trace } from './answer.ts';
import type { AnswerRun } from './answer-run.ts';
import type { AnswerRequest } from './answerer.ts';
import type { ChainParts } from './chain.ts';
import { cite, type DraftSentence, framing } from './draft.ts';
import { type Notes, notesAround, withNotes } from './extract/answer-notes.ts';
import { sidesOf } from './extract/compose.ts';
import { type DraftedAnswer, draftExtract } from './extract/draft-answer.ts';
import { type AnsweredQuestion, finish } from './finish.ts';
import { modelUse } from './model/model-call.ts';
import { writeAnswer } from './model/write-answer.ts';
import { writeStances } from './model/write-stances.ts';
import { writeTable } from './model/write-table.ts';
import type { WriteRequest, Written } from './model/written.ts';
import { remember } from './recall.ts';

/** The model writes; when it cannot, the papers' own sentences stand in. */
export async function composeStep(
  run: AnswerRun,
  parts: ChainParts,
  tracing: RunnableConfig,
): Promise<AnswerRun> {
  const { read, request, retrieval, passages, drafted, recalled, standIn, watch } = run.state;
  if (drafted !== undefined || recalled !== undefined) return run;
  if (retrieval === undefined || passages === undefined) return run;
  request.onEvent?.({ kind: 'status', status: 'writing', intent: read.intent });
  const { prompts, verify, model } = parts;
  const teller = new SentenceTeller(run, notesAround({ read, retrieval }));
  const written = await write(run, {
    use: modelUse(run, { model, tracing }),
    prompts,
    question: read.question,
    passages,
    retrieval,
    onSentence: (sentence) => teller.tell(sentence),
    verify,
  });
  watch.lap('compose');
  const noted = run.noted(...written.notes);
  switch (written.kind) {
    case 'written': {
      const { kind: _, notes: __, cutBy, ...draft } = written;
      const sentences = withNotes(written.sentences, { read, retrieval });
      teller.end();
      const answered: DraftedAnswer = {
        kind: 'answered',
        intent: read.intent,
        retrieval,
        ...draft,
        sentences,
      };
      const whole = noted.with({ mode: 'model', drafted: answered });
      return cutBy === undefined
        ? whole
        : whole.noted(`reply cut short: ${cutBy.failure}`).with({ recallRequest: undefined });
    }
    case 'none':
      return noted
        .with({
          mode: 'extractive',
          drafted: standIn ?? comesNearest(run, { retrieval, passages, written }),
          ...(!written.saidNone && { recallRequest: undefined }),
        })
        .noted(written.saidNone ? 'the model found no answer' : 'nothing the model wrote passed');
    case 'unusable': {
      const why = written.failure?.failure ?? 'malformed';
      parts.log.warn('answer.model-failed', {
        failure: why,
        reason: written.failure?.message ?? NO_FORM,
      });
      return noted.noted(`the model failed: ${why}`).with({
        mode: 'extractive-fallback',
        drafted: standIn ?? draftExtract({ read, retrieval, passages }),
      });
    }
  }
}

function write(run: AnswerRun, request: WriteRequest): Promise<Written> {
  const { intent, question } = run.state.read;
  const { retrieval, passages } = request;
  switch (intent) {
    case 'compare':
      return writeTable({
        ...request,
        columns: sidesOf({ intent, question, retrieval, passages }),
      });
    case 'claim':
      return writeStances(request);
    case 'list':
    case 'count':
      return writeAnswer({ ...request, passages: retrieval.passages });
    case 'ask':
    case 'similar':
    case 'help':
    case 'small-talk':
      return writeAnswer(request);
  }
}

/** Tells each sentence as it will stand in the answer, its papers numbered, the notes around. */
class SentenceTeller {
  private readonly told: DraftSentence[] = [];
  private readonly request: AnswerRequest;
  private readonly notes: Notes;

  constructor(run: AnswerRun, notes: Notes) {
    this.request = run.state.request;
    this.notes = notes;
  }

  tell(sentence: DraftSentence): void {
    if (this.told.length === 0) for (const note of this.notes.before) this.add(note);
    this.add(sentence);
  }

  end(): void {
    if (this.told.length > 0) for (const note of this.notes.after) this.add(note);
  }

  private add(sentence: DraftSentence): void {
    const { onEvent, signal } = this.request;
    signal?.throwIfAborted();
    this.told.push(sentence);
    const { sentences, citations } = cite(this.told);
    const last = sentences.at(-1);
    if (last !== undefined) onEvent?.({ kind: 'sentence', sentence: last, citations });
  }
}

const NO_FORM =
  'The reply had no sentence with a quote in the form asked for. Choose a model that follows instructions.';
const FOUND_NONE = 'The language model finds no answer to this in the abstracts.';
const NOT_BORNE_OUT =
  'What the language model wrote is not borne out by the abstracts, so it is not shown.';

/** The model found the answer nowhere, or wrote nothing that passes: what the rules would quote. */
function comesNearest(
  run: AnswerRun,
  {
    retrieval,
    passages,
    written,
  }: {
    readonly retrieval: Retrieval;
    readonly passages: readonly Passage[];
    readonly written: Extract<Written, { readonly kind: 'none' }>;
  },
): DraftedAnswer {
  const { read } = run.state;
  const { sentences } = draftExtract({ read, retrieval, passages });
  const why = framing(written.saidNone ? FOUND_NONE : NOT_BORNE_OUT);
  const head = framing('These sentences come nearest:');
  return {
    kind: 'insufficient-evidence',
    intent: read.intent,
    sentences: [why, head, ...sentences],
    retrieval,
  };
}

/** Puts the answer together, and keeps what the model wrote for the next time. */
export async function finishStep(run: AnswerRun, parts: ChainParts): Promise<AnsweredQuestion> {
  const { drafted, recalled, recallRequest, mode, watch, askedBefore } = run.state;
  const id = parts.newId();
  if (recalled !== undefined) return again(run, { recalled, id });
  if (drafted === undefined) throw new Error('The chain ended without an answer.');
  const answered = finish(drafted, {
    id,
    watch,
    trace: traceOf(run, parts),
    ...(askedBefore !== undefined && { askedBefore }),
  });
  // A fallback is no answer of the model's: the next time it is asked again.
  if (mode !== undefined && mode !== 'extractive-fallback' && recallRequest !== undefined) {
    try {
      await remember(parts.cache, recallRequest, { answered, at: parts.now() });
    } catch (error) {
      // The answer is there; only its memory is not.
      parts.log.warn('answer.memory-failed', { err: error });
    }
  }
  return answered;
}

/** The same answer under a new id. */
function again(
  run: AnswerRun,
  { recalled, id }: { readonly recalled: AnsweredQuestion; readonly id: string },
): AnsweredQuestion {
  const { askedBefore, watch, retrieval } = run.state;
  watch.stop();
  const trace = {
    ...recalled.answer.trace,
    ...countsOf(run),
    answerId: id,
    ms: { ...retrieval?.ms, ...watch.laps },
    mode: 'cached',
  };
  const answer = { ...recalled.answer, ...(askedBefore !== undefined && { askedBefore }), trace };
  return { ...recalled, answer };
}

function traceOf(run: AnswerRun, { model, prompts }: ChainParts): Partial<Trace> {
  const { mode, notes, subQueries } = run.state;
  return {
    ...countsOf(run),
    model: model.name,
    prompts: prompts.hash,
    ...(mode !== undefined && { mode }),
    ...(notes !== undefined && { notes }),
    ...(subQueries !== undefined && { subQueries }),
  };
}

function countsOf({ meter }: AnswerRun) {
  const { modelCalls, promptTokens, completionTokens, usd } = meter;
  return { modelCalls, promptTokens, completionTokens, usd };
}
