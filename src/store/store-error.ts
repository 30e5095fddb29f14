import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { FootnoteError } from '../errors.ts';

/** SQLite's primary result codes: https://www.sqlite.org/rescode.html */
const SQLITE = {
  BUSY: 5,
  LOCKED: 6,
  READONLY: 8,
  IOERR: 10,
  CORRUPT: 11,
  FULL: 13,
  CANTOPEN: 14,
  NOTADB: 26,
} as const;

/** The file of shared memory beside the store could not grow; the one reason is a full disk. */
const SQLITE_IOERR_SHMSIZE = 4874;

/** True when another connection holds the lock and the same work may succeed in a moment. */
export function isBusy(error: unknown): boolean {
  const code = sqliteCode(error);
  return code === SQLITE.BUSY || code === SQLITE.LOCKED;
}

/**
 * Turns what SQLite or the file system threw about `file` into a FootnoteError `index` (or `busy`)
 * that says what to do. Any other error comes back as it is.
 */
export function explainStoreError(
  error: unknown,
  file: string,
  name: StoreFile['name'] = 'conversation store',
): unknown {
  const message = messageFor(error, { file, name });
  if (message === undefined) return error;
  const facts = { file, sqlite: sqliteCode(error) };
  return new FootnoteError(isBusy(error) ? 'busy' : 'index', message, { cause: error, facts });
}

interface StoreFile {
  readonly file: string;
  readonly name: keyof typeof WHAT_DAMAGE_COSTS;
}

const WHAT_DAMAGE_COSTS = {
  'conversation store': ' Past conversations are in that file only; nothing else is lost.',
  'lock file': '',
  'cache of vectors':
    ' Vectors that are needed again are then computed again; nothing else is lost.',
} as const;

function messageFor(error: unknown, { file, name }: StoreFile): string | undefined {
  switch (sqliteCode(error)) {
    case SQLITE.BUSY:
    case SQLITE.LOCKED:
      return `The ${name} ${file} is in use by another process. Try again, or stop the other process.`;
    case SQLITE.CORRUPT:
    case SQLITE.NOTADB:
      return `The ${name} ${file} is damaged (${textOf(error)}). Move it away, with its -wal and -shm files if there are any: a new one is made at the next start.${WHAT_DAMAGE_COSTS[name]}`;
    case SQLITE.READONLY:
      return `The ${name} ${file} cannot be written: ${whyNotWritable(file)}. Make the file and its folder writable, or choose another place for it.`;
    case SQLITE.FULL:
      return `The ${name} ${file} cannot be written: the disk is full. Free some space and try again; what was stored before is safe.`;
    case SQLITE.IOERR:
      return `The ${name} ${file} cannot be read or written: the disk failed (${textOf(error)}). Check the disk and its free space, then try again.`;
    case SQLITE.CANTOPEN:
      return `The ${name} ${file} cannot be opened: ${whyNotWritable(file)}. Make its folder writable, or choose another place for it.`;
    case undefined:
      return otherMessage(error, { file, name });
    default:
      return undefined;
  }
}

function otherMessage(error: unknown, { file, name }: StoreFile): string | undefined {
  if (isFileSystemError(error)) {
    return `The folder of the ${name} ${file} cannot be made: ${whyNotWritable(file)}. Make the folder above it writable, or choose another place for it.`;
  }
  // Kysely has no code for this; a file from a newer version lists a migration we do not have.
  if (/previously executed migration .* is missing/.test(textOf(error))) {
    return `The ${name} ${file} was made by a newer version of Footnote. Update Footnote, or move the file away to start a new one.`;
  }
  return undefined;
}

/** SQLite says only "unable to open" and Node's mkdir reports ENOENT on a read-only disk: ask. */
function whyNotWritable(file: string): string {
  if (existsSync(file) && statSync(file).isDirectory()) return 'it is a folder, not a file';
  const nearest = nearestExisting(file);
  try {
    accessSync(nearest, constants.W_OK);
    if (nearest !== file && !statSync(nearest).isDirectory()) return `${nearest} is not a folder`;
    return 'it is read-only, or a file beside it is';
  } catch (error) {
    return textOf(error).includes('EROFS')
      ? `the disk that holds ${nearest} is read-only`
      : `this account may not write to ${nearest}`;
  }
}

function nearestExisting(file: string): string {
  const folder = dirname(file);
  return existsSync(file) || folder === file ? file : nearestExisting(folder);
}

/** The primary code; SQLite puts details into the higher bits. */
function sqliteCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error)) return undefined;
  if (error.errcode === SQLITE_IOERR_SHMSIZE) return SQLITE.FULL;
  return typeof error.errcode === 'number' ? error.errcode & 0xff : undefined;
}

function isFileSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
