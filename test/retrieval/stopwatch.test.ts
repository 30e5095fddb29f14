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

// The total of an answer that a model wrote was the time since the model had ended.
it('stops with the time since it was made', () => {
  const times = [100, 130, 180];
  const watch = createStopwatch(() => times.shift() ?? Number.NaN);
  watch.lap('one');
  watch.stop();
  expect(watch.laps).toEqual({ one: 30, total: 80 });
});
