import type { ReadableStream } from 'node:stream/web';

const MOST_BYTES = 64 * 1024 * 1024;

/** The body as UTF-8, empty where there is none; undefined for more than 64 MB, which is not read. */
export async function readBody(body: ReadableStream | null): Promise<string | undefined> {
  if (body === null) return '';
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > MOST_BYTES) return undefined;
  }
  return new TextDecoder('utf-8').decode(Buffer.concat(chunks));
}
