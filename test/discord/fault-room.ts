import type { BotParts } from '../../src/bot/bot.ts';
import type { ChatConnection } from '../../src/bot/chat-room.ts';
import { openDiscord } from '../../src/commands/with-discord.ts';
import type { LogFields } from '../../src/log.ts';
import { openStore, type Store } from '../../src/store/open-store.ts';
import { FakeAnswerer } from '../bot/fake-answerer.ts';
import { type OpenedBot, openBot } from '../bot/open-bot.ts';
import type { FaultDiscord } from '../fakes/fault-discord/fault-discord.ts';

/** Our room in a made-up Discord, with a bot that has a made-up answerer. */
export interface OpenedRoom {
  readonly answerer: FakeAnswerer;
  readonly bot: OpenedBot['bot'];
  readonly connection: ChatConnection;
  /** Names of what was logged. */
  readonly logged: readonly string[];
  close(): Promise<void>;
}

interface RoomOptions {
  readonly answerer?: FakeAnswerer;
  /** Shared with other rooms; else one in memory. */
  readonly store?: Store;
  readonly messageContent?: boolean;
  /** What the bot is made of instead of made-up parts. */
  readonly parts?: Partial<BotParts>;
}

/** Times that are short for a test and long for a loopback server. */
const SETTINGS = { leaseMs: 1_000, deliverMs: 5_000, stepMs: 2_000, retryMs: 100, graceMs: 500 };

/** Answers of the made-up answerer begin so, followed by a made-up sentence. */
export async function openRoom(
  discord: Pick<FaultDiscord, 'apiUrl' | 'token'>,
  { answerer = new FakeAnswerer(), store: given, messageContent = false, parts }: RoomOptions = {},
): Promise<OpenedRoom> {
  const logged: string[] = [];
  const write = (event: string, _: LogFields = {}) => void logged.push(event);
  const log = Object.assign(write, { debug: () => {}, warn: write });
  const choice = { token: discord.token, messageContent, apiUrl: discord.apiUrl };
  const room = await openDiscord(choice, log);
  const store = given ?? (await openStore({ file: ':memory:' }));
  const doors = { discord: room.door };
  const opened = await openBot({
    store,
    answerer,
    parts: { ...parts, doors, log },
    settings: SETTINGS,
  });
  const connection = await room.connect(opened.bot);
  return {
    answerer,
    bot: opened.bot,
    connection,
    logged,
    async close() {
      await connection.close();
      await opened.close();
      if (given === undefined) await store.close();
    },
  };
}
