import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kysely } from 'kysely';
import { createSite, type Site } from '../../../src/papers/sources/site.ts';
import { migrateToLatest } from '../../../src/store/migrations.ts';
import { createRequestTurns } from '../../../src/store/request-turns.ts';
import { createSqliteDialect, openDatabase, waitWhenBusy } from '../../../src/store/sqlite.ts';
import type { Tables } from '../../../src/store/tables.ts';
import { FakeArxivServer } from '../../fakes/arxiv-server.ts';
import { FakeHuggingFaceServer } from '../../fakes/hugging-face-server.ts';

/** Three seconds on a clock that runs a hundred times as fast. */
export const PAUSE_MS = 30;

/** Both sites, and what asks them, with waits noted instead of waited for. */
export interface SourceRig {
  readonly hub: FakeHuggingFaceServer;
  readonly arxiv: FakeArxivServer;
  readonly hubSite: Site;
  readonly arxivSite: Site;
  /** Milliseconds of each wait that a site asked for. */
  readonly waits: number[];
  /** Another process that asks arXiv, as far as the store can tell. */
  anotherArxivSite(): Promise<Site>;
  /** Throws where a site was asked against its terms. */
  close(): Promise<void>;
}

export async function openSourceRig(): Promise<SourceRig> {
  const folder = mkdtempSync(join(tmpdir(), 'footnote-sources-'));
  const hub = await new FakeHuggingFaceServer().listen();
  const arxiv = await new FakeArxivServer().listen();
  arxiv.gapMs = PAUSE_MS;
  const waits: number[] = [];
  const opened: (() => Promise<void>)[] = [];
  const skew = { ms: 0 };
  const options = {
    userAgent: 'Footnote/0.1 (mailto:tests@example.org)',
    now: () => Date.now() + skew.ms,
    wait: async (ms: number) => {
      waits.push(Math.round(ms));
      skew.ms += ms;
      // Its windows end on the same clock.
      hub.left = 500;
    },
  };
  const openArxiv = async () => {
    const database = openDatabase(join(folder, 'state.sqlite'));
    const db = new Kysely<Tables>({ dialect: createSqliteDialect(database) });
    await migrateToLatest(db);
    waitWhenBusy(database);
    const turns = createRequestTurns(db, { site: 'arxiv', pauseMs: PAUSE_MS });
    const site = createSite({ ...options, name: 'arXiv', turns });
    opened.push(async () => {
      await site.close();
      await db.destroy();
    });
    return site;
  };
  const hubSite = createSite({ ...options, name: 'Hugging Face', token: 'hf_test' });
  opened.push(() => hubSite.close());
  return {
    hub,
    arxiv,
    hubSite,
    arxivSite: await openArxiv(),
    waits,
    anotherArxivSite: openArxiv,
    async close() {
      for (const close of opened) await close();
      rmSync(folder, { recursive: true, force: true });
      await hub.close();
      await arxiv.close();
    },
  };
}
