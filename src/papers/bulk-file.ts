import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { FootnoteError } from '../errors.ts';
import { unreadable } from './json-lines.ts';

/** How far into a file a reader is: whole lines only. */
export interface BulkPosition {
  /** Lines before it. */
  readonly line: number;
  /** Their length, unpacked. */
  readonly bytes: number;
  /** SHA-256 (hex) of them, so that another file of the same name is not taken for this one. */
  readonly hash: string;
}

/** One line as it stands in the file. */
export type BulkLine =
  | { readonly kind: 'text'; readonly line: number; readonly text: string }
  | { readonly kind: 'unusable'; readonly line: number; readonly reason: string };

/** A file of lines, read once from a position on. */
export interface BulkFile {
  /** Empty lines are passed over. Throws FootnoteError `input` for what cannot be read to its end. */
  lines(): AsyncIterable<BulkLine>;
  /** After the line that `lines` gave last; a last line that may still be growing does not count. */
  position(): BulkPosition;
  /** How much of the file was read, in bytes of the file itself. */
  progress(): { readonly done: number; readonly total: number };
}

export interface BulkFileOptions {
  /** Where to go on; when other lines stand before it now, the file is read from its beginning. */
  readonly from?: BulkPosition;
  readonly signal?: AbortSignal;
}

export const BULK_START: BulkPosition = {
  line: 0,
  bytes: 0,
  hash: createHash('sha256').digest('hex'),
};

// Kaggle's longest line is below 100 kB.
const LONGEST_LINE = 4 * 1024 * 1024;
const CHUNK = 256 * 1024;
const FEED = 10;
const GZIP = Buffer.from([0x1f, 0x8b]);

/** Opens a file of lines, packed by gzip or not, whatever its size. Throws FootnoteError `input`. */
export async function openBulkFile(file: string, options: BulkFileOptions = {}): Promise<BulkFile> {
  const { size, isPacked } = await lookAt(file);
  const state = { reader: startReader(), done: 0 };
  const streamOf = () =>
    openStream(file, isPacked, (done) => {
      state.done = done;
    });
  return {
    position: () => positionOf(state.reader),
    progress: () => ({ done: Math.min(state.done, size), total: size }),
    async *lines() {
      const { from = BULK_START, signal } = options;
      try {
        const stream = streamOf();
        const chunks = stream[Symbol.asyncIterator]();
        const rest = await skip(chunks, { to: from, reader: state.reader, signal });
        if (rest !== undefined) {
          yield* split(rest, { chunks, reader: state.reader, signal });
          return;
        }
        stream.destroy();
        state.reader = startReader();
        const again = streamOf()[Symbol.asyncIterator]();
        yield* split(Buffer.alloc(0), { chunks: again, reader: state.reader, signal });
      } catch (error) {
        signal?.throwIfAborted();
        throw error instanceof FootnoteError ? error : broken(file, state.reader, error);
      }
    },
  };
}

/** How much was read, in whole lines; `ahead` is the hash within a line that is too long. */
interface Reader {
  line: number;
  bytes: number;
  hash: Hash;
  ahead: Hash | undefined;
}

function startReader(): Reader {
  return { line: 0, bytes: 0, hash: createHash('sha256'), ahead: undefined };
}

function positionOf({ line, bytes, hash }: Reader): BulkPosition {
  return { line, bytes, hash: hash.copy().digest('hex') };
}

async function lookAt(file: string): Promise<{ size: number; isPacked: boolean }> {
  try {
    const handle = await open(file);
    try {
      const about = await handle.stat();
      if (!about.isFile()) throw notFile(file);
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(GZIP.length));
      return { size: about.size, isPacked: bytesRead === GZIP.length && buffer.equals(GZIP) };
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw error instanceof FootnoteError ? error : unreadable(file, error);
  }
}

function openStream(file: string, isPacked: boolean, onRead: (done: number) => void): Readable {
  const source = createReadStream(file, { highWaterMark: CHUNK });
  source.on('data', () => onRead(source.bytesRead)).pause();
  if (!isPacked) return source;
  const unpacked = createGunzip({ chunkSize: CHUNK });
  source.on('error', (error) => unpacked.destroy(error));
  unpacked.on('close', () => source.destroy());
  return source.pipe(unpacked);
}

interface Chunks {
  readonly chunks: AsyncIterator<Buffer>;
  readonly reader: Reader;
  readonly signal: AbortSignal | undefined;
}

/**
 * Passes over what was read before. Returns the bytes read beyond it, or undefined where the file
 * begins otherwise than it did then.
 */
async function skip(
  chunks: AsyncIterator<Buffer>,
  { to, reader, signal }: Omit<Chunks, 'chunks'> & { readonly to: BulkPosition },
): Promise<Buffer | undefined> {
  let rest: Buffer = Buffer.alloc(0);
  while (reader.bytes < to.bytes) {
    signal?.throwIfAborted();
    const { done, value } = await chunks.next();
    if (done === true) return undefined;
    const known = value.subarray(0, to.bytes - reader.bytes);
    reader.hash.update(known);
    reader.bytes += known.length;
    rest = value.subarray(known.length);
  }
  reader.line = to.line;
  return positionOf(reader).hash === to.hash ? rest : undefined;
}

async function* split(first: Buffer, { chunks, reader, signal }: Chunks): AsyncGenerator<BulkLine> {
  let parts: Buffer[] = [];
  let size = 0;
  for (let chunk = first; ; ) {
    let from = 0;
    for (let at = chunk.indexOf(FEED); at >= 0; at = chunk.indexOf(FEED, from)) {
      const end = chunk.subarray(from, at + 1);
      const bytes = parts.length === 0 ? end : Buffer.concat([...parts, end]);
      const line = takeLine(reader, { bytes, size: size + end.length });
      [parts, size, from] = [[], 0, at + 1];
      if (line !== undefined) yield line;
    }
    const tail = chunk.subarray(from);
    size += tail.length;
    if (tail.length > 0) parts.push(tail);
    // What is too long is counted, not held.
    if (size > LONGEST_LINE) for (const part of parts.splice(0)) readAhead(reader, part);
    signal?.throwIfAborted();
    const next = await chunks.next();
    if (next.done === true) break;
    chunk = next.value;
  }
  const last = toLine(Buffer.concat(parts), { line: reader.line + 1, size });
  if (last !== undefined) yield last;
}

/** Moves on past a line; of one that is too long `bytes` are the last ones. */
function takeLine(
  reader: Reader,
  { bytes, size }: { readonly bytes: Buffer; readonly size: number },
): BulkLine | undefined {
  if (reader.ahead !== undefined) reader.hash = reader.ahead;
  reader.ahead = undefined;
  reader.hash.update(bytes);
  reader.bytes += size;
  reader.line += 1;
  return toLine(bytes, { line: reader.line, size });
}

function readAhead(reader: Reader, part: Buffer): void {
  reader.ahead ??= reader.hash.copy();
  reader.ahead.update(part);
}

function toLine(
  bytes: Buffer,
  { line, size }: { readonly line: number; readonly size: number },
): BulkLine | undefined {
  if (size > LONGEST_LINE) {
    return { kind: 'unusable', line, reason: 'it is longer than 4 MB, so it is no paper' };
  }
  try {
    // Without a byte order mark, which a first line may have.
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes).trim();
    return text === '' ? undefined : { kind: 'text', line, text };
  } catch {
    return { kind: 'unusable', line, reason: 'it is not UTF-8 text; save the file as UTF-8' };
  }
}

function notFile(file: string): FootnoteError {
  return new FootnoteError(
    'input',
    `${file} is no file. Name a file of papers, one JSON object a line (.jsonl or .jsonl.gz).`,
  );
}

function broken(file: string, { line }: Reader, cause: unknown): FootnoteError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (!code.startsWith('Z_')) return unreadable(file, cause);
  return new FootnoteError(
    'input',
    `${file} cannot be unpacked after line ${line}: it is cut off or damaged. Download it again and run the command again; it goes on where it was, and what was read is stored.`,
    { cause, facts: { file, line } },
  );
}
