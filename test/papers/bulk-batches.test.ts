import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type BulkFilter, readBulkBatches } from '../../src/papers/bulk-batches.ts';
import { kaggleLine } from './kaggle-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'footnote-batches-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = join(folder, 'arxiv.jsonl');

const read = (lines: readonly string[], filter: BulkFilter = {}, size = 1_000) => {
  writeFileSync(file, lines.join(''));
  return Array.fromAsync(readBulkBatches({ file, page: 'arxiv.jsonl', filter, size }));
};
const versions = (year: number) => ({
  versions: [
    { version: 'v1', created: `Mon, 1 Jul ${year} 10:00:00 GMT` },
    { version: 'v2', created: 'Mon, 1 Jul 2026 10:00:00 GMT' },
  ],
});

describe('readBulkBatches', () => {
  it('reads papers with where they stood, and nobody’s address', async () => {
    const [batch] = await read([kaggleLine(1)]);
    expect(batch?.records).toMatchObject([
      {
        arxivId: '2401.00001',
        title: 'Engine number 1 in two lines',
        abstract: 'We build engine number 1 of brass. It turns.',
        date: '2024-01-01',
        authors: ['Ada Lovelace', 'Charles Babbage'],
        categories: ['cs.LG', 'cs.AI'],
        origins: [{ page: 'arxiv.jsonl', line: 1 }],
      },
    ]);
    expect(JSON.stringify(batch)).not.toContain('example.org');
  });

  it('tells of lines that are no papers, by number and reason, and reads the others', async () => {
    const wrong = [
      '{"id": "2401.1\n',
      '\n',
      '[]\n',
      kaggleLine(2, { title: ' ' }),
      kaggleLine(3, { id: 'x/1' }),
      kaggleLine(4, { abstract: null }),
    ];
    const [batch] = await read([...wrong, kaggleLine(5)]);
    expect(batch?.malformed).toEqual([
      { line: 1, reason: expect.stringContaining('not JSON') },
      { line: 3, reason: expect.stringContaining('no paper') },
      { line: 4, reason: expect.stringContaining('no title') },
      { line: 5, reason: expect.stringContaining('no arXiv id') },
      { line: 6, reason: expect.stringContaining('abstract') },
    ]);
    expect(batch?.records.map(({ arxivId }) => arxivId)).toEqual(['2401.00005']);
  });

  const wanted: readonly (readonly [BulkFilter, readonly string[]])[] = [
    [{}, ['1', '2', '3', '4']],
    [{ categories: ['cs.LG'] }, ['1', '4']],
    [{ categories: ['stat.ML', 'hep-th'] }, ['2', '3']],
    [{ categories: ['cs'] }, ['1', '3', '4']],
    [{ from: '2024-01-01' }, ['1', '2']],
    [{ from: '2019-01-01', to: '2023-12-31' }, ['3']],
    [{ to: '2024-07-01', categories: ['stat'] }, ['2']],
  ];
  it.each(wanted)('leaves out what %j does not want, by the first version', async (filter, ids) => {
    const [batch] = await read(
      [
        kaggleLine(1, { categories: 'cs.LG', ...versions(2025) }),
        kaggleLine(2, { categories: 'stat.ML stat.AP', ...versions(2024) }),
        kaggleLine(3, { categories: 'hep-th cs.CL', ...versions(2023) }),
        kaggleLine(4, { categories: 'q-bio.QM cs.LG', versions: [] }),
      ],
      filter,
    );
    const found = batch?.records.map(({ arxivId = '' }) => arxivId.at(-1));
    expect(found).toEqual(ids);
    expect(batch?.passedOver).toBe(4 - ids.length);
  });

  it('ends a batch at its size, with the position after its last line', async () => {
    const lines = Array.from({ length: 5 }, (_, n) => kaggleLine(n + 1));
    const batches = await read(lines, {}, 2);
    expect(batches.map(({ records }) => records.length)).toEqual([2, 2, 1]);
    expect(batches.map(({ position }) => position.line)).toEqual([2, 4, 5]);
    expect(batches.at(-1)?.position.bytes).toBe(Buffer.byteLength(lines.join('')));
  });

  it('gives one batch of nothing for an empty file', async () => {
    expect(await read([])).toMatchObject([{ records: [], malformed: [], position: { line: 0 } }]);
  });
});
