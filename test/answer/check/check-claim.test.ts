import { describe, expect, it } from 'vitest';
import { checkClaim } from '../../../src/answer/check/check-claim.ts';
import type { ClaimedEvidence } from '../../../src/answer/check/claim.ts';
import { makePaper } from '../made-up-library.ts';

const foo = makePaper('foo', {
  title: 'FooNet: Sorting Parcels',
  abstract:
    'FooNet has 7 million parameters. It does not need labels for the parcels. Training takes 5 hours on 8 GPUs.',
});
const bar = makePaper('bar', {
  title: 'BarNet: Moving Belts',
  abstract: 'BarNet moves belts. It reaches 40 parcels a minute.',
});

const check = (text: string, ...evidence: readonly ClaimedEvidence[]) =>
  checkClaim({ text, evidence }, { papers: [foo, bar], acronyms: new Map() });
const first = (quote: string) => ({ paper: 1, quote });

describe('a claim', () => {
  it('is released with the stored words of its quote', () => {
    const checked = check('FooNet trains in 5 hours.', first('TRAINING takes  5 hours'));
    expect(checked).toMatchObject({
      kind: 'released',
      sentence: { text: 'FooNet trains in 5 hours.', quotes: [{ paper: { id: foo.id } }] },
    });
    if (checked.kind !== 'released') return;
    const [{ start, end } = { start: 0, end: 0 }] = checked.sentence.quotes;
    expect(foo.abstract.slice(start, end)).toBe('Training takes 5 hours');
  });

  it('that its sentence bears out but its quote does not gets the whole sentence', () => {
    const checked = check('Training takes 5 hours on 8 GPUs.', first('Training takes 5 hours'));
    expect(checked.kind === 'released' && checked.sentence.quotes).toMatchObject([
      { start: foo.abstract.indexOf('Training'), end: foo.abstract.length },
    ]);
  });

  it('of two papers has a quote of each', () => {
    const both = check(
      'FooNet takes 5 hours, BarNet moves 40 parcels a minute.',
      first('Training takes 5 hours'),
      { paper: 2, quote: 'It reaches 40 parcels a minute' },
    );
    expect(both.kind === 'released' && both.sentence.quotes.map(({ paper }) => paper.id)).toEqual([
      foo.id,
      bar.id,
    ]);
  });

  it.each([
    ['no quote', 'FooNet is fast here.', [], 'it has no quote'],
    [
      'a paper not given',
      'FooNet has parameters.',
      [{ paper: 3, quote: 'FooNet has 7 million' }],
      'there is no paper [3]',
    ],
    [
      'paper 0',
      'FooNet has parameters.',
      [{ paper: 0, quote: 'FooNet has 7 million' }],
      'there is no paper [0]',
    ],
    [
      'the quote of another paper',
      'BarNet moves belts.',
      [first('BarNet moves belts.')],
      'the quote does not stand word for word in the abstract of [1]',
    ],
    [
      'the title as its quote',
      'FooNet sorts parcels.',
      [first('FooNet: Sorting Parcels')],
      'the quote does not stand word for word in the abstract of [1]',
    ],
    [
      'one true quote and one false',
      'FooNet has 7 million parameters.',
      [first('FooNet has 7 million parameters.'), first('and it is wonderful')],
      'the quote does not stand word for word in the abstract of [1]',
    ],
    [
      'a quote cut out of its negation',
      'FooNet needs labels for the parcels.',
      [first('need labels for the parcels')],
      'the evidence denies "need"',
    ],
    [
      'a scale cut off its number',
      'FooNet has 7 parameters.',
      [first('FooNet has 7')],
      'the number 7 does not stand in the quote',
    ],
    [
      'a name from elsewhere',
      'FooNet trains on ImageNet in 5 hours.',
      [first('Training takes 5 hours')],
      '"ImageNet" does not stand in the quote',
    ],
    [
      'another subject',
      'Elephants migrate across dry savannas.',
      [first('Training takes 5 hours')],
      'the quote is about something else',
    ],
  ] as const)('with %s fails', (_, text, evidence, reason) => {
    expect(check(text, ...evidence)).toMatchObject({ kind: 'failed', reason });
  });

  // A fact of one paper was once told of the other where both were quoted.
  it.each([
    'BarNet takes 5 hours.',
    'FooNet moves 40 parcels a minute.',
    'FooNet takes 5 hours and moves 40 parcels a minute.',
    'BarNet, unlike FooNet, takes 5 hours.',
    'FooNet and BarNet take 5 hours.',
    'Both take 5 hours.',
    'FooNet is faster than BarNet.',
  ])('of one paper is not told of another: %s', (text) => {
    const checked = check(text, first('Training takes 5 hours'), {
      paper: 2,
      quote: 'It reaches 40 parcels a minute',
    });
    expect(checked.kind).toBe('failed');
  });

  it('that holds of both papers may be said of both', () => {
    const checked = check(
      'Both FooNet and BarNet handle parcels.',
      first('Training takes 5 hours'),
      {
        paper: 2,
        quote: 'It reaches 40 parcels a minute',
      },
    );
    expect(checked.kind).toBe('released');
  });

  it.each([
    'Training takes 5 hours on 8 GPUs and is open source.',
    'Training takes 5 hours on 8 GPUs, according to an independent survey.',
    'Training takes 5 hours on 8 barnet GPUs.',
  ])('with a tail of its own fails: %s', (text) => {
    expect(check(text, first('Training takes 5 hours on 8 GPUs')).kind).toBe('failed');
  });

  it.each([
    'a '.repeat(3_000),
    '@'.repeat(6_000),
    '<a'.repeat(3_000),
    '1 '.repeat(3_000),
    '_'.repeat(6_000),
    'a.'.repeat(3_000),
    '-A'.repeat(290),
    '9'.repeat(590),
    'beats '.repeat(99),
  ])('of hostile words takes little time (case %#)', (text) => {
    const at = performance.now();
    check(text, first('Training takes 5 hours'));
    expect(performance.now() - at).toBeLessThan(1_000);
  });
});
