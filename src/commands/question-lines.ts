import { z } from 'zod';
import { readJsonl } from '../papers/json-lines.ts';

const QuestionLine = z.object({
  id: z.string(),
  question: z.string(),
  history: z.array(z.string()).optional(),
});

/** One question of a `--jsonl` file. */
export interface QuestionLine {
  readonly id: string;
  readonly question: string;
  readonly history?: readonly string[];
}

/** Reads the questions of a file; throws FootnoteError `input` with the file and line that is wrong. */
export async function readQuestionLines(file: string): Promise<readonly QuestionLine[]> {
  const lines: QuestionLine[] = [];
  for await (const { value } of readJsonl(file, QuestionLine)) {
    const { id, question, history } = value;
    lines.push({ id, question, ...(history !== undefined && { history }) });
  }
  return lines;
}
