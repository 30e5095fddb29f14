import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findByIds } from '../../../src/papers/sources/arxiv-query-client.ts';
import { createArxivSource } from '../../../src/papers/sources/arxiv-source.ts';
import { syncSource } from '../../../src/papers/sync.ts';
import type { ArxivFakePaper } from '../../fakes/arxiv-server.ts';
import { MemoryIndex } from '../../fakes/memory-index.ts';
import { openSourceRig, type SourceRig } from './source-rig.ts';

const LATER = { name: 'FootnoteError', code: 'network' };

let rig: SourceRig;
let archive: MemoryIndex;
let today: string;
beforeEach(async () => {
  rig = await openSourceRig();
  archive = new MemoryIndex();
  today = '2026-11-26';
});
afterEach(() => rig.close());

const parts = () => ({
  site: rig.arxivSite,
  urls: { api: `${rig.arxiv.url}/api/query`, oai: `${rig.arxiv.url}/oai`, feeds: rig.arxiv.url },
  now: () => new Date(`${today}T12:00:00Z`),
});
const sync = (since?: string) =>
  syncSource({
    source: createArxivSource({ ...parts(), category: 'cs.LG', ...(since && { since }) }),
    archive,
    alone: (work) => work(),
  });
const stored = async () => {
  const papers = (await Array.fromAsync(archive.papers())).flat();
  return papers.toSorted((a, b) => (a.id < b.id ? -1 : 1));
};
const paper = (number: number, facts: Partial<ArxivFakePaper> = {}): ArxivFakePaper => ({
  id: `2611.${String(number).padStart(5, '0')}`,
  title: `Paper ${number} & its <signs>`,
  abstract: `We look at ${number} things & find that x < y holds for every one of them, at any size.`,
  ...facts,
});
const asked = () => rig.arxiv.requests.splice(0);

describe('a harvest', () => {
  it('reads the feed of today, then all pages of what changed, one request after another', async () => {
    rig.arxiv.papers = [paper(1, { announced: 'new' }), paper(2), paper(3), paper(4), paper(5)];
    const reports = await sync();
    expect(reports.map(({ label, added, same }) => [label, added, same])).toEqual([
      ['announced 2026-11-26', 1, 0],
      ['changed since 2026-11-19', 1, 0],
      ['changed since 2026-11-19', 2, 0],
      ['changed since 2026-11-19', 1, 0],
    ]);
    expect(asked()).toEqual([
      '/rss/cs.LG',
      '/oai?verb=ListRecords&metadataPrefix=arXivRaw&set=cs:cs:LG&from=2026-11-19',
      '/oai?verb=ListRecords&resumptionToken=token-2026-11-19-2',
      '/oai?verb=ListRecords&resumptionToken=token-2026-11-19-4',
    ]);
    const [first] = await stored();
    expect(first).toMatchObject({
      id: 'arxiv:2611.00001',
      title: 'Paper 1 & its <signs>',
      abstract: paper(1).abstract,
      date: '2026-11-19',
      authors: ['Ada Lovelace', 'Alan Turing', 'Grace Hopper'],
      categories: ['cs.LG', 'cs.AI'],
      license: 'http://creativecommons.org/licenses/by/4.0/',
      announced: ['2026-11-26'],
      provenance: { '*': 'arxiv-oai', announced: 'arxiv-feed' },
    });
    expect(JSON.stringify(first)).not.toContain('secret@example.org');
  });

  it('goes on from the day of the server, if that is no day to come, and fills a week', async () => {
    rig.arxiv.papers = [paper(1)];
    rig.arxiv.responseDate = '2026-11-18T23:00:00Z';
    today = '2026-11-18';
    await sync();
    today = '2026-11-26';
    rig.arxiv.responseDate = '9999-01-01T23:00:00Z';
    rig.arxiv.papers = [
      paper(1),
      paper(2, { datestamp: '2026-11-21' }),
      paper(3, { datestamp: '2026-11-26' }),
    ];
    asked();
    await sync();
    expect(asked()[1]).toContain('from=2026-11-18');
    expect(await stored()).toHaveLength(3);
    await sync();
    expect(asked()[1]).toContain('from=2026-11-26');
  });

  it('does not ask again for a feed that has not changed', async () => {
    rig.arxiv.papers = [paper(1, { announced: 'new' })];
    await sync();
    const reports = await sync();
    expect(rig.arxiv.notModified).toBe(1);
    expect(reports).toHaveLength(1);
  });

  it('reads again from an earlier day where one is given', async () => {
    rig.arxiv.papers = [paper(1)];
    await sync();
    asked();
    await sync('2026-11-22');
    expect(asked()[1]).toContain('from=2026-11-22');
    await sync('2026-11-26');
    expect(asked()[1]).toContain('from=2026-11-26');
  });

  it.each([
    ['not there', { status: 404, body: 'Not found' }, 'gives no feed of "cs.LG"'],
    ['cut off', { body: '<rss version="2.0"><channel>' }, 'its feed is not what it should be'],
  ])('goes on without a feed that is %s, and tells it', async (_, fault, sentence) => {
    rig.arxiv.papers = [paper(1), paper(2), paper(3)];
    rig.arxiv.script(fault);
    await expect(sync()).rejects.toMatchObject({
      ...LATER,
      message: expect.stringContaining(sentence),
    });
    expect(await stored()).toHaveLength(3);
  });

  it('takes an empty feed and no changes for what they are', async () => {
    expect((await sync()).map(({ added }) => added)).toEqual([0, 0]);
    expect(await stored()).toEqual([]);
  });

  it('leaves out old papers of which some detail changed, unless they are stored', async () => {
    const old = paper(7, { id: '1501.00007', submitted: '2015-01-05' });
    rig.arxiv.papers = [old, paper(1), { ...old, id: '1501.00008', announced: 'replace' }];
    const reports = await sync();
    expect(reports.reduce((sum, { passedOver }) => sum + passedOver, 0)).toBe(3);
    expect((await stored()).map(({ id }) => id)).toEqual(['arxiv:2611.00001']);
  });

  it('marks papers that were withdrawn or deleted', async () => {
    rig.arxiv.papers = [paper(1), paper(2), paper(3)];
    await sync();
    rig.arxiv.papers = [
      paper(1, {
        version: 2,
        comments: 'This paper has been withdrawn by the author due to an error',
      }),
      paper(2, { isDeleted: true }),
      paper(3, { comments: 'Replaces the withdrawn arXiv:2501.00001' }),
    ].map((one) => ({ ...one, datestamp: '2026-11-26' }));
    today = '2026-11-27';
    const reports = await sync();
    expect(reports.at(-2)).toMatchObject({ withdrawn: 2 });
    expect((await stored()).map(({ withdrawn }) => withdrawn)).toEqual([true, true, undefined]);
  });

  describe('that is cut short', () => {
    beforeEach(async () => {
      rig.arxiv.papers = [1, 2, 3, 4, 5].map((number) => paper(number));
      const busy = { status: 503, headers: { 'retry-after': '1' } };
      rig.arxiv.script(undefined, undefined, busy, busy, busy);
      await expect(sync()).rejects.toMatchObject(LATER);
      expect(await stored()).toHaveLength(2);
      asked();
    });

    it('goes on with its token', async () => {
      await sync();
      expect(asked()[1]).toBe('/oai?verb=ListRecords&resumptionToken=token-2026-11-19-2');
      expect(await stored()).toHaveLength(5);
    });

    it('begins anew where its token is too old', async () => {
      rig.arxiv.tokens.clear();
      await sync();
      expect(asked().slice(1, 3)).toEqual([
        '/oai?verb=ListRecords&resumptionToken=token-2026-11-19-2',
        '/oai?verb=ListRecords&metadataPrefix=arXivRaw&set=cs:cs:LG&from=2026-11-19',
      ]);
      expect(await stored()).toHaveLength(5);
    });
  });
});

describe('"try later" is never "no papers"', () => {
  const cut = '<?xml version="1.0"?><OAI-PMH><ListRecords><record><header>';
  it.each([
    ['406', { status: 406 }, 3],
    ['429 without a time', { status: 429, body: 'Rate exceeded.' }, 3],
    ['503 with Retry-After', { status: 503, headers: { 'retry-after': '20' } }, 3],
    ['a web page', { headers: { 'content-type': 'text/html' }, body: '<html><p>Hi</html>' }, 1],
    ['a list that is cut off', { body: cut }, 1],
    ['a list of nothing', { body: '<OAI-PMH><ListRecords></ListRecords></OAI-PMH>' }, 1],
    [
      'an error that is none we know',
      { body: '<OAI-PMH><error code="badArgument">x</error></OAI-PMH>' },
      1,
    ],
    ['entities of its own', { body: '<!DOCTYPE a [<!ENTITY b "c">]><OAI-PMH>&b;</OAI-PMH>' }, 1],
  ])('%s', async (_, fault, times) => {
    rig.arxiv.papers = [paper(1)];
    const feed = { body: '<rss version="2.0"><channel></channel></rss>' };
    rig.arxiv.script(feed, ...Array.from({ length: times }, () => fault));
    await expect(sync()).rejects.toMatchObject(LATER);
    expect(asked()).toHaveLength(1 + times);
    await sync();
    expect(await stored()).toHaveLength(1);
  });
});

describe('politeness', () => {
  it('holds over two processes: never two requests at once or too near', async () => {
    rig.arxiv.papers = [1, 2, 3].map((number) => paper(number));
    const other = await rig.anotherArxivSite();
    const ids = ['2611.00001', '2611.00002', '2611.00003'];
    const ask = (site: typeof other, id: string) => findByIds({ ...parts(), site }, { ids: [id] });
    const found = await Promise.all([
      ...ids.map((id) => ask(rig.arxivSite, id)),
      ...ids.map((id) => ask(other, id)),
    ]);
    expect(found.map(({ items }) => items.length)).toEqual([1, 1, 1, 1, 1, 1]);
    expect(rig.arxiv.busiest).toBe(1);
  });

  it('counts a redirect as a request of its own', async () => {
    rig.arxiv.papers = [paper(1)];
    const to = `${rig.arxiv.url}/api/query?id_list=2611.00001`;
    rig.arxiv.script({ status: 301, headers: { location: to } });
    expect((await findByIds(parts(), { ids: ['2611.00001'] })).items).toHaveLength(1);
    expect(asked()).toHaveLength(2);
  });

  it('is watched by the server that stands for arXiv', async () => {
    const strict = await openSourceRig();
    strict.arxiv.gapMs = 500;
    const about = {
      ...parts(),
      site: strict.arxivSite,
      urls: { ...parts().urls, api: `${strict.arxiv.url}/api/query` },
    };
    await findByIds(about, { ids: ['2611.00001'] });
    await findByIds(about, { ids: ['2611.00002'] });
    await expect(strict.close()).rejects.toThrow('two requests within');
  });
});

it('a category that arXiv does not have is refused at once', () => {
  expect(() => createArxivSource({ ...parts(), category: 'bogus.XX' })).toThrow('no category');
});
