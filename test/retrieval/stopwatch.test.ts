import { expect, it } from 'vitest';
import { createStopwatch } from '../../src/retrieval/stopwatch.ts';

it('times each step from the end of the one before it, to a tenth of a millisecond', () => {
  const times = [100, 103.26, 103.26, 250.04];
  const watch = createStopwatch(() => times.shift() ?? Number.NaN);
  watch.lap('read');
  watch.lap('search');
  watch.lap('rank');
  expect(watch.laps).toEqual({ read: 3.3, search: 0, rank: 146.8 });
});

it('has no laps before the first', () => {
  expect(createStopwatch().laps).toEqual({});
});
