import { expect, it } from 'vitest';
import type { Trace } from '../../src/answer/answer.ts';
import { describeHealth } from '../../src/bot/commands/describe-health.ts';
import { createHealth } from '../../src/bot/health.ts';
import { makeTurn } from '../store/make-turn.ts';

const IDLE = { waiting: 0, working: 0 };
const start = new Date('2026-11-26T05:42:00.000Z');

function told(trace: Partial<Trace>): string {
  const health = createHealth(() => start);
  const { model, ...own } = makeTurn({ answerId: 'a' }).answer.trace;
  health.answered({ ...own, ...trace });
  return describeHealth(health.report(), IDLE, start).join(' ');
}

it.each([
  [{ mode: 'extractive' }, 'No language model is set up'],
  [{ mode: 'model', model: 'gpt', modelCalls: 1 }, 'The language model gpt is up.'],
  [{ mode: 'extractive', model: 'gpt', modelCalls: 1 }, 'The language model gpt is up.'],
  [
    { mode: 'extractive-fallback', model: 'gpt', notes: ['the model failed: over-budget'] },
    'gpt is over its budget',
  ],
  [
    { mode: 'extractive-fallback', notes: ['the model failed: no-key'] },
    'The language model is not set up right',
  ],
  [{ mode: 'extractive-fallback', model: 'gpt' }, 'gpt could not be used the last time'],
])('the model is told by the last answer: %j', (trace, sentence) => {
  expect(told(trace)).toContain(sentence);
});

it('an answer that needed no call tells nothing of the model', () => {
  expect(told({ mode: 'cached', model: 'gpt', modelCalls: 0 })).not.toContain('gpt');
});

it('the load and the last three errors are told, the latest first', () => {
  const health = createHealth(() => start);
  for (const reference of ['a1', 'b2', 'c3', 'd4']) health.failed(reference);
  const load = { waiting: 2, working: 4, waitingSince: '2026-11-26T05:41:30.000Z' };
  expect(describeHealth(health.report(), load, start)).toEqual([
    'Questions: 4 in work, 2 waiting, the longest for 30 s.',
    expect.stringMatching(/since 2026-11-26 05:42 UTC.*: d4 \(.*\), c3 \(.*\), b2 \(.*\)\.$/),
  ]);
});
