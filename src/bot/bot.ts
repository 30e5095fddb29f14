import { setTimeout as sleep } from 'node:timers/promises';
import type { Answerer } from '../answer/answerer.ts';
import type { ConversationId, ConversationStore } from '../answer/conversation.ts';
import type { DigestDesk } from '../digest/digest-commands.ts';
import type { DigestReplies } from '../digest/digest-replies.ts';
import { within } from '../llm/time-limit.ts';
import type { Log } from '../log.ts';
import type { PaperIndex } from '../retrieval/paper-index.ts';
import type { Retriever } from '../retrieval/retriever.ts';
import { createBotDispatcher } from './bot-dispatcher.ts';
import { BOT_DEFAULTS, type BotSettings } from './bot-settings.ts';
import {
  type ChannelSettings,
  paperFilterOf,
  type SettingsStore,
  settingsOf,
} from './channel-settings.ts';
import type { CommandRequest, CommandResult } from './commands/command.ts';
import { runCommand } from './commands/run-command.ts';
import type { Dispatcher } from './dispatcher.ts';
import { reportFailure, spokenError } from './failure.ts';
import type { FeedbackStore } from './feedback.ts';
import { createHealth, type Health } from './health.ts';
import type { Introductions } from './introductions.ts';
import type { ChannelPlace, IncomingMessage, Platform } from './message.ts';
import { createOpenReplies, type OpenReplies } from './open-replies.ts';
import { placeInLine } from './place-in-line.ts';
import type { AskedQuestions, QuestionQueue } from './question-queue.ts';
import { type Received, receive } from './receive.ts';
import type { ReplyDoor } from './reply.ts';
import type { Suggestions } from './suggest-questions.ts';
import { createTitles, type TitleChoice } from './titles.ts';

/** What the assistant is made of. */
export interface BotParts {
  readonly answerer: Answerer;
  readonly retriever: Retriever;
  readonly index: Pick<PaperIndex, 'papersById' | 'pages' | 'status' | 'count' | 'sample'>;
  readonly conversations: ConversationStore;
  readonly queue: QuestionQueue;
  readonly asked: AskedQuestions;
  readonly settings: SettingsStore;
  readonly feedback: FeedbackStore;
  readonly introductions: Introductions;
  readonly suggestions: Suggestions;
  readonly digests?: Readonly<Partial<Record<Platform, DigestDesk>>>;
  /** One for each platform that this process replies on; the messages of others are left alone. */
  readonly doors: Readonly<Partial<Record<Platform, ReplyDoor>>>;
  readonly newId: () => string;
  readonly now: () => Date;
  readonly log: Log;
}

/** The assistant without a platform. */
export interface Bot {
  /** The conversation around digests, where there are any. */
  readonly digests?: Pick<DigestReplies, 'itemOf' | 'react'>;
  /** Begins to work on what is queued, that of before a restart as well. */
  start(): void;
  /**
   * Takes a message in. Once this has returned `accepted` the message is stored, and its reply comes
   * through the platform's ReplyDoor whatever happens to this process. Copies are ignored. Throws
   * what the store throws: then nothing was stored, and the message may be sent again.
   */
  receive(message: IncomingMessage): Promise<Received>;
  /**
   * Does a command at once and returns what came of it; it is not queued and costs no quota. Never
   * throws: what went wrong is a refusal in words for people.
   */
  run(request: CommandRequest): Promise<CommandResult>;
  /** Up to four questions to offer in a channel, drawn from the papers it takes; see Suggestions. */
  suggest(place: ChannelPlace): Promise<readonly string[]>;
  /** Whether to introduce itself in a channel now: true once for each channel, over all processes. */
  introduces(place: ChannelPlace): Promise<boolean>;
  /** Titles that fit what somebody is typing, of the papers that a channel takes; see Titles. */
  titles(words: string, place: ChannelPlace, limit: number): Promise<readonly TitleChoice[]>;
  /** The settings in force in a channel. Throws what the store throws. */
  settingsIn(place: ChannelPlace): Promise<ChannelSettings>;
  /** Stops a question, wherever it is worked on; false when it has ended or is not known. */
  stop(id: string): Promise<boolean>;
  /** Stops all questions of a conversation that have not ended, and says how many those were. */
  stopIn(id: ConversationId): Promise<number>;
  /** Begins no more, lets what is in work end, and gives the rest back for the next start. */
  close(): Promise<void>;
}

/** All that the bot works with. */
export type AllParts = BotParts &
  BotSettings & { readonly replies: OpenReplies; readonly health: Health };

/** Builds the assistant; nothing is worked on before `start`. */
export function createBot(given: BotParts, settings: Partial<BotSettings> = {}): Bot {
  const chosen = { ...given, ...BOT_DEFAULTS, ...settings, health: createHealth(given.now) };
  const parts: AllParts = { ...chosen, replies: createOpenReplies(chosen) };
  const dispatcher = createBotDispatcher(parts);
  const titles = createTitles({ index: parts.index });
  const asides = new Set<Promise<void>>();
  const aside = (work: Promise<void>) => {
    const noted = work
      .catch((err: unknown) => parts.log.warn('bot.aside-failed', { err }))
      .finally(() => asides.delete(noted));
    asides.add(noted);
  };
  const stop = async (id: string) => {
    const isStopped = await parts.queue.stop(id);
    dispatcher.interrupt(id);
    void dispatcher.poke();
    return isStopped;
  };
  return {
    start: () => dispatcher.start(),
    async receive(message) {
      const received = await receive(message, parts);
      if (received.kind === 'refused') aside(refuse(message, received, parts));
      if (received.kind === 'accepted')
        aside(beginOrWait(message, received, { parts, dispatcher }));
      return received;
    },
    run: (request) => runSafely(request, parts),
    async suggest(place) {
      const { papers } = await settingsOf(place, parts.settings);
      return parts.suggestions.questions(paperFilterOf(papers));
    },
    introduces: ({ platform, workspaceId, channelId }) =>
      parts.introductions.claim({ platform, workspaceId, channelId }),
    async titles(words, place, limit) {
      const filter = paperFilterOf((await settingsOf(place, parts.settings)).papers);
      return titles.find({ words, limit, ...(filter && { filter }) });
    },
    settingsIn: (place) => settingsOf(place, parts.settings),
    stop,
    async stopIn(id) {
      const stopped = await Promise.all((await parts.queue.openIn(id)).map(stop));
      return stopped.filter(Boolean).length;
    },
    async close() {
      await dispatcher.close(parts.graceMs);
      await Promise.all(asides);
    },
  };
}

async function runSafely(request: CommandRequest, parts: AllParts): Promise<CommandResult> {
  try {
    return await runCommand(request, parts);
  } catch (error) {
    return { kind: 'refused', text: spokenError(error) ?? reportFailure({ error }, parts).text };
  }
}

type Accepted = Extract<Received, { kind: 'accepted' }>;
type Refused = Extract<Received, { kind: 'refused' }>;

/** As long as whoever could be begun at once may wait for it without a word. */
const AT_ONCE_MS = 100;

/** Begins at once where there is room, else tells the place in line. */
async function beginOrWait(
  message: IncomingMessage,
  { id, isPrivate, isUnasked }: Accepted,
  { parts, dispatcher }: { readonly parts: AllParts; readonly dispatcher: Dispatcher },
): Promise<void> {
  const mayBegin = dispatcher.hasRoom();
  const poked = dispatcher.poke();
  if (isUnasked) return poked;
  // While questions pour in, looking at the queue does not end; those who wait are told all the same.
  if (mayBegin) await Promise.race([poked, sleep(AT_ONCE_MS, undefined, { ref: false })]);
  const ahead = await parts.queue.ahead(id);
  if (ahead === undefined || dispatcher.isWorkingOn(id)) return;
  parts.replies.open({ id, message, isPrivate }).status(placeInLine(ahead));
}

/** Not tried again: a refusal that does not arrive costs nobody an answer. */
function refuse(
  message: IncomingMessage,
  { id, isPrivate, text }: Refused,
  { replies, deliverMs }: AllParts,
): Promise<void> {
  const line = replies.take({ id, message, isPrivate });
  return line.end((reply) =>
    within(deliverMs, (signal) =>
      reply.final({ kind: 'refused', text }, { isRepeat: false, signal }),
    ),
  );
}
