import { describe, expect, it } from 'vitest';
import { makePaper, statisticsOf } from './indexed-paper.ts';

const papers = [
  makePaper('Graph transformers', 'We train graph attention (GA) quickly.'),
  makePaper('Speech transformers', 'We train on speech.'),
  makePaper('Vision transformers', 'We train on images.'),
  makePaper('Sparse training', 'Sparse layers.'),
];

describe('createTermStatistics', () => {
  it('counts the papers in which a term stands, not how often', async () => {
    const { papers: count, frequency } = await statisticsOf(papers);
    expect(count).toBe(4);
    expect(['transform', 'graph', 'spars', 'train', 'unheard'].map(frequency)).toEqual([
      3, 1, 1, 4, 0,
    ]);
  });

  it('gives the inverse document frequency of BM25', async () => {
    const { idf } = await statisticsOf(papers);
    // ln(1 + (4 - 3 + .5) / (3 + .5)), ln(1 + 3.5 / 1.5), ln(1 + 4.5 / .5)
    expect(idf('transform')).toBeCloseTo(Math.log(1 + 1.5 / 3.5), 10);
    expect(idf('graph')).toBeCloseTo(1.203973, 6);
    expect(idf('unheard')).toBeCloseTo(Math.log(10), 10);
  });

  it('counts the title twice in the average length', async () => {
    const { averageLength } = await statisticsOf([
      makePaper('Graph networks', 'We train deep graphs.'),
      makePaper('Speech', 'No words.'),
    ]);
    // 2 x 2 + 3 ("train deep graphs") and 2 x 1 + 1 ("words")
    expect(averageLength).toBe((7 + 3) / 2);
  });

  it('reads short forms off the abstracts', async () => {
    expect((await statisticsOf(papers)).acronyms.get('ga')).toBe('graph attention');
  });

  it('holds of no papers at all', async () => {
    const { papers: count, averageLength, idf, respell } = await statisticsOf([]);
    expect([count, averageLength, respell('transform')]).toEqual([0, 0, undefined]);
    expect(idf('graph')).toBeCloseTo(Math.log(2), 10);
  });
});

describe('respell', () => {
  const corpus = (...titles: readonly string[]) =>
    statisticsOf(titles.flatMap((title) => [1, 2, 3].map((n) => makePaper(`${title} ${n}`))));

  it.each([
    ['transfrom', 'transform'],
    ['tranform', 'transform'],
    ['transfomr', 'transform'],
    ['netwrok', 'network'],
    ['sparc', 'spars'],
  ])('takes "%s" for "%s"', async (typed, meant) => {
    const { respell } = await corpus('Transformers', 'Networks', 'Sparse');
    expect(respell(typed)).toBe(meant);
  });

  it('does not touch terms that exist, even where a more frequent one is near', async () => {
    const { respell } = await statisticsOf([
      makePaper('A netwark'),
      ...[1, 2, 3].map((n) => makePaper(`Network ${n}`)),
    ]);
    expect(respell('netwark')).toBeUndefined();
    expect(respell('network')).toBeUndefined();
  });

  it.each([
    ['grph', 'is short'],
    ['gpt4o', 'has a digit'],
    ['metwork', 'begins otherwise'],
    ['newtrok', 'is two edits away and short'],
    ['quantum', 'is like nothing'],
  ])('leaves "%s", which %s', async (typed) => {
    const { respell } = await corpus('Graph networks', 'gpt4a');
    expect(respell(typed)).toBeUndefined();
  });

  it('takes no rare term for what was meant', async () => {
    const { respell } = await statisticsOf([1, 2].map((n) => makePaper(`Transformers ${n}`)));
    expect(respell('transfrom')).toBeUndefined();
  });

  it('prefers the nearer term, then the more frequent one', async () => {
    const { respell } = await statisticsOf(
      ['Convergent', 'Convergens', 'Convergens'].flatMap((title) =>
        [1, 2, 3].map((n) => makePaper(`${title} ${n}`)),
      ),
    );
    expect(respell('convergenz')).toBe('convergen');
  });
});
