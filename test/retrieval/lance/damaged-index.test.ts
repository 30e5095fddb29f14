import { globSync, truncateSync, writeFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findDamage, setAside } from '../../../src/retrieval/lance/damaged-index.ts';
import { openLanceIndex } from '../../../src/retrieval/lance/lance-index.ts';
import { DIMENSIONS, makeChunk } from '../../fakes/made-up-chunks.ts';
import { makePaper } from '../indexed-paper.ts';

const PAPERS = 300;

let root: string;
let whole: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'footnote-damage-'));
  whole = join(root, 'whole');
  const index = await openLanceIndex({ location: whole, model: 'm', dimensions: DIMENSIONS });
  const papers = Array.from({ length: PAPERS }, (_, n) =>
    makePaper(`Graphs ${n}`, `We study ${n} molecules. `.repeat(20)),
  );
  await index.savePapers(papers);
  await index.saveChunks(papers.map(({ id }, seed) => makeChunk({ paper: id, seed })));
  await index.optimiseWords();
  await index.optimiseVectors();
  index.close();
});
afterAll(() => rm(root, { recursive: true, force: true, maxRetries: 5 }));

async function hit(pattern: string, damage: (file: string) => void): Promise<string> {
  const location = await mkdtemp(join(root, 'index-'));
  await cp(whole, location, { recursive: true });
  const files = globSync(join(location, pattern));
  expect(files.length).toBeGreaterThan(0);
  for (const file of files) damage(file);
  return location;
}

describe('findDamage', () => {
  it.each([
    ['an index that is whole', () => whole],
    ['a folder that is not there', () => join(root, 'nowhere')],
  ])('finds none in %s', async (_, location) => {
    expect(await findDamage(location())).toBeUndefined();
  });

  it('finds none in a table whose making was killed', async () => {
    const location = join(root, 'killed');
    await mkdir(join(location, 'papers.lance', '_transactions'), { recursive: true });
    expect(await findDamage(location)).toBeUndefined();
  });

  it.each([
    ['papers', 'papers.lance/data/*', 0],
    ['a manifest', 'papers.lance/_versions/*.manifest', 0],
    ['vectors', 'chunks-*/data/*', PAPERS],
    ['facts', 'facts.lance/data/*', PAPERS],
    ['the search index of words', 'papers.lance/_indices/*/*', PAPERS],
    ['the search index of ids', 'chunks-*/_indices/*/*', PAPERS],
  ])('finds it in %s, and the papers where they can be read', async (_, pattern, papers) => {
    for (const damage of [
      (file: string) => truncateSync(file, 10),
      (file: string) => writeFileSync(file, Buffer.alloc(9_000, 'x')),
    ]) {
      const found = await findDamage(await hit(pattern, damage));
      expect(found).toBeDefined();
      expect(found?.origins?.reduce((sum, origin) => sum + origin.papers, 0) ?? 0).toBe(papers);
    }
  });

  it('finds it where a file stands for the folder', async () => {
    const file = join(root, 'file');
    await writeFile(file, 'no index');
    expect(await findDamage(file)).toEqual({ origins: undefined });
  });
});

describe('setAside', () => {
  it('renames the folder with the time, and keeps all that is in it', async () => {
    const location = await hit('papers.lance/data/*', (file) => truncateSync(file, 10));
    const before = await readdir(location, { recursive: true });
    const aside = await setAside(location, new Date('2026-11-26T02:03:04.567Z'));
    expect(aside).toBe(`${location}.damaged-2026-11-26T02-03-04`);
    expect(await readdir(aside, { recursive: true })).toEqual(before);
    await expect(setAside(location, new Date())).rejects.toMatchObject({ code: 'index' });
  });
});
