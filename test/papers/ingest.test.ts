import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type IngestRequest, ingestPages, type PageReport } from '../../src/papers/ingest.ts';
import type { Paper } from '../../src/papers/paper.ts';
import { MemoryIndex } from '../fakes/memory-index.ts';
import { fixture, withoutLine } from './page-fixtures.ts';

const plain = fixture('plain');
const spaced = fixture('spaced');
/** With one abstract made shorter. */
const shorter = plain.replace('ECAPA2, a novel hybrid', 'ECAPA2, a hybrid');
const NOTHING = { added: 0, merged: 0, changed: 0, same: 0, kept: [], refused: [] };

let root: string;
let archive: MemoryIndex;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'footnote-ingest-'));
  archive = new MemoryIndex();
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function write(name: string, text: string | Uint8Array): Promise<string> {
  const file = join(root, name);
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(file, text);
  return file;
}
const ingest = (options: Partial<IngestRequest> = {}) =>
  ingestPages({ paths: [root], archive, ...options });
const read = (page: string, counts: Partial<Record<keyof typeof NOTHING, unknown>>) => ({
  kind: 'read',
  page,
  ...NOTHING,
  ...counts,
});
async function stored(of: MemoryIndex = archive): Promise<readonly Paper[]> {
  const papers = (await Array.fromAsync(of.papers())).flat();
  return papers.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

describe('ingestPages', () => {
  it('reads pages of folders and below, and tells how far it is', async () => {
    await write('a.txt', plain);
    await write('deep/er/b.txt', spaced);
    const told: string[] = [];
    const reports = await ingest({
      onPage: ({ page }, { done, total }) => told.push(`${page} ${done}/${total}`),
    });
    expect(reports).toEqual([read('a.txt', { added: 4 }), read('deep/er/b.txt', { added: 5 })]);
    expect(told).toEqual(['a.txt 1/2', 'deep/er/b.txt 2/2']);
    expect(await stored()).toHaveLength(9);
  });

  it('passes over unchanged pages and saves nothing', async () => {
    await write('a.txt', plain);
    await ingest();
    const before = await stored();
    expect(await ingest()).toEqual([{ kind: 'unchanged', page: 'a.txt' }]);
    expect(archive.calls.savedPapers).toBe(4);
    expect(await stored()).toEqual(before);
  });

  it('reads two folders at once', async () => {
    await write('one/a.txt', plain);
    await write('two/b.txt', spaced);
    const reports = await ingest({ paths: [join(root, 'two'), join(root, 'one')] });
    expect(reports.map(({ page }) => page)).toEqual(['a.txt', 'b.txt']);
  });

  // Pages were known by their file names alone, so that each was read anew in the place of the other.
  it('keeps pages of the same name in two folders apart', async () => {
    await write('monday/page.txt', plain);
    await write('tuesday/page.txt', shorter);
    await ingest();
    const before = await stored();
    expect((await ingest()).map(({ kind }) => kind)).toEqual(['unchanged', 'unchanged']);
    expect(await stored()).toEqual(before);
  });

  it('counts what a second page knows already, and keeps both origins', async () => {
    await write('a.txt', plain);
    await write('b.txt', plain);
    expect(await ingest()).toEqual([read('a.txt', { added: 4 }), read('b.txt', { merged: 4 })]);
    const papers = await stored();
    expect(papers).toHaveLength(4);
    for (const { sources } of papers) {
      expect(sources.map(({ page }) => page)).toEqual(['a.txt', 'b.txt']);
    }
  });

  it('changes a paper that its own page gives differently, and no other', async () => {
    await write('a.txt', plain);
    await ingest();
    const before = await stored();
    await write('a.txt', shorter);
    expect(await ingest()).toEqual([read('a.txt', { changed: 1, same: 3 })]);
    const after = await stored();
    expect(after.filter((paper, at) => paper.abstract !== before[at]?.abstract)).toHaveLength(1);
    expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
  });

  it('does not let a page shorten what another page says of the same paper', async () => {
    await write('a.txt', plain);
    await ingest();
    const before = await stored();
    await write('b.txt', shorter);
    expect(await ingest()).toContainEqual(read('b.txt', { merged: 4 }));
    expect((await stored()).map(({ abstract }) => abstract)).toEqual(
      before.map(({ abstract }) => abstract),
    );
  });

  it('saves the same from an interrupted run as from a whole one', async () => {
    await write('a.txt', plain);
    await write('b.txt', spaced);
    archive.failNext('savePage', new Error('killed'));
    await expect(ingest()).rejects.toThrow('killed');
    expect(await ingest()).toEqual([read('a.txt', { same: 4 }), read('b.txt', { added: 5 })]);
    const whole = new MemoryIndex();
    await ingest({ archive: whole });
    expect(await stored()).toEqual(await stored(whole));
  });

  it('stops at a signal between pages', async () => {
    await write('a.txt', plain);
    await write('b.txt', spaced);
    const controller = new AbortController();
    const run = ingest({ signal: controller.signal, onPage: () => controller.abort() });
    await expect(run).rejects.toMatchObject({ name: 'AbortError' });
    expect(await stored()).toHaveLength(4);
  });
});

describe('pages that cannot be read', () => {
  it('are refused with a reason while the others are read', async () => {
    await write(
      'a-bad.txt',
      Uint8Array.from({ length: 5_000 }, (_, n) => (n * 7919) % 256),
    );
    await write('b-empty.txt', ' \n');
    await write('c-good.txt', plain);
    await write('d-titles.txt', fixture('titles-only'));
    const reports = await ingest();
    expect(reports.map(({ kind }) => kind)).toEqual(['refused', 'refused', 'read', 'refused']);
    expect(reports.map(reasonOf)).toEqual([
      expect.stringMatching(/a-bad\.txt is not a text file: line \d+ holds .+; save it as UTF-8/),
      expect.stringMatching(/b-empty\.txt is empty/),
      '',
      expect.stringMatching(/d-titles\.txt holds no abstracts/),
    ]);
    expect(await stored()).toHaveLength(4);
  });

  // Its papers were gone without a word on the page, which counted as read.
  it('are refused as a whole when none of their papers could be kept', async () => {
    await write('a.txt', `Title\n${'A word. '.repeat(3_000)}\n`);
    const report = {
      kind: 'refused',
      page: 'a.txt',
      reason: expect.stringMatching(/^none of its papers could be kept/),
      refused: [{ line: 1, reason: expect.stringContaining('longer than 20,000 characters') }],
    };
    expect(await ingest()).toEqual([report]);
    expect(await ingest()).toEqual([report]);
  });

  it('are tried again the next time, and read once they are mended', async () => {
    await write('a.txt', '');
    expect((await ingest()).map(({ kind }) => kind)).toEqual(['refused']);
    await write('a.txt', plain);
    expect(await ingest()).toEqual([read('a.txt', { added: 4 })]);
  });

  it('keep their papers when they are damaged later', async () => {
    await write('a.txt', plain);
    await ingest();
    await write('a.txt', '\0\0');
    expect((await ingest()).map(({ kind }) => kind)).toEqual(['refused']);
    expect(await stored()).toHaveLength(4);
  });

  it('name the lines that became no paper', async () => {
    await write('a.txt', withoutLine(plain, 6));
    expect(await ingest()).toEqual([
      read('a.txt', {
        added: 3,
        refused: [{ line: 5, reason: 'a title without an abstract below it' }],
      }),
    ]);
  });

  it('give the papers before the place where they are cut off', async () => {
    await write('a.txt', plain.slice(0, plain.indexOf('Transformer-based language models') - 20));
    const [report] = await ingest();
    expect(report).toMatchObject({ added: 2, refused: [{ line: 7 }] });
  });

  it('cost one paper where a line is 50 MB long', async () => {
    const lines = plain.split('\n');
    lines[5] = 'word. '.repeat(50_000_000 / 6);
    await write('a.txt', lines.join('\n'));
    const start = performance.now();
    const [report] = await ingest();
    expect(report).toMatchObject({ added: 3, refused: [{ line: 5 }] });
    expect(performance.now() - start).toBeLessThan(5_000);
  });

  it('may be in another language', async () => {
    await write('a.txt', fixture('chinese'));
    expect(await ingest()).toEqual([read('a.txt', { added: 2 })]);
    expect((await stored()).map(({ title }) => title)).toContain('高效的混合专家模型推理');
  });
});

describe('the year of a page', () => {
  const years = async () => (await stored()).map(({ date }) => date?.slice(0, 4)).sort();

  it('dates what has none, and makes the page be read anew', async () => {
    await write('a.txt', spaced);
    await ingest();
    expect(await years()).toEqual(['2022', '2024', '2025', '2025', undefined]);
    expect(await ingest({ year: 2030 })).toEqual([read('a.txt', { changed: 2, same: 3 })]);
    expect(await years()).toEqual(['2022', '2024', '2030', '2030', undefined]);
    expect((await ingest({ year: 2030 })).map(({ kind }) => kind)).toEqual(['unchanged']);
  });

  // The earlier of an old and a new guess was kept, so that the year could only go back.
  it('dates papers of two pages as if it had always been so', async () => {
    await write('a.txt', spaced);
    await write('b.txt', spaced);
    await ingest({ year: 2024 });
    await ingest({ year: 2030 });
    const fresh = new MemoryIndex();
    await ingest({ archive: fresh, year: 2030 });
    expect(await stored()).toEqual(await stored(fresh));
  });
});

function reasonOf(report: PageReport): string {
  return report.kind === 'refused' ? report.reason : '';
}
