import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { BulkFilter } from '../../src/papers/bulk-batches.ts';
import { paperFromRecord } from '../../src/papers/merge.ts';
import { buildFromBulk } from '../../src/retrieval/bulk-build.ts';
import { MemoryIndex } from '../fakes/memory-index.ts';
import { WordCountEmbedder } from '../fakes/word-count-embedder.ts';
import { kaggleLine } from '../papers/kaggle-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'footnote-build-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let index: MemoryIndex;
let embedder: WordCountEmbedder;
let file: string;
let files = 0;
beforeEach(() => {
  index = new MemoryIndex();
  embedder = new WordCountEmbedder();
  files += 1;
  file = join(folder, `${files}.jsonl`);
});

const write = (...lines: readonly string[]) => writeFileSync(file, lines.join(''));
const five = [1, 2, 3, 4, 5].map((n) => kaggleLine(n));
const build = (given: Partial<Parameters<typeof buildFromBulk>[0]> = {}) =>
  buildFromBulk({ index, embedder, file, page: 'k.jsonl', filter: {}, size: 2, ...given });
const titlesRead = () => embedder.texts.flat().map(({ title }) => title);
const stored = async () => (await Array.fromAsync(index.papers())).flat();

describe('buildFromBulk', () => {
  it('stores all papers with their vectors, batch by batch, and folds them in', async () => {
    write(...five, 'no paper\n');
    const told: number[] = [];
    const report = await build({ onBatch: ({ added }) => told.push(added) });
    expect(report).toMatchObject({ after: 0, added: 5, changed: 0, same: 0, malformed: 1 });
    expect(told).toEqual([2, 4, 5]);
    expect(await index.status()).toMatchObject({ papers: 5, embedded: 5 });
    expect(index.calls).toMatchObject({ optimiseWords: 1, optimiseVectors: 1 });
    expect((await stored())[0]).toMatchObject({
      id: 'arxiv:2401.00001',
      url: 'https://arxiv.org/abs/2401.00001',
      date: '2024-01-01',
      sources: [{ page: 'k.jsonl', line: 1 }],
    });
  });

  it('goes on after the last batch that was stored whole', async () => {
    write(...five);
    const stop = new AbortController();
    const stopped = build({
      signal: stop.signal,
      onBatch: ({ added }) => {
        if (added === 4) stop.abort();
      },
    });
    await expect(stopped).rejects.toThrow('aborted');
    expect(await build()).toMatchObject({ after: 4, added: 1, same: 0 });
    expect(titlesRead()).toHaveLength(5);
    expect(await index.status()).toMatchObject({ papers: 5, embedded: 5 });
  });

  it.each(['saveChunks', 'savePage'] as const)(
    'loses and doubles nothing where it ends at %s',
    async (method) => {
      write(...five);
      index.failNext(method, new Error('killed'));
      await expect(build()).rejects.toThrow('killed');
      expect(await build()).toMatchObject({ after: 0 });
      expect(await index.status()).toMatchObject({ papers: 5, embedded: 5 });
      expect((await stored()).map(({ id }) => id).sort()).toEqual(
        [1, 2, 3, 4, 5].map((n) => `arxiv:2401.0000${n}`),
      );
    },
  );

  it('reads a file that has not changed no further, and one that has grown from there', async () => {
    write(...five);
    await build();
    expect(await build()).toMatchObject({ after: 5, added: 0, same: 0 });
    appendFileSync(file, kaggleLine(6));
    expect(await build()).toMatchObject({ after: 5, added: 1, same: 0 });
    expect(titlesRead()).toHaveLength(6);
  });

  it('reads another file of the same name from its beginning, and embeds what is new', async () => {
    write(...five);
    await build();
    write(kaggleLine(9), ...five.slice(0, 2), kaggleLine(3, { title: 'Another title' }));
    const report = await build();
    // The lines of the others have moved.
    expect(report).toMatchObject({ after: 0, added: 1, changed: 3, same: 0 });
    expect(titlesRead()).toHaveLength(5 + 2);
    const moved = (await stored()).find(({ id }) => id === 'arxiv:2401.00001');
    expect(moved?.sources).toEqual([{ page: 'k.jsonl', line: 2 }]);
  });

  it('keeps a position for each filter', async () => {
    write(...five, kaggleLine(6, { categories: 'stat.ML' }));
    const wanting = (filter: BulkFilter) => build({ filter });
    expect(await wanting({ categories: ['stat.ML'] })).toMatchObject({ added: 1, passedOver: 5 });
    expect(await wanting({ categories: ['stat.ML', 'cs.LG'] })).toMatchObject({
      after: 0,
      added: 5,
      same: 1,
    });
    expect(await wanting({ categories: ['cs.LG', 'stat.ML'] })).toMatchObject({ after: 6 });
    expect(await wanting({ from: '2025-01-01' })).toMatchObject({ after: 0, passedOver: 6 });
  });

  it('joins a paper that pages told of by its title alone', async () => {
    const abstract = 'We build engine number 1 of brass. It turns.';
    const page = {
      id: 'title:1',
      title: 'Engine Number 1 in Two Lines',
      abstract,
      url: 'https://x',
    };
    const known = paperFromRecord({ ...page, origin: { page: 'a.txt', line: 1 } });
    await index.savePapers([known]);
    write(kaggleLine(1));
    await build();
    const papers = await stored();
    expect(papers.map(({ id }) => id)).toEqual(['arxiv:2401.00001']);
    expect(papers[0]?.sources).toEqual([
      { page: 'a.txt', line: 1 },
      { page: 'k.jsonl', line: 1 },
    ]);
  });

  it('keeps the first few of the lines that are no papers, and counts them all', async () => {
    write(...Array.from({ length: 9 }, () => 'no paper\n'), ...five);
    const { malformed, examples } = await build();
    expect([malformed, examples.map(({ line }) => line)]).toEqual([9, [1, 2, 3, 4, 5]]);
  });

  it('folds in on the way once it has taken long enough, whatever is still to come', async () => {
    const lines = Array.from({ length: 2_500 }, (_, n) => kaggleLine(n + 1));
    write(...lines);
    let time = 0;
    const now = () => {
      time += 15_000;
      return time;
    };
    await buildFromBulk({ index, file, page: 'k.jsonl', filter: {}, size: 500, now });
    expect(index.calls.optimiseWords).toBeGreaterThan(1);
    expect(await index.status()).toMatchObject({ papers: 2_500, embedded: 0 });
  });
});
