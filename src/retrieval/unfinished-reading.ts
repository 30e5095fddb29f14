import { resolve } from 'node:path';
import { FootnoteError } from '../errors.ts';
import { findPageFiles } from '../papers/page-files.ts';
import type { PaperArchive } from '../papers/paper-archive.ts';

/** Files and folders of saved pages whose reading was begun and not ended. */
export interface UnfinishedReading {
  /** Those that can still be read. */
  readonly paths: readonly string[];
  /** Those that hold no pages any more. */
  readonly lost: readonly string[];
}

// Noted like a page; the slash at its end keeps it apart from every page.
const NOTE = '(unfinished reading)/';
const NOTHING = '[]';

/** What an earlier run, or one that goes on elsewhere, has begun to read; both lists may be empty. */
export async function findUnfinishedReading(archive: PaperArchive): Promise<UnfinishedReading> {
  const noted = JSON.parse((await archive.pageHash(NOTE)) ?? NOTHING) as readonly string[]; // see noteReading
  const areThere = await Promise.all(noted.map(holdsPages));
  return {
    paths: noted.filter((_, at) => areThere[at] === true),
    lost: noted.filter((_, at) => areThere[at] === false),
  };
}

/** Whether anything at all was left unread. */
export function isUnfinished({ paths, lost }: UnfinishedReading): boolean {
  return paths.length + lost.length > 0;
}

/** Notes that the reading of these paths has begun, and of no others. */
export async function noteReading(archive: PaperArchive, paths: readonly string[]): Promise<void> {
  const whole = [...new Set(paths.map((path) => resolve(path)))];
  await archive.savePage(NOTE, JSON.stringify(whole));
}

/** Notes that all that was begun has come to its end. */
export async function forgetReading(archive: PaperArchive): Promise<void> {
  await archive.savePage(NOTE, NOTHING);
}

async function holdsPages(path: string): Promise<boolean> {
  try {
    return (await findPageFiles([path])).length > 0;
  } catch (error) {
    if (error instanceof FootnoteError) return false;
    throw error;
  }
}
