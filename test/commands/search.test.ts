import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { makeDataDir, PAGES, runFootnote } from './run-footnote.ts';

const Hit = z.strictObject({
  rank: z.int().min(1),
  score: z.number(),
  paperId: z.string(),
  title: z.string().min(1),
  url: z.url(),
  signals: z.strictObject({
    dense: z.number(),
    sentences: z.number(),
    clauses: z.number(),
    lexical: z.number(),
    coverage: z.number(),
    mention: z.number(),
  }),
});

const StoredPaper = z.strictObject({
  id: z.string().regex(/^(?:arxiv:\d{4}\.\d{4,5}|title:[0-9a-f]+)$/),
  title: z.string().min(1),
  abstract: z.string().min(100),
  url: z.url({ protocol: /^https$/ }),
  date: z.iso.date().optional(),
  dateInferred: z.boolean().optional(),
  authors: z.array(z.string()).optional(),
  authorCount: z.int().min(1).optional(),
  commentCount: z.int().min(0).optional(),
  organization: z.string().optional(),
  sources: z.array(z.strictObject({ page: z.string(), line: z.int().min(1) })).min(1),
});

let dataDir: string;
let drop: () => Promise<void>;
const run = (...args: string[]) => runFootnote(args, { dataDir });
const linesOf = (stdout: string) => stdout.trimEnd().split('\n');

beforeAll(async () => {
  ({ dataDir, drop } = await makeDataDir());
  const { code, stdout, stderr } = await run('ingest');
  expect([code, stdout]).toEqual([0, '14 papers in the index, 14 of them embedded.\n']);
  expect(stderr).toContain('small.txt: 14 added');
});
afterAll(() => drop());

describe('search', () => {
  it('prints the best papers as objects, one a line, with what speaks for them', async () => {
    const { code, stdout, stderr } = await run(
      ...['search', '--json', '--signals', '--limit', '3', 'graph neural networks on disk'],
    );
    expect([code, stderr]).toEqual([0, '']);
    const hits = linesOf(stdout).map((line) => Hit.parse(JSON.parse(line)));
    expect(hits.map(({ rank }) => rank)).toEqual([1, 2, 3]);
    expect(hits[0]?.title).toMatch(/^DiskGNN/);
    const scores = hits.map(({ score }) => score);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
  });

  it('prints papers for people, ten at most, with signals where asked', async () => {
    const { stdout } = await run('search', '--signals', 'graph', 'neural', 'networks');
    expect(stdout.match(/^ {1,2}\d+ {2}-?\d\.\d{3} {2}/gm)).toHaveLength(10);
    expect(stdout).toMatch(/dense.0\.\d{3}/);
    expect(stdout).not.toContain('\u001b');
  });

  it('keeps to one page, and says so when it finds nothing', async () => {
    const days = ['--from', '2011', '--to', '2011'];
    const { code, stdout } = await run('search', '--source', 'small.txt', ...days, 'networks');
    expect([code, stdout]).toEqual([0, 'No papers found.\n']);
    const { stdout: json } = await run('search', '--json', ...days, 'networks');
    expect(json).toBe('');
  });

  // It said "No papers found.", as if the page were there and silent on the matter.
  it('says of a page that is not there which pages are', async () => {
    for (const json of [[], ['--json']]) {
      const { code, stdout, stderr } = await run('search', ...json, '--source', 'none.txt', 'nets');
      expect([code, stdout]).toEqual([0, '']);
      expect(stderr).toBe('My library has no page named “none.txt”; the pages are “small.txt”.\n');
    }
  });

  it('finds papers of the days asked for, both ends included', async () => {
    const day = ['--from', '2023-10-25', '--to', '2023-10-25'];
    const { stdout } = await run('search', '--json', ...day, 'networks');
    expect(linesOf(stdout).map((line) => JSON.parse(line).title)).toEqual([
      'netFound: Foundation Model for Network Security',
    ]);
  });
});

describe('papers', () => {
  it('prints every stored paper as an object, one a line', async () => {
    const { code, stdout, stderr } = await run('papers', '--json');
    expect([code, stderr]).toEqual([0, '']);
    const papers = linesOf(stdout).map((line) => StoredPaper.parse(JSON.parse(line)));
    expect(papers).toHaveLength(14);
    expect(papers.filter(({ date }) => date === undefined)).toHaveLength(1);
    const leyolo = papers.find(({ title }) => title.startsWith('LeYOLO'));
    expect(leyolo).toMatchObject({ date: '2024-06-20', sources: [{ page: 'small.txt' }] });
    expect(leyolo).not.toHaveProperty('dateInferred');
  });

  it('prints them for people with their number', async () => {
    const { stdout } = await run('papers');
    expect(stdout).toMatch(/^- A Hardware-Aware System/m);
    expect(stdout).toMatch(/\n14 papers\n$/);
  });
});

describe('ingest', () => {
  it('passes over a page that it has read, and embeds nothing anew', async () => {
    const { code, stderr } = await run('ingest', PAGES);
    expect([code, stderr]).toEqual([0, 'small.txt: unchanged\n']);
  });

  it('adds what is new on another page, once', async () => {
    const page = join(dataDir, 'other.txt');
    const abstract = 'We keep apples fresh with a small network that sniffs them. '.repeat(4);
    await writeFile(page, `A Network That Sniffs Apples\n${abstract}\n`);
    const { code, stdout, stderr } = await run('ingest', page);
    expect([code, stdout]).toEqual([0, '15 papers in the index, 15 of them embedded.\n']);
    expect(stderr).toContain('other.txt: 1 added');
    const { stdout: found } = await run('search', '--limit', '1', 'how are apples kept fresh?');
    expect(found).toContain('A Network That Sniffs Apples');
  });
});
