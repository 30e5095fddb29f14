import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { EmbeddedText, EmbedderInput } from './embedder.ts';
import { packVectors, unpackVectors } from './quantise.ts';

// Layout: a checksum of the rest, the vector of the whole text as 32-bit floats, then title and
// sentences as `packVectors` packs them.
const CHECKSUM_BYTES = 4;
const FLOAT_BYTES = 4;

/** What a vector is kept under: SHA-256 (hex) of the model's name and of the text it was made of. */
export function vectorKey(model: string, { title, sentences }: EmbedderInput): string {
  return createHash('sha256')
    .update(JSON.stringify([model, title, sentences]))
    .digest('hex');
}

/** The vectors of one text as bytes that `readVectors` checks. */
export function writeVectors({ vector, sentences }: EmbeddedText): Uint8Array {
  const packed = packVectors(sentences);
  const bytes = new Uint8Array(CHECKSUM_BYTES + vector.length * FLOAT_BYTES + packed.length);
  const view = new DataView(bytes.buffer);
  vector.forEach((x, d) => {
    view.setFloat32(CHECKSUM_BYTES + d * FLOAT_BYTES, x, true);
  });
  bytes.set(packed, CHECKSUM_BYTES + vector.length * FLOAT_BYTES);
  view.setUint32(0, crc32(bytes.subarray(CHECKSUM_BYTES)), true);
  return bytes;
}

/** The inverse; undefined for bytes that are damaged, of another length or hold no finite numbers. */
export function readVectors(
  bytes: Uint8Array,
  { dimensions, sentences }: { readonly dimensions: number; readonly sentences: number },
): EmbeddedText | undefined {
  const whole = dimensions * FLOAT_BYTES;
  const one = packVectors([new Float32Array(dimensions)]).length;
  if (bytes.length !== CHECKSUM_BYTES + whole + sentences * one) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) !== crc32(bytes.subarray(CHECKSUM_BYTES))) return undefined;
  const vector = new Float32Array(dimensions);
  for (let d = 0; d < dimensions; d++) {
    vector[d] = view.getFloat32(CHECKSUM_BYTES + d * FLOAT_BYTES, true);
  }
  const text = {
    vector,
    sentences: unpackVectors(bytes.subarray(CHECKSUM_BYTES + whole), dimensions),
  };
  return isAllNumbers(text) ? text : undefined;
}

/** Whether all of its numbers are numbers: what a broken model gives must not be kept. */
export function isAllNumbers({ vector, sentences }: EmbeddedText): boolean {
  return [vector, ...sentences].every((one) => one.every(Number.isFinite));
}
