import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { assimilate } from '../../src/papers/assimilate.ts';
import type { Paper } from '../../src/papers/paper.ts';
import { titleId } from '../../src/papers/paper-id.ts';
import type { PaperRecord } from '../../src/papers/paper-record.ts';
import { worksOf } from '../../src/papers/works.ts';
import { MemoryIndex } from '../fakes/memory-index.ts';
import { randomRecord } from './made-records.ts';
import { seededRandom, shuffled } from './seeded-random.ts';

const ABSTRACT = 'We train graph networks over molecules. They need few labelled samples.';

let archive: MemoryIndex;
beforeEach(() => {
  archive = new MemoryIndex();
});

const tell = (...records: readonly PaperRecord[]) =>
  assimilate({ archive, records: records.map((record) => ({ record })) });
const stored = async (of = archive): Promise<readonly Paper[]> => {
  const papers = (await Array.fromAsync(of.papers())).flat();
  return papers.toSorted((a, b) => (a.id < b.id ? -1 : 1));
};
const record = (facts: Partial<PaperRecord>): PaperRecord => ({
  source: 'arxiv-oai',
  origins: [{ page: 'arxiv', line: 1 }],
  title: 'Graph Nets',
  abstract: ABSTRACT,
  ...facts,
});
const oai = (version: number, facts: Partial<PaperRecord> = {}) =>
  record({
    arxivId: '2401.00001',
    version,
    fetchedAt: `2026-01-0${version}T00:00:00.000Z`,
    ...facts,
  });
const page = record({ source: 'pages', origins: [{ page: 'a.txt', line: 3 }] });

describe('any order of arrival', () => {
  it('of the same 500 records, in any groups, leaves the same papers', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), fc.integer(), async (seed, order) => {
        const random = seededRandom(seed);
        const records = Array.from({ length: 500 }, () => randomRecord(random));
        const expected = worksOf(records).map(({ paper }) => paper);
        expect(new Set(expected.map(({ id }) => id)).size).toBe(expected.length);
        const index = new MemoryIndex();
        const mixed = seededRandom(order);
        const queue = shuffled(mixed, records);
        while (queue.length > 0) {
          const group = queue.splice(0, 1 + Math.floor(mixed() * 60));
          await assimilate({ archive: index, records: group.map((each) => ({ record: each })) });
        }
        expect(await stored(index)).toEqual(expected.toSorted((a, b) => (a.id < b.id ? -1 : 1)));
      }),
      { numRuns: 6 },
    );
  });

  it('leaves the same when everything is told again', async () => {
    const random = seededRandom(7);
    const records = Array.from({ length: 200 }, () => randomRecord(random));
    await tell(...records);
    const before = await stored();
    const outcomes = await tell(...shuffled(random, records));
    expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(new Set(['same']));
    expect(await stored()).toEqual(before);
  });
});

describe('a paper of a saved page', () => {
  it('becomes the arXiv paper of its title, and is found by its old id', async () => {
    await tell(page);
    const [outcome] = await tell(oai(1));
    const old = titleId('Graph Nets');
    expect(outcome).toMatchObject({ kind: 'changed', formerly: [old] });
    const [paper, ...others] = await stored();
    expect(others).toEqual([]);
    expect(paper).toMatchObject({
      id: 'arxiv:2401.00001',
      url: 'https://arxiv.org/abs/2401.00001',
      sources: [
        { page: 'a.txt', line: 3 },
        { page: 'arxiv', line: 1 },
      ],
    });
    expect((await archive.papersById([old])).map((found) => found.paper.id)).toEqual([paper?.id]);
  });

  it('stays itself beside an arXiv paper that has its title alone', async () => {
    await tell(page);
    await tell(oai(1, { abstract: 'An entirely different study of birds and their songs.' }));
    expect((await stored()).map(({ id }) => id)).toEqual([
      'arxiv:2401.00001',
      titleId('Graph Nets'),
    ]);
  });

  it('is left again by what turns out to be another work', async () => {
    await tell(page, oai(1));
    const other = 'An entirely different study of birds and their songs, seen from many places.';
    await assimilate({
      archive,
      records: [{ record: { ...page, abstract: other } }],
      isAnew: true,
    });
    expect((await stored()).map(({ abstract }) => abstract)).toEqual([ABSTRACT, other]);
  });

  it('goes to the smallest of several ids that are alike, whichever came first', async () => {
    await tell(page);
    await tell(oai(1, { arxivId: '2402.00002' }));
    await tell(oai(1));
    const papers = await stored();
    expect(papers.map(({ id, sources }) => [id, sources.length])).toEqual([
      ['arxiv:2401.00001', 2],
      ['arxiv:2402.00002', 1],
    ]);
  });
});

describe('a new version', () => {
  const changed = 'We train graph networks over molecules. They need no labels at all.';

  it('gives its text and keeps what it changed, in sentences', async () => {
    await tell(oai(1));
    await tell(oai(3, { abstract: changed }));
    const [paper] = await stored();
    expect(paper).toMatchObject({
      version: 3,
      abstract: changed,
      change: {
        fromVersion: 1,
        toVersion: 3,
        added: ['They need no labels at all.'],
        removed: ['They need few labelled samples.'],
      },
    });
  });

  it('that comes before an old one is not undone by it', async () => {
    await tell(oai(3, { abstract: changed }));
    await tell(oai(1));
    const [paper] = await stored();
    expect(paper).toMatchObject({ version: 3, abstract: changed, change: { fromVersion: 1 } });
  });

  it('without another sentence shows no change', async () => {
    await tell(oai(1), oai(2));
    expect((await stored())[0]).not.toHaveProperty('change');
  });

  it('that takes the paper back marks it, and one that brings it back unmarks it', async () => {
    await tell(oai(1), oai(2, { withdrawn: true }));
    expect((await stored())[0]).toMatchObject({ withdrawn: true });
    await tell(oai(3));
    expect((await stored())[0]).not.toHaveProperty('withdrawn');
  });
});

describe('facts', () => {
  const hf = record({
    source: 'hugging-face',
    arxivId: '2401.00001',
    origins: [{ page: 'hf', line: 1 }],
    upvotes: 5,
    commentCount: 2,
    listed: [{ date: '2026-01-02', rank: 3 }],
    fetchedAt: '2026-01-02T00:00:00.000Z',
  });

  it('carry who told them', async () => {
    await tell(hf, oai(1, { date: '2024-01-01' }));
    expect((await stored())[0]).toMatchObject({
      upvotes: 5,
      date: '2024-01-01',
      provenance: {
        '*': 'arxiv-oai',
        upvotes: 'hugging-face',
        commentCount: 'hugging-face',
        listed: 'hugging-face',
      },
    });
  });

  it('that are counts are the ones seen last, higher or lower, and lists grow', async () => {
    const later = '2026-01-05T00:00:00.000Z';
    await tell({ ...hf, upvotes: 4, fetchedAt: later, listed: [{ date: '2026-01-05' }] });
    await tell(hf);
    expect((await stored())[0]).toMatchObject({
      upvotes: 4,
      listed: [{ date: '2026-01-05' }, { date: '2026-01-02', rank: 3 }],
    });
  });
});

it('a run that was cut short between its writes is mended by the next', async () => {
  await tell(page);
  archive.failNext('savePapers', new Error('killed'));
  await expect(tell(oai(1))).rejects.toThrow('killed');
  await tell(oai(1));
  expect((await stored()).map(({ id }) => id)).toEqual(['arxiv:2401.00001']);
  archive.failNext('dropPapers', new Error('killed'));
  const other = { ...page, title: 'Other Nets' };
  await tell(other);
  const late = oai(1, { arxivId: '2403.00003', title: 'Other Nets' });
  await expect(tell(late)).rejects.toThrow('killed');
  await tell(late);
  expect((await stored()).map(({ id }) => id)).toEqual(['arxiv:2401.00001', 'arxiv:2403.00003']);
});
