import type { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { Kysely } from 'kysely';
import type { AnswerCache } from '../answer/answer-cache.ts';
import type { ConversationStore } from '../answer/conversation.ts';
import type { SettingsStore } from '../bot/channel-settings.ts';
import type { FeedbackStore } from '../bot/feedback.ts';
import type { InstallationStore } from '../bot/installations.ts';
import type { Introductions } from '../bot/introductions.ts';
import type { AskedQuestions, QuestionQueue } from '../bot/question-queue.ts';
import type { DeliveryStore } from '../digest/delivery.ts';
import type { Arrivals, SeenPapers } from '../digest/seen-papers.ts';
import type { SubscriptionStore } from '../digest/subscription.ts';
import type { DigestFeedback } from '../digest/taste.ts';
import type { SpendingLedger } from '../llm/spending.ts';
import type { ResolvedTitles } from '../papers/resolve-titles.ts';
import type { RequestTurns } from '../papers/sources/site.ts';
import type { SnapshotStore } from '../papers/sync.ts';
import { createAskedQuestions } from './asked-questions.ts';
import { createSettingsStore } from './channel-settings.ts';
import { createConversationStore } from './conversations.ts';
import { createArrivals } from './digest-arrivals.ts';
import { createDeliveryStore } from './digest-deliveries.ts';
import { createDigestFeedback } from './digest-feedback.ts';
import { createSeenPapers } from './digest-seen.ts';
import { createSpendingLedger } from './expenses.ts';
import { createFeedbackStore } from './feedback.ts';
import { createInstallationStore } from './installations.ts';
import { createIntroductions } from './introductions.ts';
import { createAnswerCache } from './kept-answers.ts';
import { migrateToLatest } from './migrations.ts';
import { createPaperSnapshots } from './paper-snapshots.ts';
import { createQuestionQueue } from './question-queue.ts';
import { createRequestTurns } from './request-turns.ts';
import { createResolvedTitles } from './resolved-titles.ts';
import { createSqliteDialect, openDatabase, waitWhenBusy } from './sqlite.ts';
import { explainStoreError, isBusy } from './store-error.ts';
import { createSubscriptionStore } from './subscriptions.ts';
import type { Tables } from './tables.ts';

/** Everything Footnote remembers between runs, in one SQLite file. */
export interface Store {
  readonly conversations: ConversationStore;
  readonly expenses: SpendingLedger;
  readonly answers: AnswerCache;
  readonly queue: QuestionQueue;
  readonly asked: AskedQuestions;
  readonly settings: SettingsStore;
  readonly feedback: FeedbackStore;
  readonly installations: InstallationStore;
  readonly introductions: Introductions;
  readonly resolvedTitles: ResolvedTitles;
  readonly snapshots: SnapshotStore;
  /** Of all requests to arXiv, whatever they ask. */
  readonly arxivTurns: RequestTurns;
  readonly digestStores: DigestStores;
  /** Calls that follow are a bug of the caller and throw a plain Error. */
  close(): Promise<void>;
}

// https://info.arxiv.org/help/api/tou.html: one request in three seconds, on one connection.
const ARXIV = { site: 'arxiv', pauseMs: 3_000 };
/** What digests remember. */
export interface DigestStores {
  readonly subscriptions: SubscriptionStore;
  readonly deliveries: DeliveryStore;
  readonly arrivals: Arrivals;
  readonly seen: SeenPapers;
  readonly feedback: DigestFeedback;
}

// With the waits of SQLite itself: about ten seconds until another process is given up on.
const OPEN_ATTEMPTS = 80;
const OPEN_RETRY_MS = 25;

/**
 * Opens the store, making the file and its folder where they are missing; `:memory:` lasts until
 * `close`. Safe when several processes open the same new file at once. It, and the store later,
 * throws FootnoteError `index` for a file that is damaged or cannot be written, `busy` for one
 * that another process keeps locked.
 */
export function openStore({ file }: { readonly file: string }): Promise<Store> {
  return explained(file, async () => {
    const database = await retryWhileBusy(() => openDatabase(file));
    const db = new Kysely<Tables>({ dialect: createSqliteDialect(database) });
    await prepareTables(database, db);
    return {
      conversations: explainedPort(createConversationStore(db, file), file),
      expenses: explainedPort(createSpendingLedger(db, file), file),
      answers: explainedPort(createAnswerCache(db), file),
      queue: explainedPort(createQuestionQueue(db, file), file),
      asked: explainedPort(createAskedQuestions(db, file), file),
      settings: explainedPort(createSettingsStore(db, file), file),
      feedback: explainedPort(createFeedbackStore(db), file),
      installations: explainedPort(createInstallationStore(db), file),
      introductions: explainedPort(createIntroductions(db), file),
      resolvedTitles: explainedPort(createResolvedTitles(db), file),
      snapshots: explainedPort(createPaperSnapshots(db), file),
      arxivTurns: explainedPort(createRequestTurns(db, ARXIV), file),
      digestStores: openDigestStores(db, file),
      close: () => db.destroy(),
    };
  });
}

function openDigestStores(db: Kysely<Tables>, file: string): DigestStores {
  return {
    subscriptions: explainedPort(createSubscriptionStore(db, file), file),
    deliveries: explainedPort(createDeliveryStore(db, file), file),
    arrivals: explainedPort(createArrivals(db), file),
    seen: explainedPort(createSeenPapers(db), file),
    feedback: explainedPort(createDigestFeedback(db), file),
  };
}

async function prepareTables(database: DatabaseSync, db: Kysely<Tables>): Promise<void> {
  try {
    await retryWhileBusy(() => migrateToLatest(db));
    waitWhenBusy(database);
  } catch (error) {
    await db.destroy();
    throw error;
  }
}

async function retryWhileBusy<T>(work: () => T | Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!isBusy(error) || attempt === OPEN_ATTEMPTS) throw error;
      await sleep(OPEN_RETRY_MS);
    }
  }
}

/** The same port, whose errors say what to do. */
function explainedPort<Port extends object>(port: Port, file: string): Port {
  const methods = Object.entries(port).map(([name, method]) => [
    name,
    (...given: readonly unknown[]) => explained(file, () => method(...given)),
  ]);
  // Every member of the ports of a store is a function that returns a promise.
  return Object.fromEntries(methods) as Port;
}

async function explained<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw explainStoreError(error, file);
  }
}
