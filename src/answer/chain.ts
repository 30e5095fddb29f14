import { type Runnable, type RunnableConfig, RunnableLambda } from '@langchain/core/runnables';
import type { ChatModel } from '../llm/chat-model.ts';
import type { Embedder } from '../llm/embedder.ts';
import type { Prompts } from '../llm/prompts.ts';
import type { Log } from '../log.ts';
import { createStopwatch } from '../retrieval/stopwatch.ts';
import type { AnswerCache } from './answer-cache.ts';
import { AnswerRun } from './answer-run.ts';
import type { Answerer, AnswererParts, AnswerRequest } from './answerer.ts';
import { decideStep, recallStep, retrieveStep, rewriteStep } from './chain-steps.ts';
import { composeStep, finishStep } from './compose-step.ts';
import type { AnsweredQuestion } from './finish.ts';
import { checkQuestion } from './read/check-question.ts';
import { readQuestion } from './read/read-question.ts';

/** What the chain has besides the parts of every answerer. */
export interface ChainParts extends AnswererParts {
  readonly model: ChatModel;
  readonly prompts: Prompts;
  readonly embedder: Pick<Embedder, 'embedQueries'>;
  readonly cache: AnswerCache;
  readonly log: Pick<Log, 'warn'>;
  /** Whether the model may propose further searches when the first evidence is thin. */
  readonly secondLook: boolean;
  readonly verify: 'rules' | 'model';
}

/**
 * Answers with a chat model, in the steps read, rewrite, retrieve, recall, decide, compose (which
 * checks and repairs) and finish. Each is a LangChain runnable, so that LangSmith and OpenTelemetry
 * see them when their environment variables are set. Whatever becomes of the model, the reader gets
 * an answer: by the model, from memory, or extractive.
 */
export function createChainAnswerer(parts: ChainParts): Answerer {
  const chain = createChain(parts);
  return {
    answer: (request) =>
      chain.invoke(request, request.signal === undefined ? {} : { signal: request.signal }),
  };
}

/** The chain as a runnable: a request in, the answer with its papers out. */
export function createChain(parts: ChainParts): Runnable<AnswerRequest, AnsweredQuestion> {
  const rewritten = new Map<string, string>();
  const begin = step('read', (request: AnswerRequest) => read(request, parts));
  return begin
    .pipe(
      step('rewrite', (run: AnswerRun, config) =>
        rewriteStep(run, { ...parts, rewritten }, config),
      ),
    )
    .pipe(step('retrieve', (run: AnswerRun) => retrieveStep(run, parts)))
    .pipe(step('recall', (run: AnswerRun) => recallStep(run, parts)))
    .pipe(step('decide', (run: AnswerRun, config) => decideStep(run, parts, config)))
    .pipe(step('compose', (run: AnswerRun, config) => composeStep(run, parts, config)))
    .pipe(step('finish', (run: AnswerRun) => finishStep(run, parts)))
    .withConfig({ runName: 'answer' });
}

async function read(request: AnswerRequest, { now }: ChainParts): Promise<AnswerRun> {
  const asked = checkQuestion(request.question);
  const watch = createStopwatch();
  const question = readQuestion(asked, now());
  watch.lap('question');
  return new AnswerRun({ request, read: question, watch });
}

function step<Input, Output>(
  name: string,
  run: (input: Input, config: RunnableConfig) => Promise<Output>,
): Runnable<Input, Output> {
  return RunnableLambda.from<Input, Output>((input, config) => run(input, config)).withConfig({
    runName: name,
  });
}
