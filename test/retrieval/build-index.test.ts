import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PaperId } from '../../src/papers/paper.ts';
import { paperId } from '../../src/papers/paper-id.ts';
import { textHash } from '../../src/papers/text-hash.ts';
import { type BuildRequest, buildIndex } from '../../src/retrieval/build-index.ts';
import { embedPapers } from '../../src/retrieval/embed-papers.ts';
import { MemoryIndex } from '../fakes/memory-index.ts';
import { WordCountEmbedder } from '../fakes/word-count-embedder.ts';
import { fixture } from '../papers/page-fixtures.ts';
import { makePaper } from './indexed-paper.ts';

const plain = fixture('plain');
const spaced = fixture('spaced');
let root: string;
let index: MemoryIndex;
let embedder: WordCountEmbedder;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'footnote-build-'));
  index = new MemoryIndex();
  embedder = new WordCountEmbedder();
});
afterEach(() => rm(root, { recursive: true, force: true }));

const write = (name: string, text: string) => writeFile(join(root, name), text);
const build = (options: Partial<BuildRequest> = {}) =>
  buildIndex({ index, paths: [root], embedder, ...options });
const titles = () => embedder.texts.flat().map(({ title }) => title);
const chunksOf = async (ids: readonly PaperId[]) => [...(await index.chunkStamps(ids)).keys()];

describe('buildIndex', () => {
  it('reads pages, folds their words in, then embeds every paper', async () => {
    await write('a.txt', plain);
    const events: string[] = [];
    const { pages, embedded } = await build({
      onPage: () => events.push('page'),
      onWords: () => events.push(`words ${index.calls.optimiseWords}`),
      onEmbedded: ({ done, total }) => events.push(`embedded ${done}/${total}`),
    });
    expect(pages).toHaveLength(1);
    expect(embedded).toBe(4);
    expect([events[0], events[1], events.at(-1)]).toEqual(['page', 'words 1', 'embedded 4/4']);
    expect(await index.status()).toMatchObject({ papers: 4, embedded: 4 });
  });

  it('embeds nothing for unchanged pages', async () => {
    await write('a.txt', plain);
    await build();
    const calls = embedder.texts.length;
    embedder.failNext(new Error('It was asked to embed.'));
    expect(await build()).toEqual({ pages: [{ kind: 'unchanged', page: 'a.txt' }], embedded: 0 });
    expect(embedder.texts).toHaveLength(calls);
  });

  it('embeds only the paper whose abstract its page changed', async () => {
    await write('a.txt', plain);
    await build();
    await write('a.txt', plain.replace('we present ECAPA2', 'we show ECAPA2'));
    embedder.texts.splice(0);
    expect((await build()).embedded).toBe(1);
    expect(titles()).toEqual([expect.stringMatching(/^ECAPA2/)]);
  });

  it('embeds nothing where a page only adds itself to known papers', async () => {
    await write('a.txt', plain);
    await build();
    await write('b.txt', plain);
    embedder.texts.splice(0);
    const { pages, embedded } = await build();
    expect(pages[1]).toMatchObject({ merged: 4 });
    expect([embedded, titles()]).toEqual([0, []]);
    const [vector = new Float32Array()] = await embedder.embedQueries(['speaker embeddings']);
    const found = await index.searchDense({
      query: vector,
      limit: 9,
      filter: { sources: ['b.txt'] },
    });
    expect(found).toHaveLength(4);
  });

  it('gives new dates to the filters without embedding', async () => {
    await write('a.txt', spaced);
    await build();
    embedder.texts.splice(0);
    expect((await build({ year: 2030 })).embedded).toBe(0);
    expect(titles()).toEqual([]);
    const [query = new Float32Array()] = await embedder.embedQueries(['agents']);
    const found = await index.searchDense({ query, limit: 9, filter: { from: '2030-01-01' } });
    expect(found).toHaveLength(2);
  });

  it('goes on where a killed run ended, without embedding anything twice', async () => {
    await write('a.txt', plain);
    await write('b.txt', spaced);
    await build({ embedder: stopAfter(1) });
    const first = (await index.status()).embedded;
    expect(first).toBeGreaterThan(0);
    expect(first).toBeLessThan(9);
    expect((await build()).embedded).toBe(9 - first);
    expect(await index.status()).toMatchObject({ papers: 9, embedded: 9 });
  });

  // Pages that were all read count as unchanged, so that their words were never folded in.
  it('folds words in that a killed run left', async () => {
    await write('a.txt', plain);
    index.failNext('optimiseWords', new Error('killed'));
    await expect(build()).rejects.toThrow('killed');
    await build();
    expect(index.calls.optimiseWords).toBe(1);
  });

  it('only stores words without an embedder', async () => {
    await write('a.txt', plain);
    const { embedder: _, ...rest } = { embedder, index, paths: [root] };
    expect((await buildIndex(rest)).embedded).toBe(0);
    expect(await index.status()).toMatchObject({ papers: 4, embedded: 0 });
  });

  it('completes what is missing when there are no paths', async () => {
    await index.savePapers([makePaper('Graphs')]);
    const { embedded, pages } = await buildIndex({ index, embedder });
    expect([embedded, pages]).toEqual([1, []]);
  });

  it('does nothing more for a signal', async () => {
    await write('a.txt', plain);
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(build({ signal })).rejects.toThrow('enough');
    expect((await index.status()).papers).toBe(0);
  });

  /** An embedder that works for some calls only, as when the process is killed. */
  function stopAfter(calls: number): WordCountEmbedder {
    const failing = new WordCountEmbedder();
    const embedTexts = failing.embedTexts.bind(failing);
    let left = calls;
    failing.embedTexts = async (...request) => {
      left -= 1;
      return left < 0 ? [] : embedTexts(...request);
    };
    return failing;
  }
});

describe('embedPapers', () => {
  const long = `${'Every sentence here has exactly seven words. '.repeat(120)}`;

  it('embeds a long paper in parts and keeps them under one stamp', async () => {
    const paper = makePaper('Graphs', long);
    await index.savePapers([paper]);
    expect(await embedPapers({ archive: index, embedder })).toBe(1);
    const parts = await index.chunksByText([textHash(paper)]);
    expect(parts.length).toBeGreaterThan(1);
    expect(new Set(parts.map(({ stamp }) => stamp)).size).toBe(1);
    expect((await index.sentenceVectors([paper.id])).get(paper.id)).toHaveLength(121);
    expect(await embedPapers({ archive: index, embedder })).toBe(0);
  });

  it('takes all parts of the same text over to another id', async () => {
    const paper = makePaper('Graphs', long);
    await index.savePapers([paper]);
    await embedPapers({ archive: index, embedder });
    const twin = { ...paper, id: paperId({ arxivId: '2401.00001', title: paper.title }) };
    await index.savePapers([twin]);
    embedder.texts.splice(0);
    expect(await embedPapers({ archive: index, embedder })).toBe(0);
    expect(titles()).toEqual([]);
    expect(await chunksOf([twin.id, paper.id])).toHaveLength(2);
    const vectors = await index.sentenceVectors([twin.id, paper.id]);
    expect(vectors.get(twin.id)).toEqual(vectors.get(paper.id));
  });

  it('drops the parts of a text that shrank', async () => {
    const paper = makePaper('Graphs', long);
    await index.savePapers([paper]);
    await embedPapers({ archive: index, embedder });
    await index.savePapers([{ ...paper, abstract: 'Now it is short.' }]);
    expect(await embedPapers({ archive: index, embedder })).toBe(1);
    expect((await index.sentenceVectors([paper.id])).get(paper.id)).toHaveLength(2);
  });

  it('commits every 64 papers, longest first, and tells after each', async () => {
    const papers = Array.from({ length: 150 }, (_, n) =>
      makePaper(`P ${n}`, 'word '.repeat(n + 1)),
    );
    const archive = new MemoryIndex();
    await archive.savePapers(papers);
    archive.papers = async function* () {
      yield papers;
    };
    const told: number[] = [];
    await embedPapers({ archive, embedder, onProgress: (done) => told.push(done) });
    expect(told).toEqual([64, 128, 150]);
    expect(titles()[0]).toBe('P 149');
  });
});
