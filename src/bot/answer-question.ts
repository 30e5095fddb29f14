import type { Answer } from '../answer/answer.ts';
import type { AnswerEvent, Answerer } from '../answer/answerer.ts';
import type { ConversationStore, Turn } from '../answer/conversation.ts';
import { readQuestion } from '../answer/read/read-question.ts';
import type { PaperFilter } from '../retrieval/paper-index.ts';
import {
  bothFilters,
  type PaperChoice,
  paperFilterOf,
  type SettingsStore,
  settingsOf,
} from './channel-settings.ts';
import { describeNarrowed } from './commands/describe-settings.ts';
import type { Health } from './health.ts';
import type { ChannelPlace, IncomingMessage } from './message.ts';
import type { AskedQuestions, QueuedQuestion } from './question-queue.ts';
import type { ReplyLine } from './reply-line.ts';

export interface AnsweringParts {
  readonly answerer: Answerer;
  readonly conversations: ConversationStore;
  readonly settings: Pick<SettingsStore, 'get'>;
  readonly asked: Pick<AskedQuestions, 'wasAskedIn'>;
  readonly health: Pick<Health, 'answered'>;
  readonly now: () => Date;
}

interface Showing {
  readonly line: Pick<ReplyLine, 'status' | 'sentence'>;
  readonly signal: AbortSignal;
}

/** Earlier questions of a conversation that an answer may lean on. */
const HISTORY_TURNS = 10;

/** The turn that a question becomes, with what is known of it shown as it grows. */
export async function answerQuestion(
  question: QueuedQuestion,
  parts: AnsweringParts,
  { line, signal }: Showing,
): Promise<Turn> {
  const { conversationId, message } = question;
  line.status(statusText('searching'));
  const [earlier, settings] = await Promise.all([
    parts.conversations.turns(conversationId),
    settingsOf({ ...message, channelId: message.papersOf ?? message.channelId }, parts.settings),
  ]);
  const text = message.text.trim();
  const filter = filterFor(text, paperFilterOf(settings.papers), parts.now());
  const answered = await parts.answerer.answer({
    question: text,
    history: earlier.slice(-HISTORY_TURNS).map((turn) => turn.question),
    ...(filter !== undefined && { filter }),
    signal,
    onEvent: (event) => show(event, line),
  });
  parts.health.answered(answered.answer.trace);
  const own = await withoutOthersWords(answered.answer, message, parts);
  const answer = withNarrowed(own, settings.papers, message);
  return { conversationId, askedAt: message.at, question: text, papers: answered.papers, answer };
}

/** Answers are remembered for everybody; who asked what before stays in the channel it was asked in. */
async function withoutOthersWords(
  answer: Answer,
  place: ChannelPlace,
  { asked }: AnsweringParts,
): Promise<Answer> {
  const { askedBefore, ...rest } = answer;
  if (askedBefore === undefined) return answer;
  return (await asked.wasAskedIn(place, askedBefore.question)) ? answer : rest;
}

/**
 * Whoever asks elsewhere than in the channel that chose the papers cannot know of the choice; there
 * it matters where nothing was found.
 */
function withNarrowed(
  answer: Answer,
  papers: PaperChoice,
  { papersOf, channelId }: Pick<IncomingMessage, 'papersOf' | 'channelId'>,
): Answer {
  const isViewed = papersOf !== undefined && papersOf !== channelId;
  const isTalk = answer.intent === 'help' || answer.intent === 'small-talk';
  if (isTalk || (!isViewed && answer.kind === 'answered')) return answer;
  const narrowed = describeNarrowed(papers, isViewed ? 'viewed' : 'here');
  return narrowed === undefined ? answer : { ...answer, narrowed };
}

/** The answerer takes a filter instead of the dates in a question: a channel's narrows both. */
function filterFor(
  text: string,
  chosen: PaperFilter | undefined,
  now: Date,
): PaperFilter | undefined {
  return chosen && bothFilters(chosen, readQuestion(text, now).filter);
}

function show(event: AnswerEvent, line: Showing['line']): void {
  switch (event.kind) {
    case 'status':
      line.status(statusText(event.status));
      break;
    case 'sentence':
      line.sentence(event);
      break;
  }
}

function statusText(status: (AnswerEvent & { kind: 'status' })['status']): string {
  switch (status) {
    case 'searching':
      return 'Searching the abstracts…';
    case 'looking-again':
      return 'Looking again under other words…';
    case 'writing':
      return 'Writing, and checking each quote…';
  }
}
