import { describe, expect, it } from 'vitest';
import { askedAspects, sentenceOn } from '../../../src/answer/extract/aspects.ts';
import { extractTable, shortName, tableSentences } from '../../../src/answer/extract/tables.ts';
import { makePaper, makePassage, makeRetrieval } from '../made-up-library.ts';

const FOO = makePassage(
  makePaper('foo', {
    title: 'FooNet: Sorting Parcels',
    abstract:
      'Parcels are many. We propose FooNet, which sorts. It runs on little memory. It sorts 40 parcels.',
  }),
);
const BAR = makePassage(
  makePaper('bar', {
    title: 'BarNet: Moving Belts',
    abstract: 'We introduce BarNet for belts. Belts move.',
  }),
);
const QUESTION = 'compare FooNet and BarNet in memory and cost';
const request = { retrieval: await makeRetrieval(QUESTION, [FOO, BAR]), question: QUESTION };

const cellsOf = (aspect: string) =>
  [FOO, BAR].map((passage) => {
    const quote = sentenceOn(aspect, passage, request);
    return quote && passage.paper.abstract.slice(quote.start, quote.end);
  });

describe('the aspects of a comparison', () => {
  it('are what is asked about besides the names', () => {
    expect(askedAspects(QUESTION, ['foonet', 'barnet'])).toEqual(['memory', 'cost']);
    expect(askedAspects('FooNet vs BarNet: which is better?', ['foonet', 'barnet'])).toEqual([]);
    expect(askedAspects('compare them in speed, cost, memory, size and heat', [])).toHaveLength(3);
  });

  it.each([
    ['approach', ['We propose FooNet, which sorts.', 'We introduce BarNet for belts.']],
    ['results', ['It sorts 40 parcels.', undefined]],
    ['memory', ['It runs on little memory.', undefined]],
    ['cost', [undefined, undefined]],
  ])('have for %s a sentence of each paper, or none', (aspect, cells) => {
    expect(cellsOf(aspect)).toEqual(cells);
  });
});

describe('a table by rules', () => {
  const table = extractTable([FOO, BAR], request);

  it('has no row that no paper fills', () => {
    expect(table.rows.map(({ aspect }) => aspect)).toEqual(['memory', 'approach', 'figures']);
  });

  it('quotes no sentence twice', () => {
    const places = table.rows
      .flatMap(({ cells }) => cells)
      .flatMap((cell) => (cell ? [`${cell.paper.id} ${cell.start}`] : []));
    expect(new Set(places).size).toBe(places.length);
  });

  it('reads as sentences of fixed words and quotes', () => {
    expect(tableSentences(table)[0]?.text).toBe(
      'Memory – FooNet: “It runs on little memory.”; BarNet: not stated in the abstract.',
    );
    expect(tableSentences(table)[0]?.quotes).toHaveLength(1);
  });

  it('names papers by what stands before the colon, not too long', () => {
    expect(shortName('FooNet: Sorting Parcels')).toBe('FooNet');
    expect(shortName('T'.repeat(60))).toHaveLength(40);
  });
});
