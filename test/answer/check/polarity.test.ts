import { describe, expect, it } from 'vitest';
import { findConflict } from '../../../src/answer/check/polarity.ts';
import { blamesOwn, hasSwappedRoles, levelsComparison } from '../../../src/answer/check/roles.ts';
import { isSupported } from '../../../src/answer/check/support.ts';

describe('a sentence agrees with its evidence', () => {
  it.each([
    ['FooNet needs no labels.', 'FooNet does not need labels.'],
    ['FooNet works without labels.', 'FooNet does not need labels.'],
    ['FooNet reduces the error.', 'FooNet lowers and reduces the error.'],
    ['FooNet is not only fast.', 'FooNet is fast and small.'],
    ['FooNet takes no more than an hour.', 'FooNet takes an hour.'],
    ['FooNet is faster, not slower.', 'FooNet is faster.'],
    ['FooNet dispenses with labels.', 'FooNet does not need labels.'],
    ['Smaller labels do not hurt the speed.', 'Smaller labels maintain the speed.'],
    [
      'FooNet trains each layer and needs no labels.',
      'FooNet avoids labels by training each layer.',
    ],
    ['It takes no more hours than BarNet.', 'It takes as many hours as BarNet.'],
    ['Smaller networks reach the accuracy of larger ones.', 'Smaller networks match larger ones.'],
  ])('%s <- %s', (sentence, evidence) => {
    expect(findConflict(sentence, evidence)).toBeUndefined();
  });

  it.each([
    ['FooNet needs labels.', 'FooNet does not need labels.'],
    ['FooNet does not need labels.', 'FooNet needs labels.'],
    ["FooNet doesn't converge.", 'FooNet converges on all graphs.'],
    ['FooNet never converges.', 'FooNet converges on all graphs.'],
    ['FooNet fails to converge.', 'FooNet converges on all graphs.'],
    ['FooNet increases the error.', 'FooNet reduces the error.'],
    ['FooNet is slower.', 'FooNet is faster.'],
    ['FooNet is an unsupervised method.', 'FooNet is a supervised method.'],
    ['Larger networks win.', 'Smaller networks win, with a larger batch.'],
    ['They are not.', 'They are.'],
    ['FooNet is the second of its kind.', 'FooNet is the first of its kind.'],
  ])('or is found out: %s <- %s', (sentence, evidence) => {
    expect(findConflict(sentence, evidence)).toBeTypeOf('string');
  });
});

describe('a comparison', () => {
  const EVIDENCE = 'We show that FooNet outperforms BarNet on ImageNet.';
  it.each([
    'FooNet outperforms BarNet on ImageNet.',
    'FooNet beats BarNet.',
    'BarNet is outperformed by FooNet on ImageNet.',
    'BarNet is clearly beaten by FooNet.',
    'FooNet is better than BarNet.',
  ])('may be said in other words: %s', (sentence) => {
    expect(hasSwappedRoles(sentence, EVIDENCE)).toBe(false);
  });

  // "... on ImageNet" behind both once hid the exchange, and so did the passive voice.
  it.each([
    'BarNet outperforms FooNet.',
    'BarNet outperforms FooNet on ImageNet.',
    'FooNet is outperformed by BarNet on ImageNet.',
    'FooNet was beaten by BarNet.',
    'BarNet is faster than FooNet.',
  ])('may not be turned round: %s', (sentence) => {
    expect(hasSwappedRoles(sentence, EVIDENCE)).toBe(true);
  });
});

describe('the comparison of a paper that calls its own work "we"', () => {
  const ownNames = new Set(['foonet']);
  const EVIDENCE = 'We achieve an improvement of 27% on sorting compared to the best, BarNet';
  it.each([
    ['FooNet improves sorting by 27% over BarNet.', false],
    ['BarNet improves sorting by 27% over FooNet.', true],
    ['BarNet is 27% better in sorting than FooNet.', true],
  ])('has it on the better side: %s', (sentence, isTurned) => {
    expect(hasSwappedRoles(sentence, EVIDENCE, { ownNames })).toBe(isTurned);
  });

  it('is not levelled', () => {
    const context = 'FooNet is more expressive than BarNet.';
    expect(levelsComparison('FooNet is as expressive as BarNet.', context)).toBe(true);
    expect(levelsComparison('FooNet is more expressive than BarNet.', context)).toBe(false);
  });

  it('has no trouble that others have', () => {
    const context = 'Most sorters suffer from poor speed.';
    expect(blamesOwn('FooNet suffers from poor speed.', context, ownNames)).toBe(true);
    expect(blamesOwn('Most sorters suffer from poor speed.', context, ownNames)).toBe(false);
    expect(blamesOwn('FooNet suffers from it.', 'Our sorter suffers from it.', ownNames)).toBe(
      false,
    );
  });
});

describe('two comparisons in one sentence', () => {
  const EVIDENCE = 'FooNet is faster than BarNet but needs more memory than BazNet.';
  it.each([
    ['FooNet is faster than BarNet.', false],
    ['FooNet needs more memory than BazNet.', false],
    ['BarNet is faster than FooNet.', true],
    ['BazNet needs more memory than FooNet.', true],
  ])('may each be said, and not turned round: %s', (sentence, isTurned) => {
    expect(hasSwappedRoles(sentence, EVIDENCE)).toBe(isTurned);
  });
});

describe('support', () => {
  it('takes half of what a sentence says to be in its texts, by stems or their beginnings', () => {
    expect(isSupported('The estimates of keypoints are sparse.', ['sparse estimation'])).toBe(true);
    expect(isSupported('Bananas ripen in cold cellars.', ['sparse estimation'])).toBe(false);
  });

  it('asks for nothing where a sentence says nothing of its own', () => {
    expect(isSupported('The paper presents a novel method.', ['bananas'])).toBe(true);
  });
});
