import { beforeEach, describe, expect, it } from 'vitest';
import type { Paper } from '../../src/papers/paper.ts';
import { embedPapers } from '../../src/retrieval/embed-papers.ts';
import type { PaperFilter } from '../../src/retrieval/paper-index.ts';
import type { Retrieval } from '../../src/retrieval/passage.ts';
import type { RetrievalRequest } from '../../src/retrieval/query.ts';
import { createRetriever, type Retriever } from '../../src/retrieval/retriever.ts';
import { MemoryIndex } from '../fakes/memory-index.ts';
import { WordCountEmbedder } from '../fakes/word-count-embedder.ts';
import { makePaper } from './indexed-paper.ts';

const routing = makePaper(
  'RouteLLM: Learning to Route',
  'We route queries between strong and weak models. Costs fall by half.',
  { date: '2024-06-26', sources: [{ page: 'a.txt', line: 1 }] },
);
const molecules = makePaper(
  'Graph attention for molecules',
  'We attend over atoms and bonds. Energy errors fall.',
  { date: '2023-01-01', sources: [{ page: 'b.txt', line: 1 }] },
);
const speech = makePaper('Speech recognition', 'We recognise noisy speech in cars.', {
  sources: [{ page: 'b.txt', line: 3 }],
});
const papers = [routing, molecules, speech];

let index: MemoryIndex;
let embedder: WordCountEmbedder;
let retriever: Retriever;
beforeEach(() => {
  index = new MemoryIndex();
  embedder = new WordCountEmbedder();
  retriever = createRetriever({ index, embedder });
});

async function fill(stored: readonly Paper[] = papers): Promise<void> {
  await index.savePapers(stored);
  await embedPapers({ archive: index, embedder });
}
const ask = (question: string, more: Partial<RetrievalRequest> = {}) =>
  retriever.retrieve({ question, ...more });
const ids = ({ passages }: Retrieval) => passages.map(({ paper }) => paper.id);

describe('createRetriever', () => {
  it('brings nothing that was taken back, though it is kept', async () => {
    await fill([routing, { ...molecules, withdrawn: true }, speech]);
    const found = await ask('Which graph models attend over atoms?');
    expect(ids(found)).not.toContain(molecules.id);
    expect(found.status.papers).toBe(3);
    expect(ids(await ask(molecules.title))).not.toContain(molecules.id);
  });

  it('ranks the paper that a question is about first, with ranks from 1', async () => {
    await fill();
    const { passages, mode, status } = await ask('Which graph models attend over atoms?');
    expect(passages.map(({ rank }) => rank)).toEqual([1, 2, 3]);
    expect(passages[0]?.paper).toEqual(molecules);
    expect([mode, status.papers]).toEqual(['hybrid', 3]);
    const scores = passages.map(({ score }) => score);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
  });

  it('finds nothing in an empty index, without a model', async () => {
    const { passages, status, query } = await ask('graph attention');
    expect([passages, status.papers]).toEqual([[], 0]);
    expect(query.unknownWords).toEqual(['graph', 'attention']);
    expect(embedder.queries).toEqual([]);
  });

  it('ranks by words alone while vectors are missing, and by both as soon as they are there', async () => {
    await index.savePapers(papers);
    const before = await ask('atoms and bonds');
    expect(before.mode).toBe('words');
    expect(ids(before)).toEqual([molecules.id]);
    expect(before.passages[0]?.signals).toMatchObject({ dense: 0, sentences: 0 });
    expect(before.passages[0]?.sentences).toEqual([]);
    expect(embedder.queries).toEqual([]);
    await embedPapers({ archive: index, embedder });
    const after = await ask('atoms and bonds');
    expect(after.mode).toBe('hybrid');
    expect(after.passages).toHaveLength(3);
    expect(after.passages[0]?.signals.dense).toBeGreaterThan(0.1);
  });

  it('stays with words while fewer than nine papers of ten have vectors', async () => {
    const many = Array.from({ length: 20 }, (_, n) => makePaper(`Graphs ${n}`, `Text ${n}.`));
    await fill(many.slice(0, 17));
    await index.savePapers(many);
    expect((await ask('graphs')).mode).toBe('words');
    await index.savePapers(many.slice(0, 1));
    await embedPapers({ archive: index, embedder });
    expect((await ask('graphs')).mode).toBe('hybrid');
  });

  it('says how near each sentence of the abstract is, in order', async () => {
    await fill();
    const { passages } = await ask('Energy errors fall.');
    const found = passages.find(({ paper }) => paper.id === molecules.id);
    expect(found?.sentences).toHaveLength(2);
    expect(found?.sentences[1]?.question).toBeCloseTo(1, 2);
    expect(found?.sentences[0]?.question).toBeLessThan(0.9);
  });

  it('looks for the sentence nearest to each clause', async () => {
    await fill();
    const { passages, query } = await ask(
      'Which models attend over atoms; which energy errors fall greatly?',
    );
    expect(query.clauses).toHaveLength(2);
    const [first] = passages;
    expect(first?.paper.id).toBe(molecules.id);
    expect(first?.signals.clauses).toBeGreaterThan(first?.signals.dense ?? 1);
    for (const { question, clause } of first?.sentences ?? []) {
      expect(clause).toBeGreaterThanOrEqual(question);
    }
  });

  it('gives a paper split into parts once, with all its sentences', async () => {
    const sentences = Array.from({ length: 130 }, (_, n) => `Bond ${n} holds two atoms together.`);
    const long = makePaper('Bonds', sentences.join(' '));
    await fill([long, speech]);
    const retrieval = await ask('Which bond holds atoms together?');
    expect(ids(retrieval)).toEqual([long.id, speech.id]);
    expect(retrieval.passages[0]?.sentences).toHaveLength(130);
  });

  it.each([
    [{ from: '2024-01-01' }, [routing.id]],
    [{ to: '2023-12-31' }, [molecules.id]],
    [{ sources: ['b.txt'] }, [molecules.id, speech.id]],
    [{ sources: ['b.txt'], from: '2000-01-01' }, [molecules.id]],
    [{ sources: ["x') OR 1=1 --"] }, []],
    [{ from: '2024-01-01', to: '2023-12-31' }, []],
  ])('finds only papers within %j', async (filter, expected) => {
    await fill();
    for (const question of ['atoms, speech and routing of queries', 'fall']) {
      expect(new Set(ids(await ask(question, { filter })))).toEqual(new Set(expected));
    }
  });

  it('names the paper that a question names, and lifts it', async () => {
    await fill();
    const [first] = (await ask('what is routellm')).passages;
    expect(first?.paper.id).toBe(routing.id);
    expect(first?.mention?.names).toEqual(['routellm']);
  });

  it('answers a follow-up about the paper of the question before', async () => {
    await fill();
    const following = (question: string) => ask('and how good is it?', { history: [question] });
    expect(ids(await following('Who can recognise noisy speech in cars?'))[0]).toBe(speech.id);
    expect(ids(await following('Who attends over atoms and bonds?'))[0]).toBe(molecules.id);
  });

  it('gives ten passages, or as many as it is asked for', async () => {
    await fill(Array.from({ length: 14 }, (_, n) => makePaper(`Graphs ${n}`, `Text ${n}.`)));
    expect((await ask('graphs')).passages).toHaveLength(10);
    expect((await ask('graphs', { limit: 3 })).passages).toHaveLength(3);
    expect((await ask('graphs', { limit: 100 })).passages).toHaveLength(14);
  });

  it('gives equal papers in one order, whatever the order in which they were stored', async () => {
    const equal = ['A', 'B', 'C', 'D'].map((page) =>
      makePaper('Graph attention', 'We attend.', {
        id: `title:${page}` as Paper['id'], // made up
        sources: [{ page, line: 1 }],
      }),
    );
    await fill(equal);
    const other = new MemoryIndex();
    await other.savePapers(equal.toReversed());
    await embedPapers({ archive: other, embedder });
    const [one, two] = await Promise.all(
      [index, other].map((of) =>
        createRetriever({ index: of, embedder }).retrieve({ question: 'graph attention' }),
      ),
    );
    expect(one && ids(one)).toEqual(equal.map(({ id }) => id));
    expect(two && ids(two)).toEqual(one && ids(one));
  });

  it('counts what a filter leaves, and names the pages where one is not known', async () => {
    await fill();
    const filtered = async (filter: PaperFilter) => (await ask('graphs', { filter })).filtered;
    expect(await filtered({ from: '2023-01-01', to: '2023-12-31' })).toEqual({ papers: 1 });
    expect(await filtered({ sources: ['b.txt'] })).toEqual({ papers: 2 });
    const pages = ['a.txt', 'b.txt'];
    const unknown = { unknownPages: ['c.txt'], pages };
    expect(await filtered({ sources: ['c.txt'] })).toEqual({ papers: 0, ...unknown });
    expect(await filtered({ sources: ['b.txt', 'c.txt'] })).toEqual({ papers: 2, ...unknown });
    expect(await ask('graphs')).not.toHaveProperty('filtered');
  });

  it('gives the same answer again', async () => {
    await fill();
    const [one, two] = [await ask('speech in cars'), await ask('speech in cars')];
    expect({ ...two, ms: {}, statistics: {} }).toEqual({ ...one, ms: {}, statistics: {} });
  });

  it('sees papers and words that were added or changed between two questions', async () => {
    await fill();
    expect((await ask('quantum annealing')).query.unknownWords).toEqual(['quantum', 'annealing']);
    await fill([{ ...speech, abstract: 'Now about quantum annealing.' }]);
    const { passages, query } = await ask('quantum annealing');
    expect(query.unknownWords).toEqual([]);
    expect(passages[0]?.paper.abstract).toBe('Now about quantum annealing.');
  });

  it('reads the statistics once for all questions', async () => {
    await fill();
    await Promise.all(['atoms', 'bonds', 'speech'].map((question) => ask(question)));
    expect(index.calls.sample).toBe(1);
  });

  // A reading that failed was kept like one that did not, until the papers changed.
  it('reads the statistics again after it failed', async () => {
    await fill();
    index.failNext('sample', new Error('lost for a moment'));
    await expect(ask('atoms')).rejects.toThrow('lost for a moment');
    expect(ids(await ask('atoms'))[0]).toBe(molecules.id);
  });

  it('times its steps', async () => {
    await fill();
    expect(Object.keys((await ask('atoms')).ms)).toEqual(['read', 'embed', 'search', 'rank']);
  });

  it.each(['', '?!', 'the of and', '图神经网络', '😀', 'a'.repeat(2_000), "x') OR 1=1 --"])(
    'takes "%.20s"',
    async (question) => {
      await fill();
      for (const { score } of (await ask(question)).passages) expect(score).not.toBeNaN();
    },
  );
});
