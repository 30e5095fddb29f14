import { createHash } from 'node:crypto';
import { createReadStream, type Stats } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
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
 * it and below. Throws FootnoteError `input` for a path that is not there, a folder without any or
 * one that cannot be listed, and what is neither file nor folder.
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
    const found = about.isDirectory() ? await textFiles(path) : [namedFile(path, about)];
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

function namedFile(path: string, about: Stats): PagePath {
  requireFile(path, about);
  return { file: resolve(path), page: basename(path) };
}

async function textFiles(folder: string): Promise<readonly PagePath[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((cause) => {
    const message = `The folder ${folder} cannot be listed; check its permissions and those of the folders in it.`;
    throw new FootnoteError('input', message, { cause });
  });
  // What is no file (a pipe, a link to a device) is refused by name when it comes to reading it.
  return entries
    .filter((entry) => !entry.isDirectory() && entry.name.toLowerCase().endsWith('.txt'))
    .map((entry) => {
      const file = resolve(join(entry.parentPath, entry.name));
      return { file, page: relative(resolve(folder), file).replaceAll('\\', '/') };
    });
}

/** What else goes with the reading of a page. */
export interface PageReading {
  /** What besides the text decides how it is parsed; it goes into the hash. */
  readonly salt: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads a page as UTF-8. Throws FootnoteError `input` for what is no regular file, cannot be read
 * or is larger than 256 MB.
 */
export async function readPageFile(
  { file, page }: PagePath,
  { salt, signal }: PageReading,
): Promise<PageFile> {
  const about = await stat(file).catch((cause) => {
    throw unreadable(file, cause);
  });
  requireFile(page, about);
  if (about.size > MAX_BYTES) throw tooLarge(page);
  const bytes = await readBytes({ file, page }, signal);
  const hash = createHash('sha256').update(salt).update(bytes).digest('hex');
  return { page, text: new TextDecoder('utf-8').decode(bytes), hash };
}

// Bytes are counted too: a file may grow meanwhile, and those that a system makes up have no size.
async function readBytes(
  { file, page }: PagePath,
  signal: AbortSignal | undefined,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of createReadStream(file, { signal })) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > MAX_BYTES) throw tooLarge(page);
    }
  } catch (error) {
    signal?.throwIfAborted();
    throw error instanceof FootnoteError ? error : unreadable(file, error);
  }
  return Buffer.concat(chunks);
}

/** A device has no end, and a pipe without a writer no beginning. */
function requireFile(page: string, about: Stats): void {
  if (about.isFile()) return;
  const message = `The page ${page} is ${kindOf(about)}, not a file; save the page as a text file and name that.`;
  throw new FootnoteError('input', message, { facts: { page } });
}

function kindOf(about: Stats): string {
  if (about.isDirectory()) return 'a folder';
  if (about.isFIFO()) return 'a pipe';
  return about.isSocket() ? 'a socket' : 'a device';
}

function tooLarge(page: string): FootnoteError {
  return new FootnoteError(
    'input',
    `The page ${page} is larger than 256 MB, so it is no saved page of papers; split it or leave it out.`,
  );
}

function unreadable(file: string, cause: unknown): FootnoteError {
  const message = `The page ${basename(file)} cannot be read; check that ${file} is there and its permissions.`;
  return new FootnoteError('input', message, { cause });
}
