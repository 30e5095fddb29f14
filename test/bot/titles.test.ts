import { describe, expect, it } from 'vitest';
import { createTitles } from '../../src/bot/titles.ts';
import { makePaper } from '../answer/made-up-library.ts';
import { MemoryIndex } from '../fakes/memory-index.ts';

const PAPERS = [
  makePaper('one', { title: 'Attention Is All You Need', date: '2017-06-12' }),
  makePaper('two', {
    title: 'FlashAttention: Fast Exact Attention',
    date: '2022-05-27',
    sources: [{ page: 'new.txt', line: 1 }],
  }),
  makePaper('three', { title: 'Naïve Bayes Überall', date: '2020-01-01' }),
];

async function openTitles() {
  const index = new MemoryIndex();
  await index.savePapers(PAPERS);
  const clock = { now: 0 };
  const titles = createTitles({ index, now: () => clock.now });
  const find = async (words: string, more: object = {}) =>
    (await titles.find({ words, limit: 25, ...more })).map(({ title }) => title);
  return { index, clock, titles, find };
}

describe('titles', () => {
  it.each([
    ['attention is all', ['Attention Is All You Need']],
    ['ATTENTION', ['Attention Is All You Need', 'FlashAttention: Fast Exact Attention']],
    ['atention', ['Attention Is All You Need', 'FlashAttention: Fast Exact Attention']],
    ['flash atten', ['FlashAttention: Fast Exact Attention']],
    ['naive ueberall', ['Naïve Bayes Überall']],
    ['naive', ['Naïve Bayes Überall']],
    ['zebra', []],
  ])('are found by %j', async (words, found) => {
    const { find } = await openTitles();
    const titles = await find(words);
    expect(titles.slice(0, found.length)).toEqual(found);
    if (found.length === 0) expect(titles).toEqual([]);
  });

  it('are the latest where nothing is typed', async () => {
    const { find } = await openTitles();
    expect(await find(' ', { limit: 2 })).toEqual([
      'FlashAttention: Fast Exact Attention',
      'Naïve Bayes Überall',
    ]);
  });

  it('are of the papers that a filter lets through', async () => {
    const { find } = await openTitles();
    expect(await find('attention', { filter: { to: '2018-01-01' } })).toEqual([
      'Attention Is All You Need',
    ]);
    expect(await find('', { filter: { sources: ['new.txt'] } })).toEqual([
      'FlashAttention: Fast Exact Attention',
    ]);
  });

  it('are read once, and anew when the index has changed', async () => {
    const { find, index, clock } = await openTitles();
    await find('attention');
    await find('attention');
    clock.now += 10_000;
    await find('attention');
    expect(index.calls.sample).toBe(1);
    await index.savePapers([makePaper('four', { title: 'Zebras in Attention' })]);
    clock.now += 10_000;
    await find('zebras');
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await find('zebras')).toEqual(['Zebras in Attention']);
    expect(index.calls.sample).toBe(2);
  });

  it('are found among tens of thousands while a finger rests', async () => {
    const index = new MemoryIndex();
    const many = Array.from({ length: 5_000 }, (_, i) =>
      makePaper(`p${i}`, { title: `Paper number ${i} on topic ${i % 97} of machine learning` }),
    );
    await index.savePapers(many);
    const titles = createTitles({ index });
    const words = 'machne lerning number 4321';
    const found = await titles.find({ words, limit: 25 });
    expect(found[0]?.title).toContain('number 4321');
    expect(found).toHaveLength(25);
  });

  it('tell when they cannot be read, and are tried again', async () => {
    const { find, index } = await openTitles();
    index.failNext('sample', new Error('no'));
    await expect(find('attention')).rejects.toThrow('no');
    expect(await find('all you need')).toContain('Attention Is All You Need');
  });
});
