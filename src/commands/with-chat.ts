import { randomUUID } from 'node:crypto';
import { createAnswerer } from '../answer/answerer.ts';
import { aboutItem } from '../bot/about-item.ts';
import { type Bot, type BotParts, createBot } from '../bot/bot.ts';
import type { BotSettings } from '../bot/bot-settings.ts';
import type { ChatConnection, ChatRoom } from '../bot/chat-room.ts';
import type { IncomingMessage, Platform } from '../bot/message.ts';
import { createSuggestions } from '../bot/suggest-questions.ts';
import type { Config } from '../config.ts';
import type { DigestDoor } from '../digest/digest-door.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/open-store.ts';
import type { WebServer } from '../web/server.ts';
import type { IndexWatch } from './index-watch.ts';
import { createDigests, type Digests, type WithDigestsParts } from './with-digests.ts';

/** What a bot in chat is made of. */
export interface WithChatParts {
  readonly assembly: WithDigestsParts['assembly'];
  readonly store: Store;
  readonly watch: Pick<IndexWatch, 'readable'>;
  /** What platforms reach over HTTP is served below paths of this. */
  readonly server: Pick<WebServer, 'mount'>;
  readonly log: Log;
  /** Other than the bot's own. */
  readonly settings?: Partial<BotSettings>;
}

/** A bot that answers on every platform that is set up. */
export interface ChatBot {
  /** Where it answers, such as "Slack, in the workspace Acme". */
  readonly rooms: readonly string[];
  /** Settles where a platform will never let us in again, with what to do about it. */
  readonly lost: Promise<Error>;
  /** Takes in no more, lets what is in work end for a while, and gives the rest back. */
  close(): Promise<void>;
}

/**
 * Answers from now on wherever the settings name a token; undefined where they name none. Throws
 * FootnoteError `config` or `network` where a platform does not let us, and then answers nowhere.
 */
export async function startChat(
  config: Config,
  parts: WithChatParts,
): Promise<ChatBot | undefined> {
  const rooms = await openRooms(config, parts);
  if (rooms.length === 0) return undefined;
  await loadModel(config, parts);
  const digests = createDigests({ ...parts, stores: parts.store.digestStores });
  const bot = createChatBot(parts, { rooms, digests });
  const connections = await connectAll(rooms, bot);
  // Not before: what an earlier process left is answered by whoever is connected.
  bot.start();
  const scheduler = digests.schedule(
    whereDigests(rooms, (door) => door),
    parts,
  );
  scheduler.start();
  parts.log('chat.connected', { platforms: rooms.map(({ platform }) => platform) });
  return {
    rooms: rooms.map(({ name }) => name),
    lost: Promise.race(connections.flatMap(({ lost }) => lost ?? [])),
    async close() {
      await closeAll(connections);
      await Promise.all([bot.close(), scheduler.close()]);
    },
  };
}

/** By platform, for the rooms that digests are posted in: elsewhere nothing is set up. */
function whereDigests<T>(
  rooms: readonly ChatRoom[],
  give: (door: DigestDoor) => T,
): Readonly<Partial<Record<Platform, T>>> {
  return Object.fromEntries(
    rooms.flatMap(({ platform, digestDoor }) =>
      digestDoor === undefined ? [] : [[platform, give(digestDoor)]],
    ),
  );
}

/** Loads only what is set up: the platforms' packages take a while. */
async function openRooms(
  { slack, discord }: Config,
  { server, store, log }: WithChatParts,
): Promise<readonly ChatRoom[]> {
  const rooms: ChatRoom[] = [];
  if (slack !== undefined) {
    const { openSlack } = await import('../slack/open-room.ts');
    const { mount } = server;
    rooms.push(await openSlack(slack, { mount, installations: store.installations, log }));
  }
  if (discord !== undefined) {
    rooms.push(await (await import('./with-discord.ts')).openDiscord(discord, log));
  }
  return rooms;
}

/**
 * Before anything connects: loading it stops all else for a while, and connections break. Without it
 * answers are quotations that say why.
 */
async function loadModel({ chat }: Config, { log }: WithChatParts): Promise<void> {
  if (chat === undefined) return;
  const { preloadChatModel } = await import('../llm/open-chat-model.ts');
  await preloadChatModel(chat).catch((err: unknown) => log.warn('chat.model-not-loaded', { err }));
}

async function connectAll(
  rooms: readonly ChatRoom[],
  bot: Bot,
): Promise<readonly ChatConnection[]> {
  const connections: ChatConnection[] = [];
  try {
    for (const room of rooms) connections.push(await room.connect(bot));
  } catch (error) {
    await closeAll(connections);
    await bot.close();
    throw error;
  }
  return connections;
}

async function closeAll(connections: readonly ChatConnection[]): Promise<void> {
  await Promise.all(connections.map((connection) => connection.close()));
}

function createChatBot(
  { assembly, store, watch, log, settings = {} }: WithChatParts,
  { rooms, digests }: { readonly rooms: readonly ChatRoom[]; readonly digests: Digests },
): Bot {
  const { answerer, retriever, index } = assembly;
  const basics = { newId: randomUUID, now: () => new Date() };
  // While the papers are read, commands that look among them would find none.
  const patient: Pick<BotParts, 'answerer' | 'retriever'> = {
    answerer: {
      answer: async (request) => {
        await watch.readable(request.signal);
        return answerer.answer(request);
      },
    },
    retriever: {
      retrieve: async (request) => {
        await watch.readable();
        return retriever.retrieve(request);
      },
    },
  };
  // Extractive: about a dozen questions are tried out, which a model would charge for.
  const trial = createAnswerer({ retriever, ...basics });
  const bot = createBot(
    {
      ...basics,
      digests: whereDigests(rooms, () => digests.desk),
      ...patient,
      index,
      ...store,
      suggestions: createSuggestions({ index, answerer: trial }),
      doors: Object.fromEntries(rooms.map(({ platform, door }) => [platform, door])),
      log,
    },
    settings,
  );
  return {
    ...bot,
    digests: digests.replies,
    receive: (message) => hear(message, { bot, digests, log }),
  };
}

/** A paper that somebody links to is no news to the channel; a reply under one asks about it. */
async function hear(
  message: IncomingMessage,
  { bot, digests, log }: { readonly bot: Bot; readonly digests: Digests; readonly log: Log },
) {
  const noted = digests.replies.heard(message, message.text);
  noted.catch((err: unknown) => log.warn('digest.link-not-noted', { err }));
  return bot.receive(await aboutItem(message, digests.replies));
}
