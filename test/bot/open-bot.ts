import { randomUUID } from 'node:crypto';
import { type Bot, type BotParts, createBot } from '../../src/bot/bot.ts';
import type { BotSettings } from '../../src/bot/bot-settings.ts';
import { createSuggestions } from '../../src/bot/suggest-questions.ts';
import type { LogFields } from '../../src/log.ts';
import { createRetriever } from '../../src/retrieval/retriever.ts';
import { openStore, type Store } from '../../src/store/open-store.ts';
import { MemoryIndex } from '../fakes/memory-index.ts';
import { WordCountEmbedder } from '../fakes/word-count-embedder.ts';
import { FakeAnswerer } from './fake-answerer.ts';
import { FakePlatform } from './fake-platform.ts';

export interface OpenedBot {
  readonly bot: Bot;
  readonly store: Store;
  readonly platform: FakePlatform;
  readonly answerer: FakeAnswerer;
  readonly logged: { readonly event: string; readonly fields: LogFields }[];
  /** Ends when so many ends stand on the platform; throws when that takes too long. */
  ended(count: number): Promise<void>;
  close(): Promise<void>;
}

/** What a test brings itself. */
export interface OpenBotOptions {
  readonly store?: Store;
  readonly parts?: Partial<BotParts>;
  readonly platform?: FakePlatform;
  readonly answerer?: FakeAnswerer;
  readonly settings?: Partial<BotSettings>;
  /** False leaves starting it to the test. */
  readonly isStarted?: boolean;
}

const PATIENCE_MS = 10_000;

/** A bot over a store in memory, with short times, a made-up answerer and a platform that records. */
export async function openBot(options: OpenBotOptions = {}): Promise<OpenedBot> {
  const { platform = new FakePlatform(), answerer = new FakeAnswerer() } = options;
  const store = options.store ?? (await openStore({ file: ':memory:' }));
  const logged: OpenedBot['logged'] = [];
  const write = (event: string, fields: LogFields = {}) => void logged.push({ event, fields });
  const index = new MemoryIndex();
  const parts: BotParts = {
    answerer,
    index,
    retriever: createRetriever({ index, embedder: new WordCountEmbedder() }),
    ...store,
    suggestions: createSuggestions({ index, answerer }),
    doors: { slack: platform, discord: platform },
    newId: randomUUID,
    now: () => new Date(),
    log: Object.assign(write, { debug: write, warn: write }),
    ...options.parts,
  };
  const bot = createBot(parts, { ...SHORT, ...options.settings });
  if (options.isStarted !== false) bot.start();
  return {
    bot,
    store,
    platform,
    answerer,
    logged,
    ended: (count) => until(() => platform.ends.length >= count, `${count} ends`),
    async close() {
      await bot.close();
      if (options.store === undefined) await store.close();
    },
  };
}

const SHORT: Partial<BotSettings> = {
  leaseMs: 1_000,
  pollMs: 20,
  stepMs: 100,
  deliverMs: 200,
  retryMs: 20,
  graceMs: 1_000,
};

/** Ends when the condition holds; throws when that takes too long. */
export async function until(
  isSo: () => boolean | Promise<boolean>,
  what = 'the condition',
  patienceMs = PATIENCE_MS,
): Promise<void> {
  const end = Date.now() + patienceMs;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`Waited in vain for ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
