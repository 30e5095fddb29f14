import type { RunnableConfig } from '@langchain/core/runnables';
import { foldTitle } from '../papers/fold.ts';
import type { Retrieval } from '../retrieval/passage.ts';
import { isDependent } from '../retrieval/query.ts';
import type { AnswerRun } from './answer-run.ts';
import type { ChainParts } from './chain.ts';
import { namedPassages } from './decide.ts';
import {
  type DraftRequest,
  draftByTerm,
  draftSpecial,
  retrieve,
  type Weighed,
  weigh,
} from './extract/draft-answer.ts';
import { modelUse } from './model/model-call.ts';
import { rewriteQuestion } from './model/rewrite-question.ts';
import { lookAgain } from './model/second-look.ts';
import { readQuestion } from './read/read-question.ts';
import { recall } from './recall.ts';

/** Below this nearness of the best paper the library has nothing, and no model is asked. */
const WORTH_ANOTHER_LOOK = 0.3;

/** Follow-ups made to stand alone; asked again they cost no call. */
const REWRITTEN_KEPT = 500;

/** A follow-up becomes a question of its own, where a model can make it one. */
export async function rewriteStep(
  run: AnswerRun,
  parts: ChainParts & { readonly rewritten: Map<string, string> },
  tracing: RunnableConfig,
): Promise<AnswerRun> {
  const { read, request, watch } = run.state;
  const history = request.history ?? [];
  if (history.length === 0 || read.fixed !== undefined || !isDependent(read.question)) return run;
  const { model, prompts, rewritten, now } = parts;
  const key = JSON.stringify([...history, read.question]);
  const standalone =
    rewritten.get(key) ??
    (await rewriteQuestion(read.question, {
      history,
      prompts,
      use: modelUse(run, { model, tracing }),
    }));
  watch.lap('rewrite');
  // An echo says nothing new: the earlier questions' words must do.
  if (standalone === undefined || foldTitle(standalone) === foldTitle(read.question)) {
    return run.noted('the follow-up was not rewritten');
  }
  keep(rewritten, { key, standalone });
  const { intent, filter } = readQuestion(standalone, now());
  return run.with({
    isRewritten: true,
    read: { ...read, question: standalone, intent, ...(filter !== undefined && { filter }) },
  });
}

/** A Map keeps its order: the first key is the oldest. */
function keep(
  rewritten: Map<string, string>,
  { key, standalone }: { readonly key: string; readonly standalone: string },
): void {
  rewritten.set(key, standalone);
  const [oldest] = rewritten.keys();
  if (rewritten.size > REWRITTEN_KEPT && oldest !== undefined) rewritten.delete(oldest);
}

/** Finds papers; what needs none of a model's words is answered here. */
export async function retrieveStep(run: AnswerRun, { retriever }: ChainParts): Promise<AnswerRun> {
  const { read, request, isRewritten = false } = run.state;
  request.onEvent?.({ kind: 'status', status: 'searching' });
  const asked: DraftRequest = {
    read,
    retriever,
    history: isRewritten ? [] : (request.history ?? []),
    ...(request.filter !== undefined && { filter: request.filter }),
  };
  const retrieval = await retrieve(asked);
  const drafted = await draftSpecial(asked, retrieval);
  if (drafted !== undefined) return run.with({ retrieval, drafted });
  const byTerm = await draftByTerm(asked, retrieval);
  if (byTerm === undefined) return run.with({ retrieval });
  // A list of all that have the term is exact as it is; "what is X" is for the model to say.
  return read.intent === 'ask'
    ? run.with({ retrieval: byTerm.retrieval, standIn: byTerm })
    : run.with({ retrieval, drafted: byTerm });
}

/** Gives again what was answered before to the same question. */
export async function recallStep(run: AnswerRun, parts: ChainParts): Promise<AnswerRun> {
  const { read, request, retrieval, drafted, watch } = run.state;
  if (drafted !== undefined || retrieval === undefined) return run;
  const { model, prompts, cache, embedder, log, verify } = parts;
  const filter = request.filter ?? read.filter;
  try {
    const [vector = new Float32Array()] =
      retrieval.mode === 'hybrid' ? await embedder.embedQueries([read.question]) : [];
    const recallRequest = {
      question: read.question,
      history: leansOn(run),
      intent: read.intent,
      retrieval,
      vector,
      model: `${model.name} ${verify}`,
      prompts: prompts.hash,
      ...(filter !== undefined && { filter }),
    };
    const recalled = await recall(cache, recallRequest);
    watch.lap('recall');
    if (recalled.kind === 'new') return run.with({ recallRequest });
    const { askedBefore } = recalled;
    return recalled.kind === 'outdated'
      ? run.with({ recallRequest, askedBefore })
      : run.with({ askedBefore, recalled: recalled.answered });
  } catch (error) {
    // An answer is worth more than its memory.
    log.warn('answer.memory-failed', { err: error });
    return run.noted('the memory of answers could not be read');
  }
}

/** What the question cannot be told from others without. */
function leansOn({ state: { read, request, isRewritten = false } }: AnswerRun): readonly string[] {
  const { history = [] } = request;
  return isRewritten || !isDependent(read.question) ? [] : history;
}

/** Weighs the evidence, with a second look where it is thin or the question has several parts. */
export async function decideStep(
  run: AnswerRun,
  parts: ChainParts,
  tracing: RunnableConfig,
): Promise<AnswerRun> {
  const { read, retrieval, drafted, recalled } = run.state;
  if (drafted !== undefined || recalled !== undefined || retrieval === undefined) return run;
  if (run.state.standIn !== undefined) return run.with({ passages: retrieval.passages });
  const weighed = weigh(read, retrieval);
  const needsMore =
    weighed.kind === 'refused'
      ? weighed.why === 'nothing-near' && isNearAtAll(retrieval)
      : hasOpenParts(retrieval);
  return parts.secondLook && needsMore
    ? lookTwice(run, { parts, tracing, retrieval, weighed })
    : concluded(run, { retrieval, weighed });
}

/** Something is near, only not enough of it. */
function isNearAtAll({ passages, mode }: Retrieval): boolean {
  const nearness = passages[0]?.signals.dense ?? 0;
  return mode === 'hybrid' && nearness >= WORTH_ANOTHER_LOOK;
}

/** Several parts, and no paper named that they would all be about. */
function hasOpenParts({ query, passages }: Retrieval): boolean {
  return query.clauses.length > 1 && namedPassages(passages).length === 0;
}

interface WeighedRetrieval {
  readonly retrieval: Retrieval;
  readonly weighed: Weighed;
}

async function lookTwice(
  run: AnswerRun,
  {
    parts,
    tracing,
    ...first
  }: WeighedRetrieval & { readonly parts: ChainParts; readonly tracing: RunnableConfig },
): Promise<AnswerRun> {
  const { read, request, watch } = run.state;
  request.onEvent?.({ kind: 'status', status: 'looking-again' });
  const { retriever, prompts, model } = parts;
  const filter = request.filter ?? read.filter;
  const found = await lookAgain(first.retrieval, {
    question: read.question,
    retriever,
    prompts,
    use: modelUse(run, { model, tracing }),
    ...(filter !== undefined && { filter }),
  });
  watch.lap('secondLook');
  if (found === undefined) return concluded(run, first);
  const { retrieval, subQueries } = found;
  return concluded(run.with({ subQueries }), { retrieval, weighed: weigh(read, retrieval) });
}

/**
 * Where a paper is named but seems not to state what is asked, the model may read it: it finds what
 * is said in other words, and its quote must bear it out.
 */
function concluded(run: AnswerRun, { retrieval, weighed }: WeighedRetrieval): AnswerRun {
  if (weighed.kind === 'enough') return run.with({ retrieval, passages: weighed.passages });
  const { drafted: standIn } = weighed;
  return weighed.why === 'not-stated'
    ? run.with({ retrieval, standIn, passages: namedPassages(retrieval.passages) })
    : run.with({ retrieval, drafted: standIn });
}
