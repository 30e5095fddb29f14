import { describe, expect, it } from 'vitest';
import { renderBibtex } from '../../../src/bot/commands/bibtex.ts';
import { assimilate } from '../../../src/papers/assimilate.ts';
import { readAnnouncements } from '../../../src/papers/sources/arxiv-feed.ts';
import { readBibtex } from '../../../src/papers/sources/bibtex.ts';
import { readJsonlLine } from '../../../src/papers/sources/jsonl.ts';
import { paperLine } from '../../../src/terminal/render-papers.ts';
import { readShippedPapers } from '../../answer/shipped-papers.ts';
import { MemoryIndex } from '../../fakes/memory-index.ts';

const origin = { page: 'file', line: 7 };
const kaggle = {
  id: '0704.0001',
  submitter: 'secret@example.org',
  authors: "C. Bal\\'azs, E. L. Berger",
  title: 'Calculation of prompt diphoton production cross sections at Tevatron and\n  LHC energies',
  comments: '37 pages, 15 figures; published version',
  'journal-ref': 'Phys.Rev.D76:013009,2007',
  doi: '10.1103/PhysRevD.76.013009',
  'report-no': 'ANL-HEP-PR-07-12',
  categories: 'hep-ph astro-ph.CO 68T05',
  license: null,
  abstract:
    '  A fully differential calculation in perturbative quantum\nchromodynamics is presented.\n',
  versions: [
    { version: 'v1', created: 'Mon, 2 Apr 2007 19:18:42 GMT' },
    { version: 'v2', created: 'Tue, 24 Jul 2007 20:10:27 GMT' },
  ],
  update_date: '2008-11-26',
  authors_parsed: [
    ['Balázs', 'C.', ''],
    ['Berger', 'E. L.', 'Jr.'],
  ],
};

describe("a line of Kaggle's file", () => {
  it('is read with its versions, without who submitted it', () => {
    const read = readJsonlLine(JSON.stringify(kaggle), origin);
    expect(read).toEqual({
      kind: 'record',
      record: {
        source: 'kaggle',
        origins: [origin],
        title:
          'Calculation of prompt diphoton production cross sections at Tevatron and LHC energies',
        abstract:
          'A fully differential calculation in perturbative quantum chromodynamics is presented.',
        arxivId: '0704.0001',
        version: 2,
        date: '2007-04-02',
        updated: '2007-07-24',
        authors: ['C. Balázs', 'E. L. Berger Jr.'],
        categories: ['hep-ph', 'astro-ph.CO'],
        comment: '37 pages, 15 figures; published version',
        journal: 'Phys.Rev.D76:013009,2007',
        doi: '10.1103/PhysRevD.76.013009',
      },
    });
  });

  it.each([
    ['no JSON', '{"id": "0704.', 'it is not JSON'],
    ['a number', '7', 'it is no paper'],
    ['no abstract', JSON.stringify({ ...kaggle, abstract: ' ' }), 'it has no abstract'],
    ['another id', JSON.stringify({ ...kaggle, id: 'x' }), '"x" is no arXiv id'],
    [
      'an abstract of no text',
      JSON.stringify({ ...kaggle, abstract: 7 }),
      "abstract not as in Kaggle's",
    ],
    [
      'endless text',
      JSON.stringify({ ...kaggle, abstract: 'a '.repeat(20_000) }),
      'longer than 20,000',
    ],
  ])('with %s is refused, with its place', (_, line, reason) => {
    expect(readJsonlLine(line, origin)).toMatchObject({
      kind: 'refused',
      place: 'line 7',
      reason: expect.stringContaining(reason),
    });
  });
});

describe('what "papers --json" printed', () => {
  it('gives the same papers back, each with the pages it came from', async () => {
    const papers = readShippedPapers();
    const archive = new MemoryIndex();
    const records = papers.flatMap((paper, at) => {
      const read = readJsonlLine(paperLine(paper), { page: 'export.jsonl', line: at + 1 });
      return read.kind === 'record' ? [read] : [];
    });
    await assimilate({ archive, records });
    const stored = (await Array.fromAsync(archive.papers())).flat();
    const told = stored.map(({ provenance: _provenance, ...paper }) => paper);
    expect(told).toEqual(papers);
  });
});

describe('BibTeX', () => {
  it('is read with accents, braces and months as they are meant', () => {
    const source = `
@article{bal07,
  title = {{A} Fully {\\"U}ber {LHC} Calculation},
  author = {Bal{\\'a}zs, Csaba and {van der} Berg, Eva},
  year = 2007, month = apr,
  journal = {Phys. Rev.},
  eprint = {0704.0001v2}, archivePrefix = {arXiv},
  abstract = {We compute things. They are 3\\% larger.}
}
@misc{noabstract, title={Only a Title}, eprint={2401.00001}}
@misc{neither, title={Nothing Known}}
@comment{ignored}`;
    const { items, wanted } = readBibtex(source, 'refs.bib');
    expect(items).toMatchObject([
      {
        record: {
          title: 'A Fully Über LHC Calculation',
          abstract: 'We compute things. They are 3% larger.',
          authors: ['Csaba Balázs', expect.stringContaining('Berg')],
          arxivId: '0704.0001',
          version: 2,
          date: '2007-04-01',
          journal: 'Phys. Rev.',
          origins: [{ page: 'refs.bib', line: 2 }],
        },
      },
      { kind: 'refused', reason: 'it has no abstract', place: expect.stringContaining('neither') },
    ]);
    expect(wanted).toEqual(['2401.00001']);
  });

  it('of thousands of entries is gone through once, and each has its line', () => {
    const entry = (at: number) =>
      `@misc{k${at},\n title={Paper ${at}},\n abstract={What paper ${at} says.}\n}\n`;
    const { items } = readBibtex(Array.from({ length: 3_000 }, (_, at) => entry(at)).join(''), 'a');
    const lines = items.map((item) => item.kind === 'record' && item.record.origins[0]?.line);
    expect(lines).toEqual(Array.from({ length: 3_000 }, (_, at) => 1 + 4 * at));
  });

  it('that we wrote ourselves names the same arXiv papers', () => {
    const [paper] = readShippedPapers();
    if (paper === undefined) throw new Error('the pages that ship hold papers');
    const { wanted } = readBibtex(renderBibtex([{ ...paper, arxivId: '2401.00001' }]), 'a.bib');
    expect(wanted).toEqual(['2401.00001']);
  });

  it.each(['@article{a, title={never closed', 'no entries at all', '@@@{{{', ''])(
    'that is broken (%j) gives no record',
    (source) => {
      const { items } = readBibtex(source, 'refs.bib');
      expect(items.filter(({ kind }) => kind === 'record')).toEqual([]);
    },
  );
});

describe('an announcement in Atom', () => {
  const feed = (entry: string) =>
    `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/"><updated>2026-11-26T05:00:00+00:00</updated>${entry}</feed>`;
  const entry = `<entry><id>oai:arXiv.org:2611.00001v1</id><title>Nets &amp;amp; Graphs &#x3b5;</title>
    <summary>arXiv:2611.00001v1 Announce Type: cross \nAbstract: We study nets of 3 &lt; 4 nodes.</summary>
    <category term="cs.LG"/><category term="stat.ML"/><published>2026-11-26T00:00:00-05:00</published>
    <arxiv:announce_type>cross</arxiv:announce_type><dc:creator>Ada Lovelace, Alan Turing</dc:creator></entry>`;

  it('is read as one in RSS is', () => {
    expect(readAnnouncements(feed(entry), '2026-11-26T06:00:00Z')).toMatchObject({
      day: '2026-11-26',
      items: [
        {
          record: {
            title: 'Nets &amp; Graphs ε',
            abstract: 'We study nets of 3 < 4 nodes.',
            arxivId: '2611.00001',
            version: 1,
            announced: ['2026-11-26'],
            authors: ['Ada Lovelace', 'Alan Turing'],
            categories: ['cs.LG', 'stat.ML'],
          },
        },
      ],
    });
  });

  it('of another form is refused alone', () => {
    const other = '<entry><title>x</title><summary>y</summary></entry>';
    const items = readAnnouncements(feed(other + entry), '2026-11-26T06:00:00Z')?.items;
    expect(items?.map(({ kind }) => kind)).toEqual(['refused', 'record']);
  });

  it('on a weekend is an empty list, and cut off it is none at all', () => {
    expect(readAnnouncements(feed(''), '')?.items).toEqual([]);
    expect(readAnnouncements(feed(entry).slice(0, -9), '')).toBeUndefined();
  });
});
