import type { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { Kysely } from 'kysely';
import type { AnswerCache } from '../answer/answer-cache.ts';
import type { ConversationStore } from '../answer/conversation.ts';
import type { SpendingLedger } from '../llm/spending.ts';
import { createConversationStore } from './conversations.ts';
import { createSpendingLedger } from './expenses.ts';
import { createAnswerCache } from './kept-answers.ts';
import { migrateToLatest } from './migrations.ts';
import { createSqliteDialect, openDatabase, waitWhenBusy } from './sqlite.ts';
import { explainStoreError, isBusy } from './store-error.ts';
import type { Tables } from './tables.ts';

/** Everything Footnote remembers between runs, in one SQLite file. */
export interface Store {
  readonly conversations: ConversationStore;
  readonly expenses: SpendingLedger;
  readonly answers: AnswerCache;
  /** Calls that follow are a bug of the caller and throw a plain Error. */
  close(): Promise<void>;
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
      conversations: explainConversations(createConversationStore(db, file), file),
      expenses: explainExpenses(createSpendingLedger(db, file), file),
      answers: explainAnswers(createAnswerCache(db), file),
      close: () => db.destroy(),
    };
  });
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

function explainConversations(store: ConversationStore, file: string): ConversationStore {
  return {
    append: (turn) => explained(file, () => store.append(turn)),
    turns: (id) => explained(file, () => store.turns(id)),
    turnByAnswer: (answerId) => explained(file, () => store.turnByAnswer(answerId)),
  };
}

function explainExpenses(ledger: SpendingLedger, file: string): SpendingLedger {
  return {
    add: (expense) => explained(file, () => ledger.add(expense)),
    spentOn: (day) => explained(file, () => ledger.spentOn(day)),
  };
}

function explainAnswers(cache: AnswerCache, file: string): AnswerCache {
  return {
    get: (key) => explained(file, () => cache.get(key)),
    questions: (group) => explained(file, () => cache.questions(group)),
    put: (answer) => explained(file, () => cache.put(answer)),
  };
}

async function explained<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw explainStoreError(error, file);
  }
}
