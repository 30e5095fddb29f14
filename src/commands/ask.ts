import { randomUUID } from 'node:crypto';
import type { Answer } from '../answer/answer.ts';
import type { AnswerEvent, Answerer, AnswerRequest } from '../answer/answerer.ts';
import type { ConversationId } from '../answer/conversation.ts';
import type { AnsweredQuestion } from '../answer/finish.ts';
import { checkQuestion, cleanQuestion } from '../answer/read/check-question.ts';
import { refuseInput } from '../answer/refuse-input.ts';
import { type Assembly, assemble } from '../assembly.ts';
import { FootnoteError } from '../errors.ts';
import type { PaperFilter } from '../retrieval/paper-index.ts';
import { openStore } from '../store/open-store.ts';
import { createAnswerStream } from '../terminal/answer-stream.ts';
import { answerLine } from './answer-line.ts';
import { type CommandContext, readArguments, screenOf, wrongUsage } from './command.ts';
import { FILTER_OPTIONS, FILTER_USAGE, readFilter } from './filter-options.ts';
import { prepareLibrary } from './prepare-library.ts';
import { type QuestionLine, readQuestionLines } from './question-lines.ts';

const USAGE = `npm run ask -- [--json] ${FILTER_USAGE} "question", or npm run ask -- --jsonl FILE`;

/** `ask`: one question, or with `--jsonl` one a line, all in one process. */
export async function runAsk(context: CommandContext): Promise<number> {
  const { values, positionals } = readArguments(context.args, {
    options: { ...FILTER_OPTIONS, json: { type: 'boolean' }, jsonl: { type: 'string' } },
    usage: USAGE,
  });
  const question = positionals.join(' ');
  if (values.jsonl === undefined && cleanQuestion(question) === '') {
    throw wrongUsage('There is no question.', USAGE);
  }
  if (values.jsonl !== undefined && positionals.length > 0) {
    throw wrongUsage('Give a question or --jsonl FILE, not both.', USAGE);
  }
  const filter = readFilter(values, USAGE);
  if (values.jsonl === undefined) checkQuestion(question);
  const lines = values.jsonl === undefined ? undefined : await readQuestionLines(values.jsonl);
  const assembly = await assemble(context.config, context.log);
  try {
    await prepareLibrary(assembly, context);
    for (const line of lines ?? []) {
      const answer = await answerLineOf(line, { answerer: assembly.answerer, filter });
      context.stdout.write(`${answerLine(line.id, answer)}\n`);
    }
    if (lines !== undefined) return 0;
    const asked = { question, signal: context.signal, ...(filter && { filter }) };
    const show = values.json === true ? showJson : showText;
    await show(asked, { assembly, context });
    return 0;
  } finally {
    await assembly.close();
  }
}

/** One line that is no question must not cost the others their answers. */
async function answerLineOf(
  line: QuestionLine,
  { answerer, filter }: { readonly answerer: Answerer; readonly filter: PaperFilter | undefined },
): Promise<Answer> {
  if (line.kind === 'wrong') return refuseInput(line.problem, randomUUID());
  const { question, history = [] } = line;
  try {
    return (await answerer.answer({ question, history, ...(filter && { filter }) })).answer;
  } catch (error) {
    if (!(error instanceof FootnoteError) || error.code !== 'input') throw error;
    return refuseInput(error.message, randomUUID());
  }
}

interface AskParts {
  readonly assembly: Assembly;
  readonly context: CommandContext;
}

async function showJson(request: AnswerRequest, { assembly, context }: AskParts): Promise<void> {
  const answered = await assembly.answerer.answer(request);
  await keepTurn({ assembly, context, question: request.question, answered });
  const { answer } = answered;
  context.stdout.write(`${answerLine(answer.trace.answerId, answer)}\n`);
}

/** On a terminal sentence by sentence, as far as they come so. */
async function showText(request: AnswerRequest, { assembly, context }: AskParts): Promise<void> {
  const { stdout, stderr } = context;
  const stream = createAnswerStream({ stdout, stderr, ...screenOf(stdout) });
  try {
    const onEvent = (event: AnswerEvent) => stream.onEvent(event);
    const answered = await assembly.answerer.answer({ ...request, onEvent });
    await keepTurn({ assembly, context, question: request.question, answered });
    stream.finish({ question: request.question, ...answered });
  } finally {
    stream.close();
  }
}

/** Keeps the answer for its permanent page; an answer that cannot be kept is still given. */
async function keepTurn({
  assembly,
  context,
  question,
  answered,
}: AskParts & {
  readonly question: string;
  readonly answered: AnsweredQuestion;
}): Promise<void> {
  try {
    const store = await openStore({ file: assembly.config.stateFile });
    const conversationId = randomUUID() as ConversationId; // a new conversation of one turn
    const askedAt = new Date().toISOString();
    await store.conversations.append({ conversationId, askedAt, question, ...answered });
    await store.close();
  } catch (error) {
    context.log.warn('ask.not-kept', { err: error });
  }
}
