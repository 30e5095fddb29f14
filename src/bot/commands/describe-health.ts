import type { HealthReport, ModelState } from '../health.ts';
import type { QueueLoad } from '../question-queue.ts';

/** How the bot fares, a sentence for each thing. */
export function describeHealth(
  { startedAt, model, failures }: HealthReport,
  load: QueueLoad,
  now: Date,
): readonly string[] {
  return [
    describeLoad(load, now),
    ...(model === undefined ? [] : [describeModel(model.state, model.name)]),
    failures.length === 0
      ? `I have been running since ${minuteOf(startedAt)}, without an error.`
      : `I have been running since ${minuteOf(startedAt)}. The last errors, by their reference in the log: ${describeFailures(failures)}.`,
  ];
}

function describeLoad({ waiting, working, waitingSince }: QueueLoad, now: Date): string {
  if (waiting + working === 0) return 'No question is in work or waiting.';
  const seconds = Math.max(0, Math.round((now.getTime() - Date.parse(waitingSince ?? '')) / 1_000));
  const since = waitingSince === undefined ? '' : `, the longest for ${seconds} s`;
  return `Questions: ${working} in work, ${waiting} waiting${since}.`;
}

function describeModel(state: ModelState, name: string): string {
  const called = name === '' ? 'The language model' : `The language model ${name}`;
  switch (state) {
    case 'none':
      return 'No language model is set up: answers are quotations.';
    case 'up':
      return `${called} is up.`;
    case 'down':
      return `${called} could not be used the last time: answers are quotations meanwhile.`;
    case 'over-budget':
      return `${called} is over its budget: answers are quotations meanwhile.`;
    case 'not-set-up':
      return `${called} is not set up right; tell whoever runs Footnote. Answers are quotations.`;
  }
}

function describeFailures(failures: HealthReport['failures']): string {
  return failures.map(({ reference, at }) => `${reference} (${minuteOf(at)})`).join(', ');
}

/** "2026-11-26 05:42 UTC". */
function minuteOf(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
