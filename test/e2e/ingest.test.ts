import { execFileSync } from 'node:child_process';
import { globSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { cp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import {
  fillDisk,
  killFootnote,
  mountDisk,
  remount,
  startFootnote,
} from '../fixtures/footnote-process.ts';
import { MODEL, makeLibrary, QUESTION, withAbstract } from './made-library.ts';

const { root, pages, whole, expected, ...made } = await makeLibrary();
const { folder, settingsOf, run, papersIn, expectWhole, expectAnswer } = made;
afterAll(() => rm(root, { recursive: true, force: true, maxRetries: 5 }));

it('prints the 386 papers of the shipped pages, one JSON object a line', async () => {
  const shipped = { PAGES_DIR: 'data/pages' };
  const { code, stdout } = await run(['papers', '--json'], await folder(), shipped);
  const papers = (stdout.match(/.+\n/g) ?? []).map((line) => JSON.parse(line));
  expect([code, papers.length, new Set(papers.map(({ id }) => id)).size]).toEqual([0, 386, 386]);
  for (const { title, abstract, url, sources } of papers) {
    expect(title && abstract && url && sources[0].page).toBeTruthy();
  }
});

describe('two ingests at once', () => {
  it.each([
    ['the same pages', [], []],
    ['different pages', ['plain.txt', 'graphs.txt'], ['graphs.txt', 'spaced.txt']],
  ])('of %s store what one after the other stores', async (_, ...names) => {
    const dataDir = await folder();
    const runs = names.map((of) =>
      run(['ingest', ...of.map((name) => join(pages, name))], dataDir),
    );
    for (const { code, stderr } of await Promise.all(runs)) expect(code, stderr).toBe(0);
    await expectWhole(dataDir);
  });
});

describe('a disk', () => {
  let disk: string;
  let unmount: (() => void) | undefined;
  beforeEach(async (test) => {
    disk = await folder();
    unmount = mountDisk(disk, '6m');
    if (unmount === undefined) test.skip('this account may not mount disks');
  });
  afterEach(() => unmount?.());

  it('that is read-only still answers, and says why it takes no pages', async () => {
    await cp(whole, disk, { recursive: true });
    remount(disk, 'ro');
    await expectAnswer(disk);
    await writeFile(join(root, 'more.txt'), withAbstract('A New Title'));
    const { code, stderr } = await run(['ingest', join(root, 'more.txt')], disk);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/read-only.+Change its permissions/)]);
  });

  // Only a whole index was left alone; to make the vectors it wanted the lock, and failed.
  it('that is read-only still answers from words where vectors are missing', async () => {
    await run(['papers'], disk);
    remount(disk, 'ro');
    await expectAnswer(disk);
  });

  it('that is read-only still answers where an ingest was cut short, and says so', async () => {
    const moment = { text: 'plain.txt', later: 0 };
    await killFootnote(['ingest'], settingsOf(disk), moment);
    remount(disk, 'ro');
    const { code, stderr } = await run(['ask', QUESTION], disk);
    expect([code, stderr]).toEqual([
      0,
      expect.stringMatching(/reading of pages was cut short; .+ cannot be stored; answering/),
    ]);
  });

  it('that is full is told of in a sentence and loses nothing', async () => {
    await run(['ingest', join(pages, 'plain.txt')], disk);
    const before = await papersIn(disk);
    const filler = join(disk, 'filler');
    fillDisk(filler);
    for (const room of [0, 40_000]) {
      truncateSync(filler, statSync(filler).size - room);
      const { code, stderr } = await run(['ingest'], disk);
      expect([code, stderr]).toEqual([1, expect.stringMatching(/disk is full.+[Ff]ree some/)]);
      expect(await papersIn(disk)).toEqual(expect.arrayContaining([...before]));
    }
    await expectAnswer(disk);
    await rm(filler);
    expect((await run(['ingest'], disk)).code).toBe(0);
    await expectWhole(disk);
  });
});

describe('a damaged index', () => {
  it.each([
    ['papers.lance/data/*.lance', (file: string) => truncateSync(file, 100)],
    ['chunks-*/data/*.lance', (file: string) => writeFileSync(file, 'other '.repeat(900))],
    ['papers.lance/_versions/*.manifest', (file: string) => truncateSync(file, 0)],
  ])(
    '(%s) is told of in a sentence, and made again once it is moved away',
    async (files, damage) => {
      const dataDir = await folder();
      await cp(whole, dataDir, { recursive: true });
      for (const file of globSync(join(dataDir, 'index', files))) damage(file);
      const { code, stdout, stderr } = await run(['ask', QUESTION], dataDir);
      expect([code, stdout]).toEqual([1, '']);
      expect(stderr).toMatch(/^The index in .+ damaged. Run .+ --rebuild.+\n$/);
      await rename(join(dataDir, 'index'), join(dataDir, 'damaged'));
      await expectAnswer(dataDir);
    },
  );
});

it('does not mix models: refuses, says --rebuild, and rebuilds', async () => {
  const other = join(root, 'other-model');
  await symlink(resolve(MODEL), other);
  const dataDir = await folder();
  const settings = { EMBEDDER: `hf:${other}`, PAGES_DIR: join(pages, 'plain.txt') };
  const ingest = ['ingest', join(pages, 'plain.txt')];
  await run(ingest, dataDir);
  const { code, stderr } = await run(['ask', QUESTION], dataDir, settings);
  expect([code, stderr]).toEqual([1, expect.stringMatching(/other-model@.+--rebuild/)]);
  const rebuilt = await run([...ingest, '--rebuild'], dataDir, settings);
  expect([rebuilt.code, rebuilt.stdout]).toEqual([
    0,
    expect.stringMatching(/^4 papers .+ 4 of them/),
  ]);
  await expectAnswer(dataDir, settings);
  const back = await run(['ask', QUESTION], dataDir);
  expect([back.code, back.stderr]).toEqual([1, expect.stringContaining('--rebuild')]);
});

describe('what is no saved page', () => {
  // It was read to its end, which it has not, until all memory was used; SIGTERM did not stop it.
  it('is refused at once: a device, a pipe', async () => {
    const pipe = join(root, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const dataDir = await folder();
    for (const [path, kind] of [
      ['/dev/zero', 'a device'],
      [pipe, 'a pipe'],
    ] as const) {
      const { child, finished } = startFootnote(['ingest', path], settingsOf(dataDir));
      onTestFinished(() => void child.kill('SIGKILL'));
      const { code, stdout, stderr } = await finished;
      expect([code, stdout, stderr]).toEqual([1, '', expect.stringContaining(`is ${kind}, not`)]);
    }
  });

  // It counted as read, with 0.
  it('fails when none of its papers could be kept', async () => {
    const page = join(root, 'long.txt');
    await writeFile(page, `A Title\n${'A word. '.repeat(3_000)}\n`);
    const { code, stderr } = await run(['ingest', page], await folder());
    expect([code, stderr]).toEqual([1, expect.stringMatching(/long\.txt:1: refused: the text is/)]);
  });
});
