import { globSync, truncateSync } from 'node:fs';
import { cp, mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rescueLines } from '../../src/commands/rescue-index.ts';
import { makeDataDir, PAGES, type Run, runFootnote } from './run-footnote.ts';

const QUESTION = 'how does DADAO decouple communication from computation?';
const OWN = 'Kettles in Data Centres';
const OWN_PAGE = `${OWN}\nWe boil water beside the racks. ${'It is warm in there. '.repeat(30)}\n`;

let root: string;
let whole: string;
let drop: () => Promise<void>;
beforeAll(async () => {
  ({ dataDir: root, drop } = await makeDataDir());
  whole = join(root, 'whole');
  await writeFile(join(root, 'own.txt'), OWN_PAGE);
  const { code } = await runFootnote(['ingest', PAGES, join(root, 'own.txt')], { dataDir: whole });
  expect(code).toBe(0);
});
afterAll(() => drop());

async function copyOf(name: string): Promise<string> {
  const dataDir = join(root, name);
  await cp(whole, dataDir, { recursive: true });
  return dataDir;
}

async function rebuild(dataDir: string, ...paths: readonly string[]): Promise<Run> {
  return runFootnote(['ingest', '--rebuild', ...paths], { dataDir });
}

const asideIn = async (dataDir: string) =>
  (await readdir(dataDir)).filter((name) => name.startsWith('index.damaged-'));

describe('ingest --rebuild', () => {
  // It refused, and asked the person to move the folder by hand.
  it.each([
    ['papers', 'papers.lance/data/*.lance', (file: string) => truncateSync(file, 100)],
    ['manifest', 'papers.lance/_versions/*.manifest', (file: string) => truncateSync(file, 0)],
  ])('keeps a damaged index (%s) under another name and builds a new one', async (kind, ...hit) => {
    const dataDir = await copyOf(kind);
    const [files, damage] = hit;
    const found = globSync(join(dataDir, 'index', files));
    expect(found.length).toBeGreaterThan(0);
    for (const file of found) damage(file);
    const { code, stdout, stderr } = await rebuild(dataDir);
    expect([code, stdout]).toEqual([0, '14 papers in the index, 14 of them embedded.\n']);
    const [aside = '', ...others] = await asideIn(dataDir);
    expect(others).toEqual([]);
    expect(stderr).toContain(`The index is damaged. It is kept as ${join(dataDir, aside)}, and`);
    expect(stderr).toMatch(/missing from the new index/);
    const kept = globSync(join(dataDir, aside, files));
    expect(kept).toHaveLength(found.length);
    const answer = await runFootnote(['ask', QUESTION], { dataDir });
    expect([answer.code, answer.stdout]).toEqual([0, expect.stringContaining('DADAO')]);
  });

  it('names the pages of papers that only the damaged index holds', async () => {
    const dataDir = await copyOf('own');
    for (const file of globSync(join(dataDir, 'index', 'chunks-*/data/*.lance'))) {
      truncateSync(file, 50);
    }
    const { stderr } = await rebuild(dataDir);
    expect(stderr).toMatch(/1 paper of it is in none of the pages.+\(own\.txt\)/);
  });

  it('leaves an index alone that is whole', async () => {
    const dataDir = await copyOf('untouched');
    const { code, stdout } = await rebuild(dataDir);
    expect([code, stdout]).toEqual([0, '15 papers in the index, 15 of them embedded.\n']);
    expect(await asideIn(dataDir)).toEqual([]);
  });

  it('moves nothing for pages that are not there', async () => {
    const dataDir = await copyOf('wrong-name');
    for (const file of globSync(join(dataDir, 'index', 'papers.lance/data/*'))) {
      truncateSync(file, 9);
    }
    const { code, stderr } = await rebuild(dataDir, join(root, 'nowhere'));
    expect([code, stderr]).toEqual([1, expect.stringContaining('There is no file or folder')]);
    expect(await asideIn(dataDir)).toEqual([]);
  });

  it('moves a file aside that stands where the index should be', async () => {
    const dataDir = join(root, 'file');
    await mkdir(dataDir);
    await writeFile(join(dataDir, 'index'), 'no index');
    expect((await rebuild(dataDir)).code).toBe(0);
    const [aside = ''] = await asideIn(dataDir);
    expect((await stat(join(dataDir, aside))).isFile()).toBe(true);
  });
});

describe('rescueLines', () => {
  const from = (page: string) => ({ pages: [page], papers: 1 });
  const tell = (...pages: readonly string[]) =>
    rescueLines({ origins: pages.map(from) }, { aside: '/index.damaged', pages: ['a.txt'] });

  it('is one line where all papers stand in pages', () => {
    expect(tell('a.txt', 'a.txt')).toHaveLength(1);
  });

  it('counts the others and names a few of their pages', () => {
    const [, line = ''] = tell('a.txt', 'c', 'b', 'd', 'e', 'f', 'g', 'g');
    expect(line).toMatch(/^7 papers of it are .+\(b, c, d, e, f and 1 more\)\.$/);
  });
});
