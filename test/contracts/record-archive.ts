import { beforeEach, describe, expect, it } from 'vitest';
import { assimilate } from '../../src/papers/assimilate.ts';
import { foldTitle } from '../../src/papers/fold.ts';
import { titleId } from '../../src/papers/paper-id.ts';
import type { PaperRecord } from '../../src/papers/paper-record.ts';
import { paperOfRecord } from '../../src/papers/record-facts.ts';
import { worksOf } from '../../src/papers/works.ts';
import { makeChunk } from '../fakes/made-up-chunks.ts';
import { randomRecord } from '../papers/made-records.ts';
import { seededRandom } from '../papers/seeded-random.ts';
import type { Index } from './paper-index.ts';

const page: PaperRecord = {
  source: 'pages',
  origins: [{ page: "it's.txt", line: 3 }],
  title: "Nets, 'quoted' & naïve",
  abstract: 'We study nets.',
};
const arxiv: PaperRecord = {
  ...page,
  source: 'arxiv-oai',
  arxivId: '2401.00001',
  version: 2,
  fetchedAt: '2026-11-26T00:00:00.000Z',
};

/** How an index keeps what several sources say; `open` gives an empty one each time. */
export function testRecordArchive(name: string, open: () => Promise<Index>): void {
  describe(`${name} as the archive of records`, () => {
    let index: Index;
    beforeEach(async () => {
      index = await open();
    });
    const all = async () => {
      const papers = (await Array.fromAsync(index.papers())).flat();
      return papers.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    };

    it('takes empty lists', async () => {
      await index.saveRecords([]);
      await index.dropPapers([]);
      expect(await index.keptRecords({ paperIds: [], titleIds: [] })).toEqual([]);
      expect(await index.papersByTitleKeys([])).toEqual([]);
    });

    it('finds papers by folded title, all of one title', async () => {
      const two = [arxiv, { ...arxiv, arxivId: '2402.00002' }].map(paperOfRecord);
      await index.savePapers([...two, paperOfRecord({ ...page, title: 'Other' })]);
      const found = await index.papersByTitleKeys([foldTitle(page.title), "x') OR 1=1 --"]);
      expect(found.map(({ id }) => id).sort()).toEqual(two.map(({ id }) => id));
    });

    it('keeps records by paper and title, and replaces those of one key', async () => {
      const { id } = paperOfRecord(arxiv);
      const kept = [page, arxiv].map((record) => ({ paperId: id, record }));
      await index.saveRecords(kept.map((one) => ({ ...one, raw: '{"as":"it came"}' })));
      const byPaper = await index.keptRecords({ paperIds: [id], titleIds: [] });
      expect(byPaper.map(({ record }) => record)).toEqual(expect.arrayContaining([page, arxiv]));
      const other = titleId('Unheard of');
      expect(await index.keptRecords({ paperIds: [other], titleIds: [other] })).toEqual([]);
      await index.saveRecords([{ paperId: titleId(page.title), record: page }]);
      const byTitle = await index.keptRecords({ paperIds: [], titleIds: [titleId(page.title)] });
      expect(byTitle.map(({ paperId }) => paperId).sort()).toEqual(
        [id, titleId(page.title)].sort(),
      );
      await index.optimiseWords();
    });

    it('drops papers with their vectors', async () => {
      const [one, two] = [paperOfRecord(page), paperOfRecord(arxiv)];
      await index.savePapers([one, two]);
      await index.saveChunks([makeChunk({ paper: one.id }), makeChunk({ paper: two.id })]);
      await index.dropPapers([one.id]);
      expect((await all()).map(({ id }) => id)).toEqual([two.id]);
      expect(await index.status()).toMatchObject({ papers: 1, embedded: 1 });
      expect([...(await index.chunkStamps([one.id, two.id])).keys()]).toEqual([two.id]);
    });

    it('finds a paper that got a better id by its old one', async () => {
      for (const record of [page, arxiv])
        await assimilate({ archive: index, records: [{ record }] });
      const found = await index.papersById([titleId(page.title), titleId('Unheard of')]);
      expect(found.map(({ paper }) => paper.id)).toEqual(['arxiv:2401.00001']);
    });

    it('holds the same papers as their records make, however they came', async () => {
      const random = seededRandom(11);
      const records = Array.from({ length: 60 }, () => randomRecord(random, 12));
      const sourced = records.map((record) => ({ record }));
      for (let at = 0; at < sourced.length; at += 20) {
        await assimilate({ archive: index, records: sourced.slice(at, at + 20) });
      }
      const expected = worksOf(records).map(({ paper }) => paper);
      expect(await all()).toEqual(expected.toSorted((a, b) => (a.id < b.id ? -1 : 1)));
    });
  });
}
