import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type BuildRequest,
  buildIndex,
  completeLibrary,
  isLibraryWhole,
} from '../../src/retrieval/build-index.ts';
import type { UnfinishedReading } from '../../src/retrieval/unfinished-reading.ts';
import { MemoryIndex } from '../fakes/memory-index.ts';
import { fixture } from '../papers/page-fixtures.ts';

let root: string;
let index: MemoryIndex;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'footnote-unfinished-'));
  index = new MemoryIndex();
});
afterEach(() => rm(root, { recursive: true, force: true }));

const write = (name: string, text: string) => writeFile(join(root, name), text);
const build = (options: Partial<BuildRequest> = {}) => buildIndex({ index, ...options });

// Only a first reading of the shipped pages was remembered, so that a killed ingest left a part of
// its papers for good, and nobody was told.
describe('a reading that was cut short', () => {
  const titlesIn = async () =>
    (await Array.fromAsync(index.papers())).flat().map(({ title }) => title);
  const isWhole = () => isLibraryWhole(index, { embed: false });
  const told: UnfinishedReading[] = [];
  const onUnfinished = (unfinished: UnfinishedReading) => void told.push(unfinished);
  /** What `ask` and `start` do where something is missing. */
  const complete = () => completeLibrary({ index, pagesDir: join(root, 'shipped'), onUnfinished });
  beforeEach(async () => {
    told.splice(0);
    for (const [name, text] of [
      ['a', 'plain'],
      ['b', 'spaced'],
    ] as const) {
      await mkdir(join(root, name));
      await write(`${name}/page.txt`, fixture(text));
    }
    await write('b/other.txt', fixture('chinese'));
  });

  async function cutShort(name: string): Promise<void> {
    const stop = new AbortController();
    const { signal } = stop;
    const paths = [join(root, name)];
    await expect(build({ paths, signal, onPage: () => stop.abort() })).rejects.toThrow();
  }

  it('is ended by the next run that completes the library, and told of once', async () => {
    await cutShort('b');
    expect(await titlesIn()).toHaveLength(2);
    expect(await isWhole()).toBe(false);
    await complete();
    expect(await titlesIn()).toHaveLength(7);
    expect(told).toEqual([{ paths: [join(root, 'b')], lost: [] }]);
    expect(await isWhole()).toBe(true);
    await complete();
    expect(told).toHaveLength(1);
  });

  it('is ended by the next run for other pages', async () => {
    await cutShort('b');
    const { pages } = await build({ paths: [join(root, 'a')] });
    expect(pages.map(({ page }) => page)).toEqual(['page.txt', 'other.txt', 'page.txt']);
    expect(await isWhole()).toBe(true);
  });

  it('is remembered with the next one that is cut short', async () => {
    await cutShort('b');
    const stop = new AbortController();
    const { signal } = stop;
    // What was left of the first is read, nothing of the second.
    const onPage: BuildRequest['onPage'] = ({ page }) => page === 'page.txt' && stop.abort();
    await expect(build({ paths: [join(root, 'a')], signal, onPage })).rejects.toThrow();
    await complete();
    expect(told).toEqual([{ paths: [join(root, 'b'), join(root, 'a')], lost: [] }]);
    expect(await titlesIn()).toHaveLength(11);
    expect(await isWhole()).toBe(true);
  });

  it('is told of where its pages are gone, and then forgotten', async () => {
    await cutShort('b');
    await rename(join(root, 'b'), join(root, 'moved'));
    await complete();
    expect(told).toEqual([{ paths: [], lost: [join(root, 'b')] }]);
    expect(await titlesIn()).toHaveLength(2);
    expect(await isWhole()).toBe(true);
  });

  it('is not taken for ended before its words are folded in', async () => {
    index.failNext('optimiseWords', new Error('killed'));
    await expect(build({ paths: [join(root, 'b')] })).rejects.toThrow('killed');
    expect(await isWhole()).toBe(false);
    await complete();
    expect(await isWhole()).toBe(true);
  });

  it('is noted nowhere when every page is known already', async () => {
    await build({ paths: [join(root, 'b')] });
    index.failNext('savePage', new Error('The disk is read-only.'));
    const { pages } = await build({ paths: [join(root, 'b')] });
    expect(pages.map(({ kind }) => kind)).toEqual(['unchanged', 'unchanged']);
  });
});
