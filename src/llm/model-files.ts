import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FootnoteError } from '../errors.ts';

const CHECKSUMS = 'SHA256SUMS';
const PIECE_BYTES = 1 << 20;

/**
 * The SHA-256 of each named file of a model's folder, in order. Throws FootnoteError `model` when
 * one cannot be read or differs from the folder's `SHA256SUMS`, if there is such a list.
 */
export async function verifyModelFiles(
  folder: string,
  files: readonly string[],
): Promise<readonly string[]> {
  const sums = await readChecksums(folder);
  const digests: string[] = [];
  for (const file of files) {
    const digest = await hashModelFile(join(folder, file));
    const expected = sums.get(file.replaceAll('\\', '/'));
    if (expected !== undefined && expected !== digest) throw damaged(join(folder, file));
    digests.push(digest);
  }
  return digests;
}

/** SHA-256 as hex. Throws FootnoteError `model` when the file cannot be read. */
export async function hashModelFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    for await (const piece of createReadStream(file, { highWaterMark: PIECE_BYTES })) {
      hash.update(piece);
    }
  } catch (cause) {
    throw new FootnoteError(
      'model',
      `The embedding model's file ${file} cannot be read. Restore it (git checkout data/models) or set EMBEDDER to another model.`,
      { cause },
    );
  }
  return hash.digest('hex');
}

async function readChecksums(folder: string): Promise<ReadonlyMap<string, string>> {
  const file = join(folder, CHECKSUMS);
  const known = await access(file).then(
    () => true,
    () => false,
  );
  if (!known) return new Map();
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '');
  return new Map(lines.map((line) => [line.slice(66).trim(), line.slice(0, 64)]));
}

function damaged(file: string): FootnoteError {
  return new FootnoteError(
    'model',
    `The embedding model's file ${file} is damaged: its checksum is not the one in ${CHECKSUMS}. Restore it (git checkout data/models).`,
  );
}
