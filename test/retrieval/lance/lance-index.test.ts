import { globSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FootnoteError } from '../../../src/errors.ts';
import type { PaperId } from '../../../src/papers/paper.ts';
import { textHash } from '../../../src/papers/text-hash.ts';
import { connectIndex } from '../../../src/retrieval/lance/connection.ts';
import { openFactTable } from '../../../src/retrieval/lance/fact-table.ts';
import { openLanceIndex } from '../../../src/retrieval/lance/lance-index.ts';
import { testPaperIndex } from '../../contracts/paper-index.ts';
import { testRecordArchive } from '../../contracts/record-archive.ts';
import { DIMENSIONS, makeChunk, unitVector } from '../../fakes/made-up-chunks.ts';
import { makePaper } from '../indexed-paper.ts';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'footnote-lance-'));
});
afterAll(() => rm(root, { recursive: true, force: true, maxRetries: 5 }));

const fresh = () => mkdtemp(join(root, 'index-'));
const open = async (location: string, options: { model?: string; switchModel?: boolean } = {}) =>
  openLanceIndex({ location, model: 'model', dimensions: DIMENSIONS, ...options });

testPaperIndex('LanceDB', async () => open(await fresh()));
testRecordArchive('LanceDB', async () => open(await fresh()));

const paper = makePaper('Graph networks', 'We study molecules.');
const id = 'title:1' as PaperId;

describe('openLanceIndex', () => {
  it('finds again what was saved before it was closed', async () => {
    const location = await fresh();
    const first = await open(location);
    await first.savePapers([paper]);
    await first.saveChunks([makeChunk({ paper: paper.id, seed: 1 })]);
    await first.savePage('a.txt', 'hash');
    first.close();
    const index = await open(location);
    expect(await index.searchLexical({ query: ['molecul'], limit: 5 })).toEqual([paper.id]);
    expect(await index.searchDense({ query: unitVector(1), limit: 5 })).toHaveLength(1);
    expect(await index.pageHash('a.txt')).toBe('hash');
    expect(await index.status()).toMatchObject({ papers: 1, embedded: 1 });
  });

  it('sees at once what another connection has committed', async () => {
    const location = await fresh();
    const [reader, writer] = [await open(location), await open(location)];
    const before = await reader.status();
    await writer.savePapers([paper]);
    expect(await reader.searchLexical({ query: ['graph'], limit: 5 })).toEqual([paper.id]);
    const after = await reader.status();
    expect([after.papers, after.version === before.version]).toEqual([1, false]);
  });

  it('keeps each paper once when many connections save the same papers', async () => {
    const location = await fresh();
    const writers = [await open(location), await open(location), await open(location)];
    await writers[0]?.savePapers([paper]);
    await Promise.all(writers.map((writer) => writer.savePapers([paper])));
    expect((await (await open(location)).status()).papers).toBe(1);
  });

  // A table is listed before it can be opened: the second process told of a damaged index.
  it('lets several open a new index at once', async () => {
    for (let round = 0; round < 8; round += 1) {
      const location = await fresh();
      const opened = await Promise.all([1, 2, 3, 4].map(() => open(location)));
      for (const index of opened) expect((await index.status()).papers).toBe(0);
    }
  });

  it('opens an index whose making was killed before its first commit', async () => {
    const location = await fresh();
    await mkdir(join(location, 'papers.lance', '_transactions'), { recursive: true });
    expect((await (await open(location)).status()).papers).toBe(0);
  });

  it('opens a folder with a space, a quote and letters beyond ASCII in its name', async () => {
    const index = await open(join(await fresh(), "db it's ünïcode 图"));
    await index.savePapers([paper]);
    expect((await index.status()).papers).toBe(1);
  });

  it('refuses an index that another model made, and says what to do', async () => {
    const location = await fresh();
    await open(location);
    const error = await open(location, { model: 'other' }).catch((reason) => reason);
    expect(error).toBeInstanceOf(FootnoteError);
    expect(error.code).toBe('config');
    expect(error.message).toMatch(/"model".+"other".+--rebuild/);
  });

  it('keeps the vectors of each model apart and finds old ones again', async () => {
    const location = await fresh();
    const first = await open(location);
    await first.saveChunks([makeChunk({ paper: id, stamp: 'first' })]);
    const second = await open(location, { model: 'other', switchModel: true });
    expect(await second.chunkStamps([id])).toEqual(new Map());
    await second.saveChunks([makeChunk({ paper: id, stamp: 'second' })]);
    await expect(open(location)).rejects.toThrow('--rebuild');
    const back = await open(location, { switchModel: true });
    expect(await back.chunkStamps([id])).toEqual(new Map([[id, 'first']]));
  });

  // Names were made safe for files by "-" alone, so that two models shared one table.
  it('keeps models apart whose names differ in signs only', async () => {
    const location = await fresh();
    const first = await open(location, { model: 'openai:a/b' });
    await first.saveChunks([makeChunk({ paper: id })]);
    const second = await open(location, { model: 'openai:a-b', switchModel: true });
    expect(await second.chunkStamps([id])).toEqual(new Map());
  });

  // After a kill between words and vectors nobody made the vectors of a changed abstract anew.
  it('counts no vectors that were made from an older text', async () => {
    const index = await open(await fresh());
    await index.savePapers([paper]);
    await index.saveChunks([makeChunk({ paper: paper.id, textHash: textHash(paper) })]);
    expect(await index.status()).toMatchObject({ papers: 1, embedded: 1 });
    await index.savePapers([{ ...paper, abstract: 'We study something else.' }]);
    expect(await index.status()).toMatchObject({ papers: 1, embedded: 0 });
  });

  // An index made before sentences were split otherwise kept its vectors, each beside a wrong sentence.
  it('counts no vectors of sentences that were split otherwise', async () => {
    const location = await fresh();
    const before = await open(location);
    await before.savePapers([paper]);
    await before.saveChunks([makeChunk({ paper: paper.id, textHash: 'of an older version' })]);
    before.close();
    const facts = await connectIndex(location).then(openFactTable);
    await facts.set('analysis', '1');
    const index = await open(location);
    expect(await index.status()).toMatchObject({ papers: 1, embedded: 0 });
    expect(await facts.get('analysis')).not.toBe('1');
  });

  it('says what to do about a location that is a file', async () => {
    const file = join(await fresh(), 'index');
    await writeFile(file, 'no index');
    await expect(open(file)).rejects.toMatchObject({ name: 'FootnoteError', code: 'index' });
  });
});

describe('a damaged index', () => {
  let whole: string;
  beforeAll(async () => {
    whole = await fresh();
    const index = await open(whole);
    const papers = Array.from({ length: 300 }, (_, n) =>
      makePaper(`Graphs ${n}`, `We study ${n} molecules. `.repeat(20)),
    );
    await index.savePapers(papers);
    await index.saveChunks(papers.map(({ id: of }, seed) => makeChunk({ paper: of, seed })));
    index.close();
  });

  async function damaged(pattern: string, hit: (file: string) => void) {
    const location = await fresh();
    await cp(whole, location, { recursive: true });
    const files = globSync(join(location, pattern));
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) hit(file);
    return open(location);
  }

  const HITS: Readonly<Record<string, (file: string) => void>> = {
    'is cut short': (file) => truncateSync(file, Math.floor(readFileSync(file).length / 2)),
    'is empty': (file) => truncateSync(file, 0),
    'holds other bytes': (file) => writeFileSync(file, Buffer.alloc(20_000, 'x')),
  };
  const refusal = {
    name: 'FootnoteError',
    code: 'index',
    message: expect.stringMatching(/--rebuild/),
  };

  describe.each(Object.keys(HITS))('whose papers file %s', (kind) => {
    const damage = () => damaged('papers.lance/data/*.lance', HITS[kind] ?? (() => {}));

    it.each([
      ['searchLexical', (i) => i.searchLexical({ query: ['graph'], limit: 5 })],
      ['papersById', (i) => i.papersById([paper.id])],
      ['papers', (i) => Array.fromAsync(i.papers())],
      ['sample', (i) => Array.fromAsync(i.sample(10))],
    ] as readonly (readonly [
      string,
      (index: Awaited<ReturnType<typeof open>>) => Promise<unknown>,
    ])[])('is told of in a sentence by %s', async (_, use) => {
      await expect(damage().then(use)).rejects.toMatchObject(refusal);
    });
  });

  it.each(Object.keys(HITS))('whose vectors file %s is told of in a sentence', async (kind) => {
    const use = damaged('chunks-*/data/*.lance', HITS[kind] ?? (() => {})).then((index) =>
      index.searchDense({ query: unitVector(1), limit: 5 }),
    );
    await expect(use).rejects.toMatchObject(refusal);
  });

  it.each(Object.keys(HITS))('whose manifest %s is told of in a sentence', async (kind) => {
    const use = damaged('papers.lance/_versions/*.manifest', HITS[kind] ?? (() => {})).then(
      (index) => index.status(),
    );
    await expect(use).rejects.toMatchObject(refusal);
  });
});
