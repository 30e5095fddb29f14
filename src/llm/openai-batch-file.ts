import { createHash } from 'node:crypto';
import { type FileHandle, mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type BatchRequest, requestLine } from './openai-batch-lines.ts';

/** The input of one batch, on disk only until the next one is asked for. */
export interface BatchFile {
  readonly path: string;
  /** SHA-256 (hex) of the contents and the attempt: the same requests are found again by it. */
  readonly digest: string;
  /** Of its requests, in order. */
  readonly ids: readonly string[];
}

/** How much one batch takes: https://developers.openai.com/api/docs/guides/batch */
export interface BatchLimits {
  readonly texts: number;
  readonly bytes: number;
}

// A request holds at least one text, so that the limit of 50,000 requests holds as well.
const LIMITS: BatchLimits = { texts: 50_000, bytes: 200_000_000 };

export interface PackRequest {
  readonly requests: AsyncIterable<BatchRequest>;
  readonly model: string;
  /** Where the file being made stands. */
  readonly folder: string;
  readonly attempt: number;
  readonly limits?: BatchLimits;
}

/** Writes requests, line by line, into as few files as the limits of a batch allow. */
export async function* packBatches(pack: PackRequest): AsyncGenerator<BatchFile> {
  const { requests, model, limits = LIMITS } = pack;
  const path = join(pack.folder, 'input.jsonl');
  await mkdir(pack.folder, { recursive: true });
  let file: OpenFile | undefined;
  try {
    for await (const request of requests) {
      const line = `${requestLine(request, model)}\n`;
      const bytes = Buffer.byteLength(line);
      if (file !== undefined && !hasRoom(file, { texts: request.texts.length, bytes, limits })) {
        yield await finish(file);
        file = undefined;
      }
      file ??= await start(path, pack.attempt);
      await add(file, { request, line, bytes });
    }
    if (file !== undefined) yield await finish(file);
  } finally {
    await file?.handle.close();
    await rm(path, { force: true });
  }
}

interface OpenFile {
  readonly path: string;
  readonly handle: FileHandle;
  readonly hash: ReturnType<typeof createHash>;
  readonly ids: string[];
  texts: number;
  bytes: number;
}

async function start(path: string, attempt: number): Promise<OpenFile> {
  const handle = await open(path, 'w');
  const hash = createHash('sha256').update(`${attempt}\n`);
  return { path, handle, hash, ids: [], texts: 0, bytes: 0 };
}

function hasRoom(
  file: OpenFile,
  more: { readonly texts: number; readonly bytes: number; readonly limits: BatchLimits },
): boolean {
  const { limits } = more;
  return file.texts + more.texts <= limits.texts && file.bytes + more.bytes <= limits.bytes;
}

async function add(
  file: OpenFile,
  one: { readonly request: BatchRequest; readonly line: string; readonly bytes: number },
): Promise<void> {
  await file.handle.write(one.line);
  file.hash.update(one.line);
  file.ids.push(one.request.id);
  file.texts += one.request.texts.length;
  file.bytes += one.bytes;
}

async function finish({ path, handle, hash, ids }: OpenFile): Promise<BatchFile> {
  await handle.close();
  return { path, digest: hash.digest('hex'), ids };
}
