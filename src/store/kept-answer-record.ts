import { z } from 'zod';
import type { CachedAnswer, CachedQuestion } from '../answer/answer-cache.ts';
import { storedAnswer, storedPaper } from './stored-answer.ts';
import type { KeptAnswerRow } from './tables.ts';

const FLOAT_BYTES = 4;

const vector = z
  .instanceof(Uint8Array)
  .refine(({ byteLength }) => byteLength % FLOAT_BYTES === 0)
  // A copy: a blob may begin anywhere in memory, floats may not.
  .transform((bytes) => new Float32Array(Uint8Array.from(bytes).buffer))
  .refine((floats) => floats.every(Number.isFinite));

const storedQuestion = z.object({
  key: z.string(),
  group: z.string(),
  question: z.string(),
  vector,
  given: z.string(),
  answeredAt: z.iso.datetime(),
});

const storedAnswered = z.looseObject({ answer: storedAnswer, papers: z.array(storedPaper) });

export function keptAnswerToRow(kept: CachedAnswer): KeptAnswerRow {
  const { buffer, byteOffset, byteLength } = kept.vector;
  return {
    key: kept.key,
    answer_group: kept.group,
    question: kept.question,
    vector: new Uint8Array(buffer, byteOffset, byteLength),
    given: kept.given,
    answered_at: kept.answeredAt,
    answered: JSON.stringify(kept.answered),
  };
}

/** The answer of a row; undefined when it is not what we once wrote. */
export function rowToKeptAnswer(row: KeptAnswerRow): CachedAnswer | undefined {
  const question = rowToQuestion(row);
  const { data: answered } = storedAnswered.safeParse(readJson(row.answered));
  return question && answered && { ...question, answered };
}

/** The question of a row; undefined when it is not what we once wrote. */
export function rowToQuestion(row: Omit<KeptAnswerRow, 'answered'>): CachedQuestion | undefined {
  const { answer_group: group, answered_at: answeredAt, ...rest } = row;
  return storedQuestion.safeParse({ ...rest, group, answeredAt }).data;
}

function readJson(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return undefined;
  }
}
