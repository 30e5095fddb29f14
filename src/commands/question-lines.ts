import { z } from 'zod';
import { FootnoteError } from '../errors.ts';
import { readLines } from '../papers/json-lines.ts';

/** One line of a `--jsonl` file: a question, or what is wrong with it. */
export type QuestionLine =
  | {
      readonly kind: 'question';
      readonly id: string;
      readonly question: string;
      readonly history?: readonly string[];
    }
  | { readonly kind: 'wrong'; readonly id: string; readonly problem: string };

const EXAMPLE = '{"id": "a", "question": "what is …?"}';
const Line = z.record(z.string(), z.unknown());
const Earlier = z.array(
  z.union([z.string(), z.object({ question: z.string() }).transform(({ question }) => question)]),
);

/**
 * Reads the questions of a file; what is wrong with a line costs that line only. Ids need not differ.
 * Throws FootnoteError `input` for a file that cannot be read and `usage` for one without lines.
 */
export async function readQuestionLines(file: string): Promise<readonly QuestionLine[]> {
  const lines: QuestionLine[] = [];
  let number = 0;
  for await (const text of readLines(file)) {
    number += 1;
    if (text.trim() !== '') lines.push(readQuestionLine(text, number));
  }
  if (lines.length > 0) return lines;
  throw new FootnoteError(
    'usage',
    `${file} is empty: there is no question in it. Write one object a line, such as ${EXAMPLE}.`,
  );
}

function readQuestionLine(text: string, number: number): QuestionLine {
  const line = Line.safeParse(parseJson(text));
  const id = idOf(line.data) ?? `line-${number}`;
  const wrong = (problem: string): QuestionLine => ({ kind: 'wrong', id, problem });
  if (!line.success) {
    return wrong(`Line ${number} is not one JSON object. Write each line as ${EXAMPLE}.`);
  }
  const { question, history } = line.data;
  const problem = problemOf(line.data);
  if (problem !== undefined || typeof question !== 'string') {
    return wrong(`Line ${number} ${problem}. Write it as ${EXAMPLE}.`);
  }
  const earlier = Earlier.safeParse(history ?? []);
  if (!earlier.success) {
    return wrong(
      `Line ${number} has a "history" that is not a list of earlier questions, as texts or as objects with a "question". Correct it or leave it out.`,
    );
  }
  return { kind: 'question', id, question, history: earlier.data };
}

function problemOf({ id, question }: z.infer<typeof Line>): string | undefined {
  if (id === undefined || id === null || id === '') return 'has no "id"';
  if (typeof id !== 'string') return 'has an "id" that is not a text';
  if (question === undefined || question === null) return 'has no "question"';
  return typeof question === 'string' ? undefined : 'has a "question" that is not a text';
}

/** A number serves to tell which line is meant. */
function idOf(line: z.infer<typeof Line> | undefined): string | undefined {
  const id = line?.id;
  if (typeof id === 'number') return String(id);
  return typeof id === 'string' && id !== '' ? id : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
