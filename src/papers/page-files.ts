import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { FootnoteError } from '../errors.ts';

/** One saved page on disk, read. */
export interface PageFile {
  /** The file's name, by which origins speak of it. */
  readonly page: string;
  readonly text: string;
  readonly hash: string;
}

const MAX_BYTES = 256 * 1024 * 1024;

/**
 * The files that the given files and folders hold, sorted by name; of a folder the `.txt` files in
 * it and below. Throws FootnoteError `input` for a path that is not there or a folder without any.
 */
export async function findPageFiles(paths: readonly string[]): Promise<readonly string[]> {
  const files = new Set<string>();
  for (const path of paths) {
    const about = await stat(path).catch((cause) => {
      throw new FootnoteError(
        'input',
        `There is no file or folder ${path}. Name a saved page or a folder of saved pages (.txt).`,
        { cause },
      );
    });
    const found = about.isDirectory() ? await textFiles(path) : [resolve(path)];
    if (found.length === 0) {
      throw new FootnoteError(
        'input',
        `The folder ${path} holds no saved pages. Put pages saved as text (.txt) there, or name another folder.`,
      );
    }
    for (const file of found) files.add(file);
  }
  return [...files].sort();
}

async function textFiles(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.toLowerCase().endsWith('.txt'))
    .map((entry) => resolve(join(entry.parentPath, entry.name)));
}

/** Reads a page as UTF-8. `salt` is what else decides how it is parsed; it goes into the hash. */
export async function readPageFile(file: string, salt: string): Promise<PageFile> {
  const page = basename(file);
  const { size } = await stat(file);
  if (size > MAX_BYTES) {
    throw new FootnoteError(
      'input',
      `The page ${page} is larger than 256 MB, so it is no saved page of papers; split it or leave it out.`,
    );
  }
  const bytes = await readFile(file).catch((cause) => {
    throw new FootnoteError(
      'input',
      `The page ${page} cannot be read; check the permissions of ${file}.`,
      { cause },
    );
  });
  const hash = createHash('sha256').update(salt).update(bytes).digest('hex');
  return { page, text: new TextDecoder('utf-8').decode(bytes), hash };
}
