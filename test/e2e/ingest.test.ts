import { globSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  it,
  onTestFinished,
} from 'vitest';
import { createLocalEmbedder } from '../../src/llm/local-embedder.ts';
import type { Paper } from '../../src/papers/paper.ts';
import { type LanceIndex, openLanceIndex } from '../../src/retrieval/lance/lance-index.ts';
import { FakeOpenAIServer } from '../fakes/openai-server.ts';
import {
  type Finished,
  fillDisk,
  killFootnote,
  mountDisk,
  remount,
  startFootnote,
} from '../fixtures/footnote-process.ts';

const MODEL = 'data/models/footnote-minilm';
const QUESTION = 'Which hybrid neural network architecture produces robust speaker embeddings?';
/** Three sentences, so that with title and whole 64 papers are 320 texts. */
const withAbstract = (title: string) =>
  `${title}\n${title} is about networks. They learn from large graphs. Here they learn fast.\n`;

let root: string;
let pages: string;
let model: string;
/** What one undisturbed run makes of all `pages`. */
let whole: string;
let expected: readonly Paper[];

const folder = () => mkdtemp(join(root, 'data-'));
const settingsOf = (dataDir: string) => ({ DATA_DIR: dataDir, PAGES_DIR: pages });
const run = (args: readonly string[], dataDir: string, settings = {}): Promise<Finished> =>
  startFootnote(args, { ...settingsOf(dataDir), ...settings }).finished;

async function look<T>(dataDir: string, see: (index: LanceIndex) => Promise<T>): Promise<T> {
  const index = await openLanceIndex({ location: join(dataDir, 'index'), model, dimensions: 384 });
  return see(index).finally(() => index.close());
}
const papersIn = (dataDir: string) =>
  look(dataDir, async (index) => {
    const papers = (await Array.fromAsync(index.papers())).flat();
    return papers.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  });
const countsIn = (dataDir: string) => look(dataDir, (index) => index.status());

async function expectWhole(dataDir: string): Promise<void> {
  expect(await papersIn(dataDir)).toEqual(expected);
  const count = expected.length;
  expect(await countsIn(dataDir)).toMatchObject({ papers: count, embedded: count });
}

async function expectAnswer(dataDir: string, settings = {}): Promise<void> {
  const { code, stdout, stderr } = await run(['ask', '--json', QUESTION], dataDir, settings);
  expect([code, stderr.includes('reference')], stderr).toEqual([0, false]);
  expect(JSON.parse(stdout)).toMatchObject({
    kind: 'answered',
    citations: [{ n: 1, title: expect.stringMatching(/^ECAPA2/) }],
  });
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'footnote-e2e-'));
  pages = join(root, 'pages');
  await mkdir(pages);
  for (const page of ['plain.txt', 'spaced.txt']) {
    await cp(join('test/fixtures/pages', page), join(pages, page));
  }
  const lines = readFileSync('data/pages/002_8f389932e455c868.txt', 'utf8').split('\n');
  await writeFile(join(pages, 'graphs.txt'), lines.slice(0, 2 + 2 * 6).join('\n'));
  const embedder = await createLocalEmbedder(MODEL);
  model = embedder.model;
  await embedder.close();
  whole = await folder();
  const { code, stdout } = await run(['ingest'], whole);
  expect([code, stdout]).toEqual([0, '15 papers in the index, 15 of them embedded.\n']);
  expected = await papersIn(whole);
});
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

describe('an ingest that is killed', () => {
  it.each([
    ['at its start', '', 450],
    ['between two pages', 'graphs.txt', 0],
    ['as its vectors are made', 'spaced.txt', 400],
  ])('%s loses and doubles nothing when it is run again', async (_, text, later) => {
    const dataDir = await folder();
    const { code } = await killFootnote(['ingest'], settingsOf(dataDir), { text, later });
    expect(code).toBeNull();
    expect((await run(['ingest'], dataDir)).code).toBe(0);
    await expectWhole(dataDir);
    await expectAnswer(dataDir);
  });

  // Any paper at all was taken for the whole library.
  it('is completed by the next question where the question itself had begun it', async () => {
    const dataDir = await folder();
    await killFootnote(['ask', QUESTION], settingsOf(dataDir), { text: 'graphs.txt', later: 0 });
    expect((await countsIn(dataDir)).papers).toBeLessThan(expected.length);
    await expectAnswer(dataDir);
    await expectWhole(dataDir);
  });

  it('embeds no text again whose vectors were stored', async () => {
    const server = await FakeOpenAIServer.start();
    onTestFinished(() => server.close());
    const dataDir = await folder();
    const page = join(root, 'many.txt');
    const titles = Array.from({ length: 150 }, (_, n) => `Paper Number ${n} on Graphs`);
    await writeFile(page, titles.map(withAbstract).join(''));
    const openAI = {
      EMBEDDER: 'openai:m',
      OPENAI_API_KEY: 'none',
      OPENAI_BASE_URL: server.baseUrl,
    };
    const settings = { ...openAI, DATA_DIR: dataDir };
    const killed = startFootnote(['ingest', page], settings);
    // One request learns the dimensions, two embed the first batch; of the next two none is answered.
    while (server.requests.length < 3) await sleep(2);
    server.script({ kind: 'hang' }, { kind: 'hang' });
    while (server.requests.length < 5) await sleep(2);
    killed.child.kill('SIGKILL');
    await killed.finished;
    const before = new Set(server.requests.splice(0).slice(0, 3).flat());
    const { code, stdout } = await startFootnote(['ingest', page], settings).finished;
    expect([code, stdout]).toEqual([0, '150 papers in the index, 150 of them embedded.\n']);
    const again = server.requests.flat();
    const missing = titles.filter((title) => !before.has(title));
    expect(missing).toHaveLength(150 - 64);
    expect(titles.filter((title) => again.includes(title))).toEqual(missing);
  });
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
      expect(stderr).toMatch(/^The index in .+ Move that folder away and run .+\n$/);
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
