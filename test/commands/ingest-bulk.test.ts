import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readBulkChoice } from '../../src/commands/ingest-bulk.ts';
import { kaggleLine } from '../papers/kaggle-file.ts';
import { makeDataDir, runFootnote } from './run-footnote.ts';

let root: string;
let drop: () => Promise<void>;
let made = 0;
beforeAll(async () => {
  ({ dataDir: root, drop } = await makeDataDir());
  writeFileSync(join(root, 'k.jsonl'), LINES.join(''));
  writeFileSync(join(root, 'k.jsonl.gz'), gzipSync(LINES.join('')));
});
afterAll(() => drop());

const LINES = [
  kaggleLine(1),
  'no paper\n',
  kaggleLine(2, { categories: 'hep-th' }),
  kaggleLine(3, { versions: [{ version: 'v1', created: 'Tue, 1 Jan 2019 10:00:00 GMT' }] }),
  kaggleLine(4),
];

function fresh() {
  made += 1;
  const dataDir = join(root, `data-${made}`);
  return {
    dataDir,
    run: (...args: readonly string[]) => runFootnote(args, { dataDir }),
  };
}

describe('ingest of a file with one paper a line', () => {
  it('stores what is asked for, tells of the rest, and can be searched', async () => {
    const { run } = fresh();
    const file = join(root, 'k.jsonl');
    const { code, stdout, stderr } = await run(
      'ingest',
      file,
      '--category',
      'cs',
      '--from',
      '2024',
    );
    expect([code, stdout]).toEqual([0, '2 papers in the index, 2 of them embedded.\n']);
    expect(stderr).toContain(
      'k.jsonl: 2 added, 0 changed, 0 already there, 2 left out as not asked for, 1 refused\n' +
        'k.jsonl:2: refused: it is not JSON; each line must hold one whole object\n',
    );
    const found = await run('search', '--json', 'engine number 4');
    expect(JSON.parse(found.stdout.split('\n')[0] ?? '')).toMatchObject({
      paperId: 'arxiv:2401.00004',
      url: 'https://arxiv.org/abs/2401.00004',
    });
    expect((await run('papers')).stdout).toMatch(/\n2 papers\n$/);
  });

  it('takes a packed file, and reads it once', async () => {
    const { run } = fresh();
    const file = join(root, 'k.jsonl.gz');
    expect((await run('ingest', file)).stdout).toMatch(/^4 papers/);
    const { code, stdout, stderr } = await run('ingest', file);
    expect([code, stdout]).toEqual([0, '4 papers in the index, 4 of them embedded.\n']);
    expect(stderr).toContain('k.jsonl.gz: going on after line 5.\n');
    expect(stderr).toContain('k.jsonl.gz: 0 added, 0 changed, 0 already there, 0 refused\n');
  });

  it('ends with 1 when no line is a paper', async () => {
    const { dataDir, run } = fresh();
    const file = `${dataDir}.jsonl`;
    writeFileSync(file, readFileSync(join(root, 'k.jsonl.gz')).subarray(5));
    const { code, stderr } = await run('ingest', file);
    expect(code).toBe(1);
    expect(stderr).toMatch(/:1: refused: it is not UTF-8 text; save the file as UTF-8/);
  });

  it('says that a file is not there, before anything is made', async () => {
    const { code, stderr } = await fresh().run('ingest', 'nowhere.jsonl');
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/Cannot read nowhere.jsonl: there is no such file/),
    ]);
  });
});

describe('readBulkChoice', () => {
  it('tells files with one paper a line from other paths', () => {
    const given = ['a.jsonl', 'b.txt', 'c.JSONL.gz', 'pages', 'arxiv-metadata.json', 'd.ndjson'];
    expect(readBulkChoice(given, { category: ['cs', 'stat.ML'], from: '2024-02' }, '')).toEqual({
      files: ['a.jsonl', 'c.JSONL.gz', 'arxiv-metadata.json', 'd.ndjson'],
      paths: ['b.txt', 'pages'],
      filter: { categories: ['cs', 'stat.ML'], from: '2024-02-01' },
    });
    expect(readBulkChoice(['b.txt'], {}, '').filter).toEqual({});
  });

  it.each([
    [{ category: ['CS LG'] }, /"CS LG" is no arXiv category; write it as cs.LG/],
    [{ from: 'May' }, /"May" is no date; write it as 2025/],
    [{ from: '2026', to: '2024' }, /--from 2026 is later than --to 2024/],
  ])('says what is wrong with %j', (values, sentence) => {
    expect(() => readBulkChoice(['k.jsonl'], values, 'how')).toThrow(sentence);
  });

  it('refuses its options without such a file', () => {
    expect(() => readBulkChoice(['b.txt'], { category: ['cs.LG'] }, 'how')).toThrow(
      /go with a file of one paper a line .+Usage: how/,
    );
  });
});
