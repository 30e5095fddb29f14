import { describe, expect, it } from 'vitest';
import { contentStems, isStated, numbersIn } from '../../src/eval/fact-match.ts';

describe('numbersIn', () => {
  it.each([
    ['2x', ['2times faster', 'up to 2×', '2 times', '$2\\times$ more', '~2x', 'over 2 x as fast']],
    ['74.6%', ['74.6 %', '74.6\\%', '74.60%', 'about 74.6 percent']],
    ['100000', ['100K', '100k tokens', '100,000', '0.1 million', '100 thousand']],
    ['3700000000', ['3.7B', '3.7 billion', '3,700,000,000']],
    ['4000x', ['over 4,000 times faster']],
    ['95', ['95th percentile (P95)', 'P95 is 95']],
    ['6.7', ['6.7Mb', '6.7 MB.']],
    ['0.5', ['.5', '0.50']],
  ])('spells %s in one way', (number, texts) => {
    for (const text of texts) expect([...numbersIn(text)], text).toEqual([number]);
  });

  it('tells a percentage, a factor and a plain number apart', () => {
    expect([...numbersIn('15% or 15x or 15')]).toEqual(['15%', '15x', '15']);
  });

  it('keeps both ends of a range and both sides of a product', () => {
    expect([...numbersIn('1.53times~20.57times')]).toEqual(['1.53x', '20.57x']);
    expect([...numbersIn('224times128 pixels')]).toEqual(['224', '128']);
  });

  it('takes no digits out of names', () => {
    expect([...numbersIn('SN40L on H100, RTX3060 and MobileNetV2, v2.0')]).toEqual([]);
  });
});

describe('contentStems', () => {
  it('stems words and drops stop words, single letters and numbers', () => {
    const stems = contentStems("the models' routing of 150 experts in S'MoRE, n, 3 times as fast");
    expect([...stems]).toEqual(['model', 'rout', 'expert', 'smore', 'fast']);
  });
});

describe('isStated', () => {
  const text = 'The router sends tokens to 150 experts and is 3.7x faster.';
  const said = { text, titles: 'Samba: Scaling the Memory Wall' };

  it('wants every number of a fact', () => {
    expect(isStated('150 experts, 3.7 times faster', said)).toBe(true);
    expect(isStated('150 experts, 3.8 times faster', said)).toBe(false);
    expect(isStated('150% experts', said)).toBe(false);
    expect(isStated('3.7x', said)).toBe(true);
  });

  it('wants 60% of the other content words, whatever their endings', () => {
    // sending, expert and token are there, gradient and kernel are not: 3 of 5
    expect(isStated('sending of expert tokens by gradient kernels', said)).toBe(true);
    // one more unknown word: 3 of 6
    expect(isStated('sending of expert tokens by sparse gradient kernels', said)).toBe(false);
  });

  it('finds words in cited titles, but no numbers', () => {
    expect(isStated('Samba', said)).toBe(true);
    expect(isStated('42 experts', { text: 'experts', titles: '42 ways' })).toBe(false);
  });

  it('passes over a name in front of a fact', () => {
    expect(isStated('later version: 150 experts', said)).toBe(true);
    expect(isStated('Samba: 70 experts', said)).toBe(false);
  });

  it('wants a title quoted in front of a fact among the cited titles', () => {
    expect(isStated('"Samba: Scaling the Memory Wa": 150 experts', said)).toBe(true);
    expect(isStated('first ("Samba: Scaling the Memory Wa"): 150 experts', said)).toBe(true);
    expect(isStated('"Composition of Experts: A Modular Sys": 150 experts', said)).toBe(false);
    expect(isStated('"Samba: Scaling the Memory Wa": 7 layers', said)).toBe(false);
  });

  it('does not find a fact that says nothing', () => {
    expect(isStated('it is', said)).toBe(false);
  });
});
