import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type BatchLimits, packBatches } from '../../src/llm/openai-batch-file.ts';
import type { BatchRequest } from '../../src/llm/openai-batch-lines.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'footnote-batch-file-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

let asked = 0;
async function* makeRequests(count: number, texts = 3): AsyncGenerator<BatchRequest> {
  asked = 0;
  for (let n = 0; n < count; n += 1) {
    asked += 1;
    yield { id: `text-${n}`, texts: Array.from({ length: texts }, (_, i) => `Text ${n} ${i} “é”`) };
  }
}

const pack = (requests: AsyncIterable<BatchRequest>, limits?: BatchLimits, attempt = 1) =>
  packBatches({ requests, model: 'tiny', folder, attempt, ...(limits && { limits }) });

it('writes one request a line, as the Batch API takes it', async () => {
  for await (const { path, ids } of pack(makeRequests(2, 1))) {
    const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual(
      [0, 1].map((n) => ({
        custom_id: `text-${n}`,
        method: 'POST',
        url: '/v1/embeddings',
        body: { model: 'tiny', input: [`Text ${n} 0 “é”`], encoding_format: 'float' },
      })),
    );
    expect(ids).toEqual(['text-0', 'text-1']);
  }
});

it('begins another file before 50,000 texts are passed, asking for one request more at most', async () => {
  const sizes: number[] = [];
  const askedAt: number[] = [];
  for await (const { ids } of pack(makeRequests(20_000))) {
    sizes.push(ids.length);
    askedAt.push(asked);
  }
  expect(sizes).toEqual([16_666, 3_334]);
  expect(askedAt).toEqual([16_667, 20_000]);
});

it('begins another file before the bytes are passed', async () => {
  for await (const { path, ids } of pack(makeRequests(10), { texts: 1_000, bytes: 500 })) {
    expect((await readFile(path)).byteLength).toBeLessThanOrEqual(500);
    expect(ids.length).toBeGreaterThan(1);
  }
});

it('knows the same requests again, and tells another attempt apart', async () => {
  const digests: string[] = [];
  for (const [count, attempt] of [
    [5, 1],
    [5, 1],
    [5, 2],
    [6, 1],
  ] as const) {
    for await (const { digest } of pack(makeRequests(count), undefined, attempt)) {
      digests.push(digest);
    }
  }
  expect(digests[0]).toBe(digests[1]);
  expect(new Set(digests).size).toBe(3);
});

it('makes no file of nothing, and leaves none behind, also when its reader fails', async () => {
  for await (const _ of pack(makeRequests(0))) expect.unreachable();
  const failing = (async () => {
    for await (const _ of pack(makeRequests(9), { texts: 6, bytes: 1_000 })) {
      throw new Error('enough');
    }
  })();
  await expect(failing).rejects.toThrow('enough');
  expect(await readdir(folder)).toEqual([]);
});
