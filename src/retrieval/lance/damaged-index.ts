import { existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import type { Connection } from '@lancedb/lancedb';
import { FootnoteError } from '../../errors.ts';
import { connectIndex, guard, isDamage } from './connection.ts';

/** What a damaged index still tells of its papers; `origins` is undefined when they are gone. */
export interface DamagedIndex {
  readonly origins: readonly PaperOrigins[] | undefined;
}

/** How many papers came from just these pages. */
export interface PaperOrigins {
  readonly pages: readonly string[];
  readonly papers: number;
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
  if (connection === undefined) return { origins: undefined };
  const names = await guard(location, () => connection.tableNames());
  for (const name of names) {
    await guard(location, () => readWhole(connection, name)).catch(unlessDamaged);
  }
  if (!state.isDamaged) return undefined;
  return { origins: await readOrigins(connection).catch(() => undefined) };
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

async function readOrigins(connection: Connection): Promise<readonly PaperOrigins[]> {
  const counts = new Map<string, number>();
  const table = await connection.openTable('papers');
  for await (const batch of table.query().select(['sources'])) {
    for (const sources of batch.getChild('sources') ?? []) {
      const pages = JSON.stringify([...sources]);
      counts.set(pages, (counts.get(pages) ?? 0) + 1);
    }
  }
  return [...counts].map(([pages, papers]) => ({ pages: JSON.parse(pages), papers }));
}
