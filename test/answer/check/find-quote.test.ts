import { describe, expect, it } from 'vitest';
import { findQuote } from '../../../src/answer/check/find-quote.ts';

/** The stretches of the text where the quote stands. */
const found = (quote: string, text: string) =>
  findQuote(quote, text).map(({ start, end }) => text.slice(start, end));

describe('a quote', () => {
  it('is found with its exact place', () => {
    const text = 'First we sort. Then the belt moves 40 parcels a minute.';
    expect(findQuote('the belt moves 40 parcels', text)).toEqual([{ start: 20, end: 45 }]);
  });

  it.each([
    ['case', 'OUR SORTER IS FAST', 'Our sorter is fast'],
    ['white space', 'our  sorter\n\tis fast', 'Our sorter is fast'],
    ['no-break spaces', 'our\u00a0sorter is\u202ffast', 'Our sorter is fast'],
    ['dashes', 'state of the art – at last', 'state-of-the-art -- at last'],
    ['curly quotation marks', 'a “sorter” that isn’t slow', 'a "sorter" that isn\'t slow'],
    ['soft hyphens', 'our sor\u00adter is fast', 'Our sorter is fast'],
    ['hyphenation', 'our sor- ter is fast', 'Our sorter is fast'],
    ['hyphenation in the abstract', 'our sorter is fast', 'Our sor- ter is fast'],
    ['ligatures', 'an efficient sorter', 'an eﬃcient sorter'],
    ['accents', 'driven by Levy noise', 'driven by Lévy noise'],
    ['LaTeX accents', 'driven by Lévy noise', "driven by L\\'evy noise"],
    ['decomposed accents', 'driven by Lévy noise', 'driven by Le\u0301vy noise'],
    ['Greek letters', 'with an ε-greedy rule', 'with an epsilon-greedy rule'],
    ['names of Greek letters', 'with an epsilon-greedy rule', 'with an ε-greedy rule'],
    ['Greek commands', 'with an ε-greedy rule', 'with an \\epsilon-greedy rule'],
    ['escaped percent signs', 'reaches 2.08% test error', 'reaches 2.08\\% test error'],
    ['lost times signs', 'runs 25x larger models', 'runs 25times larger models'],
    ['times signs', 'runs 25times larger models', 'runs 25× larger models'],
    ['times commands', 'runs 25× larger models', 'runs 25$\\times$ larger models'],
    ['lost ranges', 'a 1.8%~8.2% gain over all', 'a 1.8%sim8.2% gain over all'],
    ['fonts', 'we present FooNet to all', 'we present \\textbf{FooNet} to all'],
    ['lost fonts', 'we present FooNet to all', 'we present textbf{FooNet} to all'],
    ['square roots', 'regret of O(√(T)) at last', 'regret of O(sqrt(T)) at last'],
    ['big brackets', 'costs O(NKD^3) for N points', 'costs Obigl(NKD^3bigr) for N points'],
    ['braced signs', 'over R^3 × S^2 and more', 'over R^3 {times} S^2 and more'],
    ['emphasis of the model', 'our **sorter** is fast', 'Our sorter is fast'],
  ])('is found whatever its %s', (_, quote, text) => {
    expect(found(quote, `Before it. ${text}, behind it.`)).toEqual([`${text},`]);
  });

  it('keeps what hangs on its ends', () => {
    expect(found('only 2.08% test error', 'has "only 2.08\\% test error." Yes')).toEqual([
      '"only 2.08\\% test error."',
    ]);
    expect(found('is faster by 25', 'is faster by 25times now')).toEqual(['is faster by 25times']);
    expect(found('a set of 1.5', 'a set of 1.5 billion words')).toEqual(['a set of 1.5 billion']);
    expect(found('code at https://a.example/b', 'code at https://a.example/b/.')).toEqual([
      'code at https://a.example/b/.',
    ]);
  });

  it.each([
    ['inside a word', 'the sorter is fas', 'the sorter is fast'],
    ['inside a word at its start', 'orter is very fast', 'the sorter is very fast'],
    ['inside a number', 'we have about 15', 'we have about 150 parcels'],
    ['inside a number at its start', '50 parcels a day', 'has 150 parcels a day'],
    ['inside a decimal', 'a speedup of 3', 'a speedup of 3.7 overall'],
    ['inside a decimal at its start', '7 times the speed', 'is 3.7 times the speed'],
    ['inside a thousand', 'on a set of 12', 'on a set of 12,500 parcels'],
    ['inside a fraction', 'both are only 1', 'both are only 1/19 of it'],
    ['inside a power', 'a network of 10', 'a network of 10^{19} nodes'],
    ['before a unit', 'with a budget of 5', 'with a budget of 5M parameters'],
  ])('never ends or begins %s', (_, quote, text) => {
    expect(found(quote, text)).toEqual([]);
  });

  it('is found at its second place where the first is inside a word', () => {
    expect(found('a is a sort', 'a is a sorter, and a is a sort of belt')).toEqual(['a is a sort']);
  });

  it.each([
    ['one changed word', 'our sorter is quick today', 'Our sorter is fast today'],
    ['one left out', 'our sorter fast today', 'Our sorter is fast today'],
    ['another number', 'has 151 experts in all', 'has 150 experts in all'],
    ['a lost decimal point', 'gains 1.5 points on it', 'gains 2.5 points on it'],
    ['a lost negation', 'the sorter is fast', 'the sorter is not fast'],
  ])('with %s is not found', (_, quote, text) => {
    expect(findQuote(quote, text)).toEqual([]);
  });

  it('that leaves words out has one place for each part, in order', () => {
    const text = 'We build a sorter for parcels that moves 40 of them a minute.';
    for (const dots of ['...', ' … ', ' [...] ', '[…]', '. . .'.replaceAll(' ', '')]) {
      expect(found(`We build a sorter${dots}moves 40 of them`, text)).toEqual([
        'We build a sorter',
        'moves 40 of them',
      ]);
    }
    expect(findQuote('moves 40 of them ... We build a sorter', text)).toEqual([]);
    expect(findQuote('We build a ... flies 40 of them', text)).toEqual([]);
  });

  it('may begin and end with an ellipsis', () => {
    expect(found('... a sorter for parcels ...', 'We build a sorter for parcels.')).toEqual([
      'a sorter for parcels.',
    ]);
  });

  it.each(['', ' ', '...', '"', 'a sorter', 'sorter', 'We ... build a sorter'])(
    'as short as %j is none',
    (quote) => {
      expect(findQuote(quote, 'We build a sorter.')).toEqual([]);
    },
  );

  it('is not found in an empty text', () => {
    expect(findQuote('we build a sorter', '')).toEqual([]);
  });
});

describe('hostile quotes and texts of 100 kB', () => {
  const LONG = 100_000;
  it.each([
    ['one word', 'a'.repeat(LONG), 'aa aa aa'],
    ['words that all begin alike', 'aa '.repeat(LONG / 3), 'a a a'],
    ['words that all begin alike, quoted at length', 'aa '.repeat(LONG / 3), 'a '.repeat(9_999)],
    ['a long quote that ends otherwise', 'a '.repeat(LONG / 2), `${'a '.repeat(LONG / 2)}b`],
    ['many parts', 'a b c '.repeat(LONG / 6), 'a b c ... '.repeat(LONG / 10)],
    ['white space', `a${' '.repeat(LONG)}b c`, `a b${' '.repeat(LONG)}d`],
    ['dots', '.'.repeat(LONG), `${'['.repeat(LONG / 2)}${'.'.repeat(LONG / 2)}`],
    ['signs without a gap', 'a;'.repeat(LONG / 2), 'a b c'],
    ['brackets', `${'('.repeat(LONG)}a b`, 'a b c'],
    ['backslashes', '\\'.repeat(LONG), 'a \\\\ b c'],
    ['times signs', '2times '.repeat(LONG / 7), '3times 3times 3times'],
  ])('made of %s take little time', (_, text, quote) => {
    const at = performance.now();
    findQuote(quote, text);
    expect(performance.now() - at).toBeLessThan(2_000);
  });
});
