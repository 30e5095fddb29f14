import { describe, expect, it } from 'vitest';
import { findWrongMeasure } from '../../../src/answer/check/check-measures.ts';
import { readMeasures } from '../../../src/answer/check/measures.ts';

const measuresOf = (text: string) =>
  readMeasures(text).measures.map(({ value, unit }) =>
    unit === undefined ? value : [value, unit],
  );

describe('the numbers of a text', () => {
  it.each([
    ['1,500 parcels and 2.5 more', [1500, 2.5]],
    ['7B and 1.5 billion parameters, 3 M more', [7e9, 1.5e9, 3]],
    [
      '38.2% or 38.2 percent or 38.2\\%',
      [
        [38.2, '%'],
        [38.2, '%'],
        [38.2, '%'],
      ],
    ],
    [
      '25times, 25x, 25× and 25 times',
      [
        [25, 'x'],
        [25, 'x'],
        [25, 'x'],
        [25, 'x'],
      ],
    ],
    [
      '15-31x and 1.1 to 2.1x',
      [
        [15, 'x'],
        [31, 'x'],
        [1.1, 'x'],
        [2.1, 'x'],
      ],
    ],
    [
      '5 ms, 5ms, 5 milliseconds',
      [
        [5, 'ms'],
        [5, 'ms'],
        [5, 'ms'],
      ],
    ],
    [
      '32GB and 32 gigabytes',
      [
        [32, 'gb'],
        [32, 'gb'],
      ],
    ],
    [
      '$5 and 5 dollars',
      [
        [5, 'usd'],
        [5, 'usd'],
      ],
    ],
    ['1e-4 and 10^{19} and -3', [1e-4, 1e19, -3]],
    ['two, thirteen and Ninety', [2, 13, 90]],
    ['GPT-4, Llama-2-7B, Llama3-70B, Yuan 2.0-M32, CO_2, v1.5 and H100', []],
    [
      '３.５％ and thrice',
      [
        [3.5, '%'],
        [3, 'x'],
      ],
    ],
    [
      'a third of it, an order of magnitude',
      [
        [1 / 3, 'part'],
        [10, 'magnitude'],
      ],
    ],
  ] as const)('of %j are read with their units', (text, measures) => {
    expect(measuresOf(text)).toEqual(measures);
  });

  it('stand at their places in the folded text', () => {
    const { folded, measures } = readMeasures('reaches 2.08\\% on 5.7M images');
    expect(measures.map(({ start, end }) => folded.slice(start, end))).toEqual(['2.08%', '5.7M']);
  });
});

const EVIDENCE =
  'FooNet has 7 million parameters and 150 experts in four groups, is 3.7x faster than BarNet and ' +
  '6.6x faster than BazNet, and reaches 38.2% on 8 GPUs in 5 hours at 40 parcels a minute, a gain ' +
  'of up to 60%, or 3x';

describe('a number', () => {
  it.each([
    'It has 7M parameters.',
    'It has 7,000,000 parameters.',
    'It has seven million parameters.',
    'It reaches 38.2 on 8 GPUs.',
    'It runs on eight GPUs for five hours.',
    'It has 4 groups of experts.',
    'It is 3.7 times faster than BarNet.',
    'It is 6.6x faster than BazNet.',
    'FooNet is fast.',
    'It beats GPT-4.',
    'It moves 40 parcels per minute.',
    'It moves at least 40 parcels a minute.',
    'It gains up to 60%, which triples it.',
  ])('that stands in the evidence passes: %s', (sentence) => {
    expect(findWrongMeasure(sentence, EVIDENCE)).toBeUndefined();
  });

  it.each([
    ['It has 8 million parameters.', 'the number 8 million does not stand in the quote'],
    ['It has 7 billion parameters.', 'the number 7 billion does not stand in the quote'],
    ['It has 7 parameters.', 'the number 7 does not stand in the quote'],
    ['It has thirteen groups.', 'the number thirteen does not stand in the quote'],
    ['It reaches 38.3%.', 'the number 38.3% does not stand in the quote'],
    ['It is 3.7% faster than BarNet.', 'the quote has another unit for 3.7%'],
    ['It takes 5 minutes.', 'the quote has another unit for 5 minutes'],
    ['It has 150% more.', 'the quote has another unit for 150%'],
    ['It has 150 layers.', 'the number 150 counts something else in the quote'],
    ['It has a billion parameters.', 'the number a billion does not stand in the quote'],
    ['It has a dozen groups.', 'the number dozen does not stand in the quote'],
    ['It doubles it.', 'the number doubles does not stand in the quote'],
    ['It gains at least 60%.', 'the quote sets another bound on 60%'],
    ['It gains more than 60%.', 'the quote sets another bound on 60%'],
    // Both share "a minute", which let it pass once.
    ['It moves 40 bananas a minute.', 'the number 40 counts something else in the quote'],
    ['It is 6.6x faster than BarNet.', 'the number 6.6x belongs to something else in the quote'],
  ])('that does not fails: %s', (sentence, reason) => {
    expect(findWrongMeasure(sentence, EVIDENCE)).toBe(reason);
  });
});

describe('the words around a number', () => {
  it.each([
    ['Latency falls by 15%.', 'It reduces latency by 15%.', true],
    ['Latency is reduced to 15%.', 'It reduces latency by 15%.', false],
    ['Training cost is reduced by 9%.', 'Its training cost is only 9% of a dense model.', false],
    ['It takes two steps.', 'It reduces the steps to just two.', true],
    ['It reduces the steps by two.', 'It reduces the steps to just two.', false],
    ['It has a 2% click lift.', 'gains of 1% of replies, 2% click lift and 3% of visits', true],
    ['It has a 1% click lift.', 'gains of 1% of replies, 2% click lift and 3% of visits', false],
    ['It has 40B active parameters.', '3B active parameters of 40B in total', false],
    ['It has 3B active parameters.', '3B active parameters of 40B in total', true],
    ['It is 8 times more accurate.', 'It achieves 8 times speedup.', false],
    ['BarNet has 5M parameters.', 'Ours has 5M parameters, fewer than BarNet.', false],
  ])('have to be its own: %s <- %s', (sentence, evidence, isBorneOut) => {
    expect(findWrongMeasure(sentence, evidence) === undefined).toBe(isBorneOut);
  });
});
