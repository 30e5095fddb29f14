import { beforeEach, describe, expect, it } from 'vitest';
import type { Paper, PaperId } from '../../src/papers/paper.ts';
import type { PaperArchive } from '../../src/papers/paper-archive.ts';
import { analyse } from '../../src/retrieval/analyzer.ts';
import type { PaperFilter, PaperIndex } from '../../src/retrieval/paper-index.ts';
import { dot } from '../../src/retrieval/signals.ts';
import type { VectorArchive } from '../../src/retrieval/vector-archive.ts';
import { DIMENSIONS, makeChunk, unitVector } from '../fakes/made-up-chunks.ts';
import { indexed, makePaper } from '../retrieval/indexed-paper.ts';

export type Index = PaperIndex & PaperArchive & VectorArchive;

const HOSTILE = ["x') OR 1=1 --", "it's", "''", "\\'", '"; DROP TABLE papers; --', 'ünï\n%_', "'"];
const graphs = makePaper('Graphs of organisations', 'We study the running of universities.');
const speech = makePaper('Speech', 'Audio only.', {
  date: '2024-05-01',
  sources: [
    { page: 'a.txt', line: 1 },
    { page: 'b.txt', line: 9 },
  ],
});
const vision = makePaper('视觉模型', 'Images, naïvely.', {
  date: '2025-01-31',
  dateInferred: true,
  arxivId: '2501.00001',
  authorCount: 3,
  sources: [{ page: 'b.txt', line: 5 }],
});

/** What the ports of the index hold to; `open` gives an empty one each time. */
export function testPaperIndex(name: string, open: () => Promise<Index>): void {
  describe(`${name} as the index`, () => {
    let index: Index;
    beforeEach(async () => {
      index = await open();
    });
    const find = (words: string, filter?: PaperFilter) =>
      index.searchLexical({ query: analyse(words), limit: 10, ...(filter && { filter }) });
    const nearest = (seed: number, filter?: PaperFilter) =>
      index.searchDense({ query: unitVector(seed), limit: 100, ...(filter && { filter }) });
    const all = async () => (await Array.fromAsync(index.papers())).flat();

    it('finds nothing while empty', async () => {
      expect(await find('graph')).toEqual([]);
      expect(await nearest(1)).toEqual([]);
      expect(await all()).toEqual([]);
      expect(await Array.fromAsync(index.sample(5))).toEqual([]);
      expect(await index.status()).toMatchObject({ papers: 0, embedded: 0, dated: 0 });
      expect(await index.pageHash('a.txt')).toBeUndefined();
    });

    it('takes empty lists', async () => {
      await index.savePapers([]);
      await index.saveChunks([]);
      await index.optimiseWords();
      await index.optimiseVectors();
      expect(await index.papersById([])).toEqual([]);
      expect(await index.papersByIds([])).toEqual(new Map());
      expect(await index.sentenceVectors([])).toEqual(new Map());
      expect(await index.chunkStamps([])).toEqual(new Map());
      expect(await index.chunksByText([])).toEqual([]);
      expect(await index.searchLexical({ query: [], limit: 5 })).toEqual([]);
    });

    it('gives papers back as they were saved', async () => {
      await index.savePapers([graphs, speech, vision]);
      expect(await index.papersByIds([vision.id, speech.id])).toEqual(
        new Map([vision, speech].map((paper) => [paper.id, paper])),
      );
      expect(await index.papersById([vision.id])).toEqual([indexed(vision)]);
      expect(await index.papersByIds(['title:none' as PaperId])).toEqual(new Map());
      expect(byId(await all())).toEqual(byId([graphs, speech, vision]));
    });

    it('saves the same papers twice as once', async () => {
      for (const _ of ['once', 'twice']) await index.savePapers([graphs, speech]);
      expect(byId(await all())).toEqual(byId([graphs, speech]));
      expect(await find('graphs')).toEqual([graphs.id]);
    });

    it('replaces a paper of the same id, its words too', async () => {
      await index.savePapers([graphs]);
      await index.optimiseWords();
      await index.savePapers([{ ...graphs, abstract: 'We study molecules.' }]);
      expect(await find('molecules')).toEqual([graphs.id]);
      expect(await find('universities')).toEqual([]);
      expect((await index.status()).papers).toBe(1);
    });

    it('finds words at once after a save, before and after they are folded in', async () => {
      await index.savePapers([graphs]);
      for (const word of ['graph', 'universities', 'organisation', 'running']) {
        expect(await find(word)).toEqual([graphs.id]);
      }
      await index.optimiseWords();
      await index.savePapers([speech, vision]);
      for (const word of ['university', 'organisations'])
        expect(await find(word)).toEqual([graphs.id]);
      for (const word of ['模型', 'image']) expect(await find(word)).toEqual([vision.id]);
      expect(await find('naive')).toEqual([vision.id]);
      expect(await find('unheard')).toEqual([]);
      await index.optimiseWords();
      expect(await find('audio images')).toHaveLength(2);
      expect(await find('audio graphs universities')).toEqual([graphs.id, speech.id]);
    });

    it('filters words by days, both included, and by pages', async () => {
      await index.savePapers(
        [graphs, speech, vision].map((paper) => ({ ...paper, title: 'Shared' })),
      );
      const cases: readonly (readonly [PaperFilter, readonly Paper[]])[] = [
        [{}, [graphs, speech, vision]],
        [{ from: '2024-05-01' }, [speech, vision]],
        [{ from: '2024-05-02' }, [vision]],
        [{ to: '2025-01-30' }, [speech]],
        [{ from: '2025-01-31', to: '2025-01-31' }, [vision]],
        [{ sources: ['b.txt'] }, [speech, vision]],
        [{ sources: ['page.txt', 'a.txt'] }, [graphs, speech]],
        [{ sources: ['b.txt'], to: '2024-12-31' }, [speech]],
        [{ sources: [] }, []],
      ];
      for (const [filter, papers] of cases) {
        const found = await find('shared', filter);
        expect(new Set(found), JSON.stringify(filter)).toEqual(new Set(papers.map(({ id }) => id)));
        expect(await index.count(filter)).toBe(papers.length);
      }
    });

    it('ranks vectors by their exact cosine', async () => {
      const chunks = Array.from({ length: 60 }, (_, n) =>
        makeChunk({ paper: `title:${n}`, seed: n }),
      );
      await index.saveChunks(chunks);
      await index.optimiseVectors();
      const expected = chunks
        .map(({ paperId, vector }) => ({ paperId, cosine: dot(vector, unitVector(1_000)) }))
        .sort((a, b) => b.cosine - a.cosine);
      const hits = await nearest(1_000);
      expect(hits.map(({ paperId }) => paperId)).toEqual(expected.map(({ paperId }) => paperId));
      hits.forEach(({ cosine }, at) => {
        expect(cosine).toBeCloseTo(expected[at]?.cosine ?? Number.NaN, 4);
      });
    });

    it('gives a paper once, with its nearest part, and filters vectors alike', async () => {
      const about = { date: '2024-05-01', sources: ['b.txt'] };
      await index.saveChunks([
        makeChunk({ paper: 'title:1', part: 0, seed: 1, ...about }),
        makeChunk({ paper: 'title:1', part: 1, seed: 2, ...about }),
        makeChunk({ paper: 'title:2', seed: 3 }),
      ]);
      const [first, second, ...more] = await nearest(2);
      expect([first?.paperId, second?.paperId, more]).toEqual(['title:1', 'title:2', []]);
      expect(first?.cosine).toBeCloseTo(1, 4);
      for (const filter of [{ from: '2024-05-01' }, { sources: ['b.txt'] }]) {
        expect((await nearest(3, filter)).map(({ paperId }) => paperId)).toEqual(['title:1']);
      }
      expect(await nearest(3, { to: '2020-01-01' })).toEqual([]);
    });

    it('gives sentence vectors in order, parts joined, the title once', async () => {
      const one = makeChunk({ paper: 'title:1', part: 0, seed: 1, sentences: [9, 1, 2] });
      const two = makeChunk({ paper: 'title:1', part: 1, seed: 2, sentences: [9, 3] });
      const other = makeChunk({ paper: 'title:2', seed: 3, sentences: [8] });
      await index.saveChunks([two, other, one]);
      const ids = ['title:1', 'title:2', 'title:3'] as PaperId[];
      const found = await index.sentenceVectors(ids);
      expect([...found.keys()].sort()).toEqual(['title:1', 'title:2']);
      const seeds = [9, 1, 2, 3];
      const vectors = found.get('title:1' as PaperId) ?? [];
      const cosines = vectors.map((vector, at) => dot(vector, unitVector(seeds[at] ?? 0)));
      expect(cosines.map((cosine) => Math.round(cosine * 100))).toEqual([100, 100, 100, 100]);
    });

    it('keeps a stamp for each paper that has vectors', async () => {
      const parts = [0, 1].map((part) => makeChunk({ paper: 'title:1', part, stamp: 'new' }));
      await index.saveChunks(parts);
      const ids = ['title:1', 'title:2'] as PaperId[];
      expect(await index.chunkStamps(ids)).toEqual(new Map([['title:1', 'new']]));
    });

    it('finds chunks by their text, whichever paper they were made for', async () => {
      const chunk = makeChunk({ paper: 'title:1', textHash: 'abc', date: '2024' });
      await index.saveChunks([chunk, makeChunk({ paper: 'title:2', textHash: 'def' })]);
      const [found, ...more] = await index.chunksByText(['abc', 'none']);
      expect(more).toEqual([]);
      expect(found).toMatchObject({
        paperId: 'title:1',
        part: 0,
        textHash: 'abc',
        date: '2024',
      });
      expect(found?.vector).toEqual(chunk.vector);
      expect(found?.sentences).toHaveLength(chunk.sentences.length);
      expect(found?.sources).toEqual(chunk.sources);
    });

    it('drops the parts that a shorter text no longer has, and no others', async () => {
      const parts = [0, 1, 2].map((part) => makeChunk({ paper: 'title:1', part, seed: part }));
      await index.saveChunks([...parts, makeChunk({ paper: 'title:2', part: 1, seed: 5 })]);
      await index.saveChunks([makeChunk({ paper: 'title:1', part: 0, seed: 7, textHash: 'new' })]);
      const id = 'title:1' as PaperId;
      expect((await index.sentenceVectors([id])).get(id)).toHaveLength(2);
      expect(await nearest(5)).toHaveLength(2);
      expect((await index.chunksByText(['new'])).map(({ part }) => part)).toEqual([0]);
    });

    it('counts what it holds and changes its versions with it', async () => {
      const before = await index.status();
      await index.savePapers([graphs, speech, vision]);
      const words = await index.status();
      await index.saveChunks([0, 1].map((part) => makeChunk({ paper: graphs.id, part })));
      const vectors = await index.status();
      expect(words).toMatchObject({ papers: 3, embedded: 0, dated: 2 });
      expect(vectors).toMatchObject({ papers: 3, embedded: 1, dated: 2 });
      expect(words.version).not.toBe(before.version);
      expect(vectors.version).toBe(words.version);
      expect(vectors.vectorVersion).not.toBe(words.vectorVersion);
    });

    it('keeps what each page was read with', async () => {
      await index.savePage('a.txt', 'one');
      await index.savePage('a.txt', 'two');
      expect(await index.pageHash('a.txt')).toBe('two');
      expect(await index.pageHash('A.txt')).toBeUndefined();
    });

    it.each(HOSTILE)('takes %s for a name like any other', async (name) => {
      const id = `title:${name}` as PaperId;
      const paper: Paper = { ...graphs, id, sources: [{ page: name, line: 1 }] };
      await index.savePapers([paper, speech]);
      await index.saveChunks([makeChunk({ paper: id, sources: [name], textHash: name })]);
      await index.savePage(name, name);
      expect(await index.pageHash(name)).toBe(name);
      expect(await index.pages()).toEqual([name, 'a.txt', 'b.txt'].sort());
      expect([...(await index.papersByIds([id])).keys()]).toEqual([id]);
      expect(await find('graphs speech', { sources: [name] })).toEqual([id]);
      expect(await find('graphs speech', { from: name, to: name })).toEqual([]);
      expect(await nearest(2, { sources: [name] })).toHaveLength(1);
      expect(await nearest(2, { sources: [`${name} `] })).toEqual([]);
      expect((await index.chunkStamps([id])).size).toBe(1);
      expect(await index.chunksByText([name])).toHaveLength(1);
      expect((await index.sentenceVectors([id])).get(id)?.[0]).toHaveLength(DIMENSIONS);
    });
  });
}

function byId(papers: readonly Paper[]): readonly Paper[] {
  return papers.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}
