import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { explainStoreError, isBusy } from './store-error.ts';

/** Lets one process at a time do a piece of work; a process that dies gives its turn back. */
export interface ProcessLock {
  /** Waits for its turn; `onWait` is told once when there is something to wait for. */
  hold<T>(work: () => Promise<T>, options?: HoldOptions): Promise<T>;
  /** Undefined at once when another process has the turn. */
  tryHold<T>(work: () => Promise<T>): Promise<T | undefined>;
}

export interface HoldOptions {
  readonly onWait?: () => void;
  readonly signal?: AbortSignal;
}

const POLL_MS = 200;

/**
 * A lock kept by SQLite on a file of its own: the system frees it when its holder ends, however it
 * ends. Throws FootnoteError `index` when the file cannot be made.
 */
export function createProcessLock(file: string): ProcessLock {
  return {
    async hold(work, { onWait, signal } = {}) {
      let database = take(file);
      if (database === undefined) onWait?.();
      while (database === undefined) {
        await sleep(POLL_MS, undefined, signal === undefined ? {} : { signal });
        database = take(file);
      }
      return runHolding(database, work);
    },
    async tryHold(work) {
      const database = take(file);
      return database === undefined ? undefined : runHolding(database, work);
    },
  };
}

async function runHolding<T>(database: DatabaseSync, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } finally {
    database.close();
  }
}

/** The file locked, or undefined while another process holds it. */
function take(file: string): DatabaseSync | undefined {
  let database: DatabaseSync | undefined;
  try {
    mkdirSync(dirname(file), { recursive: true });
    database = new DatabaseSync(file);
    database.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE');
    return database;
  } catch (error) {
    database?.close();
    if (isBusy(error)) return undefined;
    throw explainStoreError(error, file, 'lock file');
  }
}
