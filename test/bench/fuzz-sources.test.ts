import { expect, it } from 'vitest';
import { FORMS } from '../../bench/fuzz-payloads.ts';
import { nonsenseIn } from '../../bench/fuzz-records.ts';
import { fuzz } from '../../bench/fuzz-sources.ts';

// `npm run bench -- fuzz-sources` reads 100,000 of them.
it('payloads made wrong at random never crash a reader, and nothing that it gives is nonsense', () => {
  const results = fuzz(4_500);
  expect([...results.keys()]).toEqual(FORMS.map(({ name }) => name));
  // Many are still right, so that it is seen what is made of them.
  for (const { payloads, records } of results.values()) {
    expect(payloads).toBe(500);
    expect(records).toBeGreaterThan(75);
  }
});

it('all forms are right before they are made wrong', () => {
  for (const { read, sound } of FORMS) {
    const items = read(sound);
    expect(items.map(({ kind }) => kind)).toEqual(['record']);
    expect(nonsenseIn(items)).toEqual([]);
  }
});

it('nonsense is seen for what it is', () => {
  const record = {
    source: 'kaggle',
    origins: [{ page: 'a', line: 1 }],
    title: 'A',
    abstract: 'B',
  } as const;
  const of = (facts: object) => nonsenseIn([{ kind: 'record', record: { ...record, ...facts } }]);
  expect(of({})).toEqual([]);
  expect(of({ title: '7' })).toEqual(['a title of no letters']);
  expect(of({ abstract: 'a\u0000b' })).toEqual(['text that is not one line']);
  expect(of({ date: '2026-13-01' })).toEqual(['a day that is none']);
  expect(of({ arxivId: 'x' })).toEqual(['an arXiv id that is none']);
});
