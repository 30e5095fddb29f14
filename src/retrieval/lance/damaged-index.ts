import { existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import type { Connection } from '@lancedb/lancedb';
import { FootnoteError } from '../../errors.ts';
import type { Paper } from '../../papers/paper.ts';
import { connectIndex, guard, isDamage } from './connection.ts';

/** What a damaged index still gives: every paper that was in it, or undefined when they are gone. */
export interface DamagedIndex {
  readonly papers: readonly Paper[] | undefined;
}

/**
 * Reads every table and every search index of an index folder, which takes about a second for
 * 100,000 papers. Undefined for an index that is whole, or not there; throws FootnoteError `index`
 * where it cannot be read for other reasons than damage.
 */
export async function findDamage(location: string): Promise<DamagedIndex | undefined> {
  if (!existsSync(location)) return undefined;
  const state = { isDamaged: false };
  const unlessDamaged = (error: unknown) => {
    if (!isDamage(error)) throw error;
    state.isDamaged = true;
  };
  const connection = await connectIndex(location).catch(unlessDamaged);
  if (connection === undefined) return { papers: undefined };
  const names = await guard(location, () => connection.tableNames());
  for (const name of names) {
    await guard(location, () => readWhole(connection, name)).catch(unlessDamaged);
  }
  if (!state.isDamaged) return undefined;
  return { papers: await readPapers(connection).catch(() => undefined) };
}

/** Renames the folder of an index; nothing in it changes. Returns the new name. */
export async function setAside(location: string, now: Date): Promise<string> {
  const stamp = now.toISOString().slice(0, 19).replaceAll(':', '-');
  const aside = `${location}.damaged-${stamp}`;
  try {
    await rename(location, aside);
    return aside;
  } catch (cause) {
    const message = `The damaged index in ${location} could not be renamed to ${aside}. Move it away by hand and run the command again.`;
    throw new FootnoteError('index', message, { cause });
  }
}

async function readWhole(connection: Connection, name: string): Promise<void> {
  const table = await connection.openTable(name).catch((error) => {
    // Its maker was killed before the first commit; there is nothing in it.
    if (/was not found/.test(String(error))) return undefined;
    throw error;
  });
  if (table === undefined) return;
  for await (const batch of table.query()) batch.numRows;
  for (const index of await table.listIndices()) await table.prewarmIndex(index.name);
}

async function readPapers(connection: Connection): Promise<readonly Paper[]> {
  const papers: Paper[] = [];
  const table = await connection.openTable('papers');
  for await (const batch of table.query().select(['record'])) {
    // Written as JSON by the table of papers.
    for (const record of batch.getChild('record') ?? []) papers.push(JSON.parse(record) as Paper);
  }
  return papers;
}
