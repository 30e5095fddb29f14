import { appendFile, cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadBeir } from '../../src/eval/beir.ts';
import { openBeirIndex } from '../../src/eval/beir-index.ts';
import type { Paper } from '../../src/papers/paper.ts';
import { openLanceIndex } from '../../src/retrieval/lance/lance-index.ts';
import { WordCountEmbedder } from '../fakes/word-count-embedder.ts';

const FIXTURE = join(import.meta.dirname, '../fixtures/beir');

let dir: string;
let folder: string;
let embedder: WordCountEmbedder;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'beir-index-'));
  folder = join(dir, 'set');
  await cp(FIXTURE, folder, { recursive: true });
  embedder = new WordCountEmbedder();
});
afterEach(() => rm(dir, { recursive: true }));

async function open(options: { signal?: AbortSignal; progress?: object[]; part?: string } = {}) {
  const { signal, progress, part } = options;
  const index = await openBeirIndex({
    folder,
    beir: await loadBeir(folder),
    embedder,
    cacheDir: join(dir, 'cache'),
    onEmbedded: (at) => progress?.push(at),
    ...(signal !== undefined && { signal }),
    ...(part !== undefined && { part }),
  });
  const papers: Paper[] = [];
  for await (const batch of index.papers()) papers.push(...batch);
  const status = await index.status();
  index.close();
  return { papers: papers.toSorted((a, b) => (a.id < b.id ? -1 : 1)), status };
}

describe('openBeirIndex', () => {
  it('holds every text under its own id, a missing title as an empty one', async () => {
    const { papers, status } = await open();
    expect(papers.map(({ id, title, abstract }) => [id, title, abstract])).toEqual([
      ['d1', 'Sparse routing', 'A router picks two experts.\u2028It is cheap.'],
      ['d2', 'Dense mixtures', 'All experts answer.'],
      ['d3', '', 'A chip without experts.'],
    ]);
    expect(status).toMatchObject({ papers: 3, embedded: 3 });
  });

  it('tells how far it is', async () => {
    const progress: object[] = [];
    await open({ progress });
    expect(progress).toEqual([{ done: 3, total: 3 }]);
  });

  it('keeps texts of equal titles apart', async () => {
    const twin = { _id: 'd4', title: 'Sparse routing', text: 'Another text.' };
    await appendFile(join(folder, 'corpus.jsonl'), `${JSON.stringify(twin)}\n`);
    expect((await open()).papers.map(({ id }) => id)).toEqual(['d1', 'd2', 'd3', 'd4']);
  });

  it('embeds nothing when it is opened again', async () => {
    await open();
    const { length } = embedder.texts;
    const progress: object[] = [];
    const { status } = await open({ progress });
    expect(embedder.texts).toHaveLength(length);
    expect([progress, status.embedded]).toEqual([[], 3]);
  });

  it('keeps the index of a part of the corpus apart', async () => {
    await open();
    const progress: object[] = [];
    await open({ progress, part: 'thin5' });
    expect(progress).toEqual([{ done: 3, total: 3 }]);
    expect(await readdir(join(dir, 'cache'))).toHaveLength(2);
  });

  it('makes another index when the corpus has changed', async () => {
    await open();
    const more = { _id: 'd9', title: 'New', text: 'Something new.' };
    await appendFile(join(folder, 'corpus.jsonl'), `${JSON.stringify(more)}\n`);
    expect((await open()).status.papers).toBe(4);
    expect(await readdir(join(dir, 'cache'))).toHaveLength(2);
  });

  it('goes on where it was stopped', async () => {
    embedder.failNext(new Error('out of memory'));
    await expect(open()).rejects.toThrow('out of memory');
    expect((await open()).status).toMatchObject({ papers: 3, embedded: 3 });
    await expect(open({ signal: AbortSignal.abort(new Error('stopped')) })).resolves.toBeDefined();
  });

  it('saves nothing of a batch when told to stop', async () => {
    const signal = AbortSignal.abort(new Error('stopped'));
    await expect(open({ signal })).rejects.toThrow('stopped');
    const [name = ''] = await readdir(join(dir, 'cache'));
    const { model, dimensions } = embedder;
    const index = await openLanceIndex({ location: join(dir, 'cache', name), model, dimensions });
    expect((await index.status()).papers).toBe(0);
    index.close();
    expect((await open()).status.papers).toBe(3);
  });

  it('is not taken for whole when the corpus is broken', async () => {
    await appendFile(join(folder, 'corpus.jsonl'), '{"_id":"d1","text":"again"}\n');
    await expect(open()).rejects.toThrow(/line \d: _id "d1"/);
    await expect(open()).rejects.toThrow(/line \d: _id "d1"/);
  });
});
