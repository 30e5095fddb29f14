import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { ConversationId, Turn } from '../answer/conversation.ts';
import { type Assembly, assemble } from '../assembly.ts';
import { openStore, type Store } from '../store/open-store.ts';
import { stripUnsafe } from '../terminal/safe-text.ts';
import { createWebApp } from '../web/app.ts';
import type { WebParts, WebQuestion } from '../web/parts.ts';
import { listen, type WebServer } from '../web/server.ts';
import { type CommandContext, readArguments, wrongUsage } from './command.ts';
import { createIndexWatch, type IndexWatch } from './index-watch.ts';
import { previewForWeb } from './preview-for-web.ts';
import type { SyncParts } from './run-sync.ts';
import type { SyncSchedule } from './sync-schedule.ts';
import { type ChatBot, startChat } from './with-chat.ts';
import { createDigests } from './with-digests.ts';

const USAGE = 'npm start';

/** `start`: serves the pages until stopped; makes the index meanwhile where there is none. */
export async function runStart(context: CommandContext): Promise<number> {
  const { positionals } = readArguments(context.args, { options: {}, usage: USAGE });
  if (positionals.length > 0) throw wrongUsage('start takes no names.', USAGE);
  const { config, stderr, log, signal } = context;
  const store = await openStore({ file: config.stateFile });
  const assembly = await assemble(config, log, store).catch(async (error) => {
    await store.close();
    throw error;
  });
  const ending = new AbortController();
  const whileRunning = { ...context, signal: AbortSignal.any([signal, ending.signal]) };
  const watch = createIndexWatch(assembly, whileRunning);
  const app = createWebApp(createParts({ assembly, store, watch, context }));
  const server = await listen({ app, host: config.host, port: config.port });
  stderr.write(`Footnote is at ${server.url} (stop it with Ctrl+C).\n`);
  log('start.listening', { url: server.url });
  const closeParts = async () => {
    await server.close();
    await assembly.close();
    await store.close();
  };
  const chat = await openChat({ assembly, store, watch, server, context }).catch(async (error) => {
    await closeParts();
    throw error;
  });
  const building = watch.complete();
  const schedule = await openSchedule(building, { library: assembly, store, context });
  const lost = await untilEnd(signal, chat);
  // An index half made is gone on with at the next start.
  ending.abort();
  await chat?.close();
  await building;
  await schedule?.stop();
  await closeParts();
  if (lost !== undefined) throw lost;
  return 0;
}

/** Serves until it is stopped, or until a platform has shut it out for good: then why. */
async function untilEnd(
  signal: AbortSignal,
  chat: ChatBot | undefined,
): Promise<Error | undefined> {
  if (signal.aborted) return undefined;
  const stopped = once(signal, 'abort').then(() => undefined);
  return Promise.race([stopped, ...(chat === undefined ? [] : [chat.lost])]);
}

/** Fetches new papers at set times, once the index is whole; loaded only where times are set. */
async function openSchedule(
  building: Promise<void>,
  parts: SyncParts,
): Promise<Pick<SyncSchedule, 'stop'> | undefined> {
  const { names, times } = parts.context.config.sources;
  if (names.length === 0 || times.length === 0) return undefined;
  const { scheduleSync } = await import('./sync-schedule.ts');
  const begun = building.then(() => scheduleSync(parts));
  return { stop: async () => (await begun).stop() };
}

interface StartedParts {
  readonly assembly: Assembly;
  readonly store: Store;
  readonly watch: IndexWatch;
  readonly context: CommandContext;
}

/** Answers in chat as well, where tokens are set. */
async function openChat({
  context,
  ...parts
}: StartedParts & { readonly server: WebServer }): Promise<ChatBot | undefined> {
  const { config, stderr, log } = context;
  const chat = await startChat(config, { ...parts, log });
  for (const room of chat?.rooms ?? []) stderr.write(`Footnote answers in ${stripUnsafe(room)}.\n`);
  return chat;
}

function createParts({ assembly, store, watch, context }: StartedParts): WebParts {
  const { conversations } = store;
  const digests = createDigests({ assembly, stores: store.digestStores });
  return {
    previewDigest: async (request) => {
      await watch.readable(request.signal);
      return previewForWeb(request, digests);
    },
    ask: async (request) => {
      await watch.readable(request.signal);
      return ask(request, { assembly, store });
    },
    turns: (id) => conversations.turns(id),
    turnByAnswer: (answerId) => conversations.turnByAnswer(answerId),
    status: () => watch.status(),
    log: (event, fields) => context.log(event, fields),
  };
}

async function ask(
  { question, conversationId, signal, onEvent }: WebQuestion,
  { assembly, store }: { readonly assembly: Assembly; readonly store: Store },
): Promise<Turn> {
  const earlier =
    conversationId === undefined ? [] : await store.conversations.turns(conversationId);
  const history = earlier.map((turn) => turn.question);
  const answered = await assembly.answerer.answer({
    question,
    history,
    ...(signal !== undefined && { signal }),
    ...(onEvent !== undefined && { onEvent }),
  });
  const turn: Turn = {
    conversationId: conversationId ?? (randomUUID() as ConversationId), // a new one
    askedAt: new Date().toISOString(),
    question: question.trim(),
    ...answered,
  };
  await store.conversations.append(turn);
  return turn;
}
