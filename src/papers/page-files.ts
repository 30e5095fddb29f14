import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import { FootnoteError } from '../errors.ts';
import { compareText } from './preference.ts';

/** A page on disk: where it is, and the name that origins speak of. */
export interface PagePath {
  readonly file: string;
  /** The file's name, or its path below the folder that was named. */
  readonly page: string;
}

/** One saved page on disk, read. */
export interface PageFile {
  readonly page: string;
  readonly text: string;
  readonly hash: string;
}

const MAX_BYTES = 256 * 1024 * 1024;

/**
 * The files that the given files and folders hold, sorted by name; of a folder the `.txt` files in
 * it and below. Throws FootnoteError `input` for a path that is not there or a folder without any.
 */
export async function findPageFiles(paths: readonly string[]): Promise<readonly PagePath[]> {
  const files = new Map<string, PagePath>();
  for (const path of paths) {
    const about = await stat(path).catch((cause) => {
      throw new FootnoteError(
        'input',
        `There is no file or folder ${path}. Name a saved page or a folder of saved pages (.txt).`,
        { cause },
      );
    });
    const found = about.isDirectory()
      ? await textFiles(path)
      : [{ file: resolve(path), page: basename(path) }];
    if (found.length === 0) {
      throw new FootnoteError(
        'input',
        `The folder ${path} holds no saved pages. Put pages saved as text (.txt) there, or name another folder.`,
      );
    }
    for (const one of found) if (!files.has(one.file)) files.set(one.file, one);
  }
  return [...files.values()].sort((a, b) => compareText(a.file, b.file));
}

async function textFiles(folder: string): Promise<readonly PagePath[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter(
      (entry) =>
        (entry.isFile() || entry.isSymbolicLink()) && entry.name.toLowerCase().endsWith('.txt'),
    )
    .map((entry) => {
      const file = resolve(join(entry.parentPath, entry.name));
      return { file, page: relative(resolve(folder), file).replaceAll('\\', '/') };
    });
}

function unreadable(file: string, cause: unknown): FootnoteError {
  const message = `The page ${basename(file)} cannot be read; check that ${file} is there and its permissions.`;
  return new FootnoteError('input', message, { cause });
}

/** Reads a page as UTF-8. `salt` is what else decides how it is parsed; it goes into the hash. */
export async function readPageFile({ file, page }: PagePath, salt: string): Promise<PageFile> {
  const { size } = await stat(file).catch((cause) => {
    throw unreadable(file, cause);
  });
  if (size > MAX_BYTES) {
    throw new FootnoteError(
      'input',
      `The page ${page} is larger than 256 MB, so it is no saved page of papers; split it or leave it out.`,
    );
  }
  const bytes = await readFile(file).catch((cause) => {
    throw unreadable(file, cause);
  });
  const hash = createHash('sha256').update(salt).update(bytes).digest('hex');
  return { page, text: new TextDecoder('utf-8').decode(bytes), hash };
}
