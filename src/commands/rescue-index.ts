import { join } from 'node:path';
import {
  type DamagedIndex,
  findDamage,
  type PaperOrigins,
  setAside,
} from '../retrieval/lance/damaged-index.ts';
import { createProcessLock } from '../store/process-lock.ts';
import { stripUnsafe } from '../terminal/safe-text.ts';
import type { CommandContext } from './command.ts';
import { tellWait } from './prepare-library.ts';

const SHOWN_PAGES = 5;

/**
 * Moves a damaged index aside, so that it is built anew from these pages. The old folder is kept, and papers that stand in it alone are told of. An index in an object store is left alone.
 */
export async function rescueIndex(
  context: CommandContext,
  pages: readonly string[],
): Promise<void> {
  const { config, signal, stderr } = context;
  if (config.indexLocation.includes('://')) return;
  const lock = createProcessLock(join(config.dataDir, 'state', 'build.lock'));
  await lock.hold(
    async () => {
      const damaged = await findDamage(config.indexLocation);
      if (damaged === undefined) return;
      const aside = await setAside(config.indexLocation, new Date());
      for (const line of rescueLines(damaged, { aside, pages })) stderr.write(`${line}\n`);
    },
    { signal, onWait: () => tellWait(context) },
  );
}

/** What became of a damaged index, for people, and what the new one will lack. */
export function rescueLines(
  { origins }: DamagedIndex,
  { aside, pages }: { readonly aside: string; readonly pages: readonly string[] },
): readonly string[] {
  const moved = `The index is damaged. It is kept as ${stripUnsafe(aside)}, and a new one is made from the saved pages.`;
  if (origins === undefined) {
    return [
      moved,
      'Its papers cannot be read. Any that came from other pages than those read now are missing from the new index: run "npm run ingest -- FILE|DIR" with those pages too.',
    ];
  }
  const read = new Set(pages);
  const lost = origins.filter((origin) => !origin.pages.some((page) => read.has(page)));
  return lost.length === 0 ? [moved] : [moved, lostLine(lost)];
}

function lostLine(lost: readonly PaperOrigins[]): string {
  const papers = lost.reduce((sum, origin) => sum + origin.papers, 0);
  const are = papers === 1 ? '1 paper of it is' : `${papers} papers of it are`;
  return `${are} in none of the pages read now, and so missing from the new index: run "npm run ingest -- FILE|DIR" with the pages they came from (${pagesOf(lost)}).`;
}

function pagesOf(lost: readonly PaperOrigins[]): string {
  const names = [...new Set(lost.flatMap(({ pages }) => pages.map(stripUnsafe)))].sort();
  if (names.length === 0) return 'unknown';
  const more = names.length - SHOWN_PAGES;
  return names.slice(0, SHOWN_PAGES).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
