import { randomUUID } from 'node:crypto';
import { afterEach, expect } from 'vitest';
import type { Answerer } from '../../src/answer/answerer.ts';
import type { BotSettings } from '../../src/bot/bot-settings.ts';
import type { ChatConnection } from '../../src/bot/chat-room.ts';
import type { SlackChoice } from '../../src/config/slack.ts';

import { openSlack } from '../../src/slack/open-room.ts';
import { openStore, type Store } from '../../src/store/open-store.ts';
import { FakeAnswerer } from '../bot/fake-answerer.ts';
import { openBot } from '../bot/open-bot.ts';
import {
  eventually,
  type HostileOptions,
  type HostileSlack,
  startHostileSlack,
  TOKENS,
} from '../fakes/hostile-slack/hostile-slack.ts';

/** The bot in a hostile Slack, by the real client and over real sockets. */
export interface SlackBot {
  readonly slack: HostileSlack;
  readonly store: Store;
  readonly connection: ChatConnection;
  readonly logged: readonly string[];
  /** Ends when every question has its answer, all signs are gone and nothing waits. */
  answered(): Promise<void>;
  close(): Promise<void>;
}

interface SlackBotOptions {
  readonly slack?: HostileOptions;
  readonly answerer?: Answerer;
  readonly settings?: Partial<BotSettings>;
}

const SHORT: Partial<BotSettings> = {
  quotas: { perPersonAnHour: 10_000, perWorkspaceADay: 10_000 },
  concurrency: 4,
  stepMs: 2_000,
  deliverMs: 4_000,
  retryMs: 100,
};

/** Everything that a test opens here is closed after it, and Slack must have been sent nothing bad. */
export function slackBots(): (options?: SlackBotOptions) => Promise<SlackBot> {
  const opened: SlackBot[] = [];
  afterEach(async () => {
    const bots = opened.splice(0);
    for (const bot of bots) await bot.close();
    expect(bots.flatMap(({ slack }) => slack.journal.violations)).toEqual([]);
  });
  return async (options) => {
    const bot = await openSlackBot(options);
    opened.push(bot);
    return bot;
  };
}

async function openSlackBot(options: SlackBotOptions = {}): Promise<SlackBot> {
  const slack = await startHostileSlack(options.slack);
  const store = await openStore({ file: ':memory:' });
  const logged: string[] = [];
  const write = (event: string) => void logged.push(event);
  const log = Object.assign(write, { debug: write, warn: write });
  const { apiUrl } = slack;
  const room = await openSlack(socketTo(apiUrl), { ...store, mount: () => () => {}, log });
  const { bot, close } = await openBot({
    store,
    // The answerer is typed as the fake one there; the bot needs no more than an Answerer.
    parts: {
      answerer: options.answerer ?? new FakeAnswerer({ newId: randomUUID }),
      doors: { slack: room.door },
      log,
    },
    settings: { ...SHORT, ...options.settings },
  });
  const connection = await room.connect(bot);
  return {
    slack,
    store,
    connection,
    logged,
    async answered() {
      await eventually(() => slack.journal.lost.length === 0, 'all answers');
      await idle(store);
      await eventually(
        () => slack.signs.withStatus.length + slack.signs.reactions.length === 0,
        'the end of all signs',
      );
      expect(slack.journal.doubled).toEqual([]);
    },
    async close() {
      await connection.close();
      await close();
      await store.close();
      await slack.close();
    },
  };
}

/** An app in Socket Mode. */
export function socketTo(apiUrl: string): SlackChoice {
  return { kind: 'socket', botToken: TOKENS.bot, appToken: TOKENS.app, apiUrl };
}

/** Ends when nothing waits and nothing is in work. */
export async function idle({ queue }: Pick<Store, 'queue'>): Promise<void> {
  let load = await queue.load();
  while (load.waiting + load.working > 0) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    load = await queue.load();
  }
}
