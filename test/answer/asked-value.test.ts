import { describe, expect, it } from 'vitest';
import { asksForNumber, carriesNumber } from '../../src/answer/asked-value.ts';

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
