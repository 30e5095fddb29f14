import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { withVectorCache } from '../../src/llm/vector-cache.ts';
import { vectorKey } from '../../src/llm/vector-record.ts';
import { openVectorCache } from '../../src/store/vector-cache.ts';
import { testVectorCache } from '../contracts/vector-cache.ts';
import { WordCountEmbedder } from '../fakes/word-count-embedder.ts';
import { countedKeys, runSharing } from './share-vectors.ts';

const root = await mkdtemp(join(tmpdir(), 'footnote-vectors-'));
afterAll(() => rm(root, { recursive: true, force: true, maxRetries: 5 }));
const newFile = async () => join(await mkdtemp(join(root, 'cache-')), 'vectors.sqlite');

testVectorCache('the cache of vectors in SQLite', async () => {
  const file = await newFile();
  return () => openVectorCache(file);
});

const INPUTS = ['Heat', 'Cold', 'Rain'].map((title) => ({ title, sentences: [`${title} falls.`] }));

describe('an embedder whose vectors are kept', () => {
  it('reads a text once, over all openings of the file', async () => {
    const file = await newFile();
    const first = open(file);
    const made = await first.kept.embedTexts([...INPUTS, ...INPUTS]);
    expect(first.embedder.texts.flat()).toEqual(INPUTS);
    const again = open(file);
    expect(await again.kept.embedTexts(INPUTS)).toEqual(made.slice(0, 3));
    expect(again.embedder.texts).toEqual([]);
  });

  it('gives the vectors of texts as they are, of sentences to within half a per cent', async () => {
    const { kept } = open(await newFile());
    const plain = await new WordCountEmbedder().embedTexts(INPUTS);
    await kept.embedTexts(INPUTS);
    const found = await kept.embedTexts(INPUTS);
    expect(found.map(({ vector }) => vector)).toEqual(plain.map(({ vector }) => vector));
    found.forEach(({ sentences }, i) => {
      sentences.forEach((sentence, s) => {
        sentence.forEach((x, d) => {
          expect(Math.abs(x - (plain[i]?.sentences[s]?.[d] ?? Number.NaN))).toBeLessThan(0.005);
        });
      });
    });
  });

  it('tells models, titles and the division into sentences apart', async () => {
    const keys = [
      vectorKey('a', { title: 'b', sentences: ['c', 'd'] }),
      vectorKey('b', { title: 'b', sentences: ['c', 'd'] }),
      vectorKey('a', { title: 'b', sentences: ['c d'] }),
      vectorKey('a', { title: 'b c', sentences: ['d'] }),
      vectorKey('a', { title: 'b', sentences: ['c', 'd', ''] }),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });

  it.each([
    ['with a bit turned', (vectors: Uint8Array) => vectors.with(40, (vectors[40] ?? 0) ^ 1)],
    ['cut short', (vectors: Uint8Array) => vectors.subarray(0, 100)],
    ['empty', () => new Uint8Array()],
  ])('makes one %s anew, and that one only', async (_, damage) => {
    const file = await newFile();
    const made = await open(file).kept.embedTexts(INPUTS);
    const database = new DatabaseSync(file);
    const key = Buffer.from(
      vectorKey('word-count', INPUTS[1] ?? { title: '', sentences: [] }),
      'hex',
    );
    const row = database.prepare('select vectors from vectors where key = ?').get(key);
    if (!(row?.vectors instanceof Uint8Array)) throw new Error('It was not kept.');
    database.prepare('update vectors set vectors = ? where key = ?').run(damage(row.vectors), key);
    database.close();
    const { kept, embedder } = open(file);
    expect(await kept.embedTexts(INPUTS)).toEqual(made);
    expect(embedder.texts.flat()).toEqual([INPUTS[1]]);
    expect(await open(file).kept.embedTexts(INPUTS)).toEqual(made);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('keeps no vector with %d in it', async (x) => {
    const file = await newFile();
    const embedder = new WordCountEmbedder();
    const vector = new Float32Array(embedder.dimensions).with(3, x);
    embedder.embedTexts = async () => [{ vector, sentences: [vector] }];
    const kept = withVectorCache(embedder, { open: () => openVectorCache(file) });
    onTestFinished(() => kept.close());
    await expect(kept.embedTexts([{ title: 'Heat', sentences: [] }])).rejects.toThrow(
      /hold no numbers .+ Set EMBEDDER/,
    );
    const whole = open(file);
    await whole.kept.embedTexts([{ title: 'Heat', sentences: [] }]);
    expect(whole.embedder.texts).toHaveLength(1);
  });

  it('keeps what was made before it is aborted', async () => {
    const file = await newFile();
    const { kept, embedder } = open(file, new WordCountEmbedder(), 1);
    const stop = new AbortController();
    const work = kept.embedTexts(INPUTS, { signal: stop.signal });
    stop.abort();
    await expect(work).rejects.toThrow('aborted');
    const next = open(file);
    await next.kept.embedTexts(INPUTS);
    expect([...embedder.texts, ...next.embedder.texts].flat()).toEqual(INPUTS);
  });

  it('says what to do about a file that is damaged', async () => {
    const file = await newFile();
    await writeFile(file, 'no database'.repeat(2_000));
    const failure = await open(file)
      .kept.embedTexts(INPUTS)
      .catch((error) => error);
    expect(failure).toMatchObject({ name: 'FootnoteError', code: 'index' });
    expect(failure.message).toMatch(
      /cache of vectors .+ is damaged .+ Move it away.+computed again/,
    );
  });
});

describe('processes that share a cache', () => {
  it('make no vector twice between them', async () => {
    const folder = await mkdtemp(join(root, 'shared-'));
    const ends = [1, 2, 3].map(() => runSharing(folder).ended);
    expect(await Promise.all(ends)).toEqual([0, 0, 0]);
    const counted = await countedKeys(folder);
    expect(counted).toHaveLength(120);
    expect(new Set(counted).size).toBe(120);
  });

  it('lose no more than what was being made when one is killed', async () => {
    const folder = await mkdtemp(join(root, 'killed-'));
    const killed = runSharing(folder);
    await expect.poll(async () => (await countedKeys(folder)).length).toBeGreaterThan(20);
    killed.child.kill('SIGKILL');
    await killed.ended;
    expect(await runSharing(folder).ended).toBe(0);
    const counted = await countedKeys(folder);
    expect(new Set(counted).size).toBe(120);
    expect(counted.length - 120).toBeLessThanOrEqual(4);
  });
});

function open(file: string, embedder = new WordCountEmbedder(), atOnce = 64) {
  const kept = withVectorCache(embedder, { open: () => openVectorCache(file), atOnce });
  onTestFinished(() => kept.close());
  return { kept, embedder };
}
