import { readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { createLocalEmbedder } from '../../src/llm/local-embedder.ts';
import type { Paper } from '../../src/papers/paper.ts';
import { type LanceIndex, openLanceIndex } from '../../src/retrieval/lance/lance-index.ts';
import { type Finished, startFootnote } from '../fixtures/footnote-process.ts';

export const MODEL = 'data/models/footnote-minilm';
export const QUESTION =
  'Which hybrid neural network architecture produces robust speaker embeddings?';

/** Three sentences, so that with title and whole 64 papers are 320 texts. */
export const withAbstract = (title: string) =>
  `${title}\n${title} is about networks. They learn from large graphs. Here they learn fast.\n`;

/** Three pages in a folder of their own, the index that the program makes of them, and what sees into such. */
export interface MadeLibrary {
  /** Holds all the rest, and lasts until it is removed. */
  readonly root: string;
  readonly pages: string;
  /** What one undisturbed run makes of all `pages`. */
  readonly whole: string;
  readonly expected: readonly Paper[];
  /** A new folder for DATA_DIR. */
  folder(): Promise<string>;
  settingsOf(dataDir: string): Readonly<Record<string, string>>;
  run(args: readonly string[], dataDir: string, settings?: object): Promise<Finished>;
  papersIn(dataDir: string): Promise<readonly Paper[]>;
  countsIn(dataDir: string): ReturnType<LanceIndex['status']>;
  expectWhole(dataDir: string): Promise<void>;
  expectAnswer(dataDir: string, settings?: object): Promise<void>;
}

export async function makeLibrary(): Promise<MadeLibrary> {
  const root = await mkdtemp(join(tmpdir(), 'footnote-e2e-'));
  const pages = await makePages(root);
  const embedder = await createLocalEmbedder(MODEL);
  await embedder.close();
  const folder = () => mkdtemp(join(root, 'data-'));
  const settingsOf = (dataDir: string) => ({ DATA_DIR: dataDir, PAGES_DIR: pages });
  const run: MadeLibrary['run'] = (args, dataDir, settings = {}) =>
    startFootnote(args, { ...settingsOf(dataDir), ...settings }).finished;
  const { papersIn, countsIn } = lookInto(embedder.model);
  const whole = await folder();
  const { code, stdout } = await run(['ingest'], whole);
  expect([code, stdout]).toEqual([0, '15 papers in the index, 15 of them embedded.\n']);
  const expected = await papersIn(whole);
  const count = expected.length;
  return {
    ...{ root, pages, whole, expected, folder, settingsOf, run, papersIn, countsIn },
    async expectWhole(dataDir) {
      expect(await papersIn(dataDir)).toEqual(expected);
      expect(await countsIn(dataDir)).toMatchObject({ papers: count, embedded: count });
    },
    async expectAnswer(dataDir, settings) {
      const { code, stdout, stderr } = await run(['ask', '--json', QUESTION], dataDir, settings);
      expect([code, stderr.includes('reference')], stderr).toEqual([0, false]);
      expect(JSON.parse(stdout)).toMatchObject({
        kind: 'answered',
        citations: [{ n: 1, title: expect.stringMatching(/^ECAPA2/) }],
      });
    },
  };
}

async function makePages(root: string): Promise<string> {
  const pages = join(root, 'pages');
  await mkdir(pages);
  for (const page of ['plain.txt', 'spaced.txt']) {
    await cp(join('test/fixtures/pages', page), join(pages, page));
  }
  const lines = readFileSync('data/pages/002_8f389932e455c868.txt', 'utf8').split('\n');
  await writeFile(join(pages, 'graphs.txt'), lines.slice(0, 2 + 2 * 6).join('\n'));
  return pages;
}

function lookInto(model: string): Pick<MadeLibrary, 'papersIn' | 'countsIn'> {
  async function look<T>(dataDir: string, see: (index: LanceIndex) => Promise<T>): Promise<T> {
    const index = await openLanceIndex({
      location: join(dataDir, 'index'),
      model,
      dimensions: 384,
    });
    return see(index).finally(() => index.close());
  }
  return {
    countsIn: (dataDir) => look(dataDir, (index) => index.status()),
    papersIn: (dataDir) =>
      look(dataDir, async (index) => {
        const papers = (await Array.fromAsync(index.papers())).flat();
        return papers.toSorted((a, b) => (a.id < b.id ? -1 : 1));
      }),
  };
}
