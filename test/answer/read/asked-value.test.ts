import { describe, expect, it } from 'vitest';
import {
  asksForNumber,
  carriesNumber,
  readAskedValues,
} from '../../../src/answer/read/asked-value.ts';

describe('asksForNumber', () => {
  it.each([
    'how many experts does it have?',
    'how much faster is DADAO?',
    'what is the accuracy on ImageNet?',
    "what's its BLEU score?",
    'what latency does it reach?',
    'by how much does pruning help?',
    'DADAO throughput?',
  ])('holds for %j', (question) => {
    expect(asksForNumber(question)).toBe(true);
  });

  it.each([
    'how does DADAO work?',
    'what is over-smoothing?',
    'why are experts pruned?',
    'which papers decouple training and search?',
    'who wrote it?',
  ])('does not hold for %j', (question) => {
    expect(asksForNumber(question)).toBe(false);
  });
});

describe('carriesNumber', () => {
  it.each([
    ['It is 3.7x faster.', true],
    ['It is twice as fast.', true],
    ['We train with three experts.', true],
    ['It halves nothing and often helps.', false],
    ['We tend to threefold cross-validation of tenants.', false],
    ['', false],
  ])('of %j is %s', (text, expected) => {
    expect(carriesNumber(text)).toBe(expected);
  });
});

describe('readAskedValues', () => {
  const carries = (question: string, sentence: string) =>
    readAskedValues(question).some(({ isCarriedBy }) => isCarriedBy(sentence));

  it.each([
    ['how many experts does it have?', 'It has 32 experts.', 'It takes 32 tokens at a time.'],
    [
      'how many data sets is it tested on?',
      'Tests on seven real-life rumor data sets.',
      'It wins 7%.',
    ],
    ['number of parameters?', 'It has 34B parameters.', 'A 39% speedup.'],
    ['parameter count', 'From 650M to 34B parameters.', 'We train on 34B tokens.'],
    ['what fps does it get?', 'It reaches 91.07fps.', 'It is 59.56x faster.'],
    ['how long does training take?', 'It trains in less than a week.', 'It trains 2x faster.'],
    ['latency on phones?', 'It takes 1.6 ms.', 'It reaches 1.6% error.'],
    ['how much training time does it save?', 'It saves 12% of the time.', 'It trains in days.'],
    ['what GPU memory does it need?', 'Memory is 4 GB.', 'It is bound by memory.'],
    ['how much energy does it save?', 'It saves 40% of the energy.', 'It saves 40% of the time.'],
    ['what does it cost in dollars?', 'It costs $5.', 'It costs 5% less.'],
    ['which data set is used?', 'We use the DDSM dataset.', 'We use a network.'],
    ['what hardware was it tested on?', 'It runs on one RTX4090.', 'It runs on graphs.'],
    ['is there code?', 'See https://github.com/a/b.', 'It is coded in bytes.'],
    ['what licence does it have?', 'It has an MIT license.', 'It is public.'],
    ['which university is it from?', 'Developed at Stanford.', 'It learns universally.'],
    ['when was it released?', 'Released in 2021.', 'Released with 17 tests.'],
    ['what learning rate is used?', 'The learning rate is 0.1.', 'The error rate is 0.1.'],
    ['what accuracy does it reach?', 'Top-1 is 79.2%.', 'It is 79.2% faster.'],
    ['what perplexity does it reach?', 'Perplexity falls to 12.', 'It has 12 experts.'],
    ['GFLOPs of it?', 'It needs 4.5 FLOP(G).', 'It needs 4.5 ms.'],
    ['how much faster is it?', 'It is 60 times faster.', 'It is much faster.'],
  ])('of %j are carried by %j and not by %j', (question, sentence, other) => {
    expect([carries(question, sentence), carries(question, other)]).toEqual([true, false]);
  });

  it.each([
    'does KAN have better accuracy than MLP?',
    'how does DADAO work?',
    'what is over-smoothing?',
    'why are experts pruned?',
  ])('of %j are none', (question) => {
    expect(readAskedValues(question)).toEqual([]);
  });
});
