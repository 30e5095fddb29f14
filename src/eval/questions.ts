import { z } from 'zod';
import { FootnoteError } from '../errors.ts';
import { lineError, readJsonl } from '../papers/json-lines.ts';
import type { Paper, PaperId } from '../papers/paper.ts';

/** The types with a right answer in the corpus: ranking and facts are scored on these. */
export const ANSWERABLE_TYPES = ['known', 'numeric', 'topical', 'followup', 'compare'] as const;

export type AnswerableType = (typeof ANSWERABLE_TYPES)[number];

const QUESTION_LINE = z.object({
  id: z.string().min(1),
  type: z.enum([...ANSWERABLE_TYPES, 'unanswerable', 'injection', 'meta']),
  question: z.string().min(1),
  history: z.array(z.string()).default([]),
  gold: z.array(z.string()),
  facts: z.array(z.string()),
  quote: z.string().optional(),
});

/** One question to measure with; `gold` holds the titles of its right papers, `history` what was asked before. */
export type EvalQuestion = Readonly<z.infer<typeof QUESTION_LINE>>;

export type QuestionType = EvalQuestion['type'];

/** A question whose right papers are known by id, in the order of `gold`. */
export interface ResolvedQuestion extends EvalQuestion {
  readonly goldIds: readonly PaperId[];
}

/**
 * Loads questions from JSONL. Throws FootnoteError 'input', with file and line, for a broken line,
 * an id used twice, or an answerable question without gold papers or facts.
 */
export async function loadQuestions(file: string): Promise<EvalQuestion[]> {
  const questions = new Map<string, EvalQuestion>();
  for await (const { value, line } of readJsonl(file, QUESTION_LINE)) {
    if (questions.has(value.id)) throw lineError({ file, line }, `id "${value.id}" is used above.`);
    const isBare = value.gold.length === 0 || value.facts.length === 0;
    if (isAnswerable(value.type) && isBare) {
      throw lineError({ file, line }, `a ${value.type} question needs gold titles and facts.`);
    }
    questions.set(value.id, value);
  }
  return [...questions.values()];
}

/**
 * Finds the gold papers by title; titles are equal when `foldTitle` makes them so.
 * Throws FootnoteError 'input' naming every gold title that no paper has.
 */
export function resolveGold(options: {
  readonly questions: readonly EvalQuestion[];
  readonly papers: Iterable<Pick<Paper, 'id' | 'title'>>;
  readonly foldTitle: (title: string) => string;
}): ResolvedQuestion[] {
  const ids = new Map<string, PaperId>();
  for (const paper of options.papers) ids.set(options.foldTitle(paper.title), paper.id);
  const missing: string[] = [];
  const resolved = options.questions.map((question) => {
    const goldIds = question.gold.flatMap((title) => {
      const id = ids.get(options.foldTitle(title));
      if (id === undefined) missing.push(`${question.id} "${title}"`);
      return id ?? [];
    });
    return { ...question, goldIds };
  });
  if (missing.length > 0) throw unknownTitles(missing);
  return resolved;
}

/** Whether the corpus holds a right answer to questions of this type. */
export function isAnswerable(type: QuestionType): type is AnswerableType {
  return ANSWERABLE_TYPES.some((answerable) => answerable === type);
}

function unknownTitles(missing: readonly string[]): FootnoteError {
  const message = `No paper has the gold title of ${missing.join(', ')}. Ingest it or correct it.`;
  return new FootnoteError('input', message, { facts: { missing } });
}
