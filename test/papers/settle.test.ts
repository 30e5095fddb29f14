import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ingestPages } from '../../src/papers/ingest.ts';
import type { Paper } from '../../src/papers/paper.ts';
import { MemoryIndex } from '../fakes/memory-index.ts';
import { fixture } from './page-fixtures.ts';

const plain = fixture('plain');
const spaced = fixture('spaced');

let root: string;
let archive: MemoryIndex;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'footnote-settle-'));
  archive = new MemoryIndex();
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function write(name: string, text: string): Promise<string> {
  const file = join(root, name);
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(file, text);
  return file;
}
const ingest = (file: string, into = archive) => ingestPages({ paths: [file], archive: into });
const read = (page: string, counts: Readonly<Record<string, unknown>>) => {
  const nothing = { added: 0, merged: 0, changed: 0, same: 0, kept: [], refused: [] };
  return { kind: 'read', page, ...nothing, ...counts };
};
async function stored(of: MemoryIndex = archive): Promise<readonly Paper[]> {
  const papers = (await Array.fromAsync(of.papers())).flat();
  return papers.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

// It was taken for a new wording of its own page.
describe('a page that is cut off within its last abstract', () => {
  // In the last third of the last abstract, and with a wider gap: its head has more characters.
  const cut = (text: string, gap = ' ') => {
    const lines = text.trimEnd().split('\n');
    const last = lines.pop() ?? '';
    return [...lines, last.slice(0, last.length * 0.8).replace(' ', gap)].join('\n');
  };
  const lastLine = plain.trimEnd().split('\n').length - 1;
  const kept = [
    { line: lastLine, reason: 'the abstract is cut short here; the stored one is kept' },
  ];

  it.each([
    ['its own', 'a.txt', ' '],
    ['its own, with wider gaps', 'a.txt', ' '.repeat(2_000)],
    ['another page of its name', 'elsewhere/a.txt', ' '],
  ])('leaves the stored abstracts whole and says so: %s', async (_, name, gap) => {
    await ingest(await write('a.txt', plain));
    const before = await stored();
    const page = await write(name, cut(plain, gap));
    expect(await ingest(page)).toEqual([read('a.txt', { same: 4, kept })]);
    expect(await stored()).toEqual(before);
  });

  it.each([
    ['of the same name', 'a.txt', { changed: 1, same: 3 }],
    ['of another name', 'b.txt', { merged: 4 }],
  ])('gives way to a whole page %s that comes later', async (_, name, counts) => {
    await ingest(await write('cut/a.txt', cut(plain)));
    expect(await ingest(await write(name, plain))).toEqual([read(name, counts)]);
    const whole = new MemoryIndex();
    await ingest(join(root, name), whole);
    const abstracts = (papers: readonly Paper[]) => papers.map(({ abstract }) => abstract);
    expect(abstracts(await stored())).toEqual(abstracts(await stored(whole)));
  });

  it('gives the same papers in any order with a whole page of another name', async () => {
    const pages = [
      await write('a.txt', cut(plain, ' '.repeat(2_000))),
      await write('b.txt', plain),
    ];
    const other = new MemoryIndex();
    for (const page of pages) await ingest(page);
    for (const page of pages.toReversed()) await ingest(page, other);
    expect(await stored()).toEqual(await stored(other));
  });

  it('keeps the date that stood below the place where it was cut', async () => {
    const at = spaced.lastIndexOf('.') - 30;
    await ingest(await write('a.txt', spaced));
    const before = await stored();
    const [report] = await ingest(await write('a.txt', spaced.slice(0, at)));
    expect(report).toMatchObject({ kept: [{ line: expect.any(Number) }] });
    expect(await stored()).toEqual(before);
  });
});
