import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { RequestTurns } from '../papers/sources/site.ts';
import type { Tables } from './tables.ts';

export interface TurnOptions {
  readonly site: string;
  /** Kept free after each request, in milliseconds. */
  readonly pauseMs: number;
  readonly now?: () => number;
}

/** After so long the holder counts as dead; longer than any request takes. */
const LEASE_MS = 120_000;
const LONGEST_POLL_MS = 1_000;
const LEAST_POLL_MS = 5;

/**
 * Turns in the table `request_turns`: whoever has the row is alone over all processes. The pause
 * begins when the reply is read, so that two requests never reach the site closer than that.
 */
export function createRequestTurns(
  db: Kysely<Tables>,
  { site, pauseMs, now = Date.now }: TurnOptions,
): RequestTurns {
  return {
    async hold(work, signal) {
      const holder = await take({ db, site, now }, signal);
      try {
        return await work();
      } finally {
        await db
          .updateTable('request_turns')
          .set({ holder: null, free_at: now() + pauseMs })
          .where('site', '=', site)
          .where('holder', '=', holder)
          .execute();
      }
    },
  };
}

interface Taking {
  readonly db: Kysely<Tables>;
  readonly site: string;
  readonly now: () => number;
}

async function take({ db, site, now }: Taking, signal: AbortSignal | undefined): Promise<string> {
  const holder = randomUUID();
  await db
    .insertInto('request_turns')
    .values({ site, holder: null, free_at: 0 })
    .onConflict((conflict) => conflict.column('site').doNothing())
    .execute();
  for (;;) {
    signal?.throwIfAborted();
    const at = now();
    const { numUpdatedRows } = await db
      .updateTable('request_turns')
      .set({ holder, free_at: at + LEASE_MS })
      .where('site', '=', site)
      // A clock that was set back would else be waited for.
      .where((row) => row.or([row('free_at', '<=', at), row('free_at', '>', at + 2 * LEASE_MS)]))
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 1n) return holder;
    const row = await db
      .selectFrom('request_turns')
      .select(['free_at', 'holder'])
      .where('site', '=', site)
      .executeTakeFirstOrThrow();
    // While another one asks, it is not known how soon it ends.
    const ms = row.holder === null ? row.free_at - at : LEAST_POLL_MS * 10;
    const pause = Math.min(Math.max(ms, LEAST_POLL_MS), LONGEST_POLL_MS);
    await sleep(pause, undefined, signal === undefined ? {} : { signal });
  }
}
