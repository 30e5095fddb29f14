import type { Answer } from '../answer/answer.ts';

/** The answer as one line of JSON, as `ask -- --json` and `--jsonl` promise it. */
export function answerLine(id: string, answer: Answer): string {
  return JSON.stringify({ id, ...answer });
}
