import { z } from 'zod';
import type { Answer } from '../answer/answer.ts';
import type { ConversationId, Turn } from '../answer/conversation.ts';
import { FootnoteError } from '../errors.ts';
import type { Paper, PaperId } from '../papers/paper.ts';
import type { TurnRow } from './tables.ts';

const paperId = z.custom<PaperId>((value) => typeof value === 'string');
const conversationId = z.custom<ConversationId>((value) => typeof value === 'string');

// Loose: a field that is added to Paper or Answer later comes back without being named here.
const paper: z.ZodType<Paper> = z.looseObject({
  id: paperId,
  title: z.string(),
  abstract: z.string(),
  url: z.string(),
  date: z.string().exactOptional(),
  dateInferred: z.boolean().exactOptional(),
  sources: z.array(z.looseObject({ page: z.string(), line: z.number() })),
});

const rankedPaper = z.looseObject({ paperId, title: z.string(), score: z.number() });

const citation = z.looseObject({
  n: z.number(),
  paperId,
  title: z.string(),
  url: z.string(),
  date: z.string().exactOptional(),
  evidence: z.array(z.looseObject({ quote: z.string(), start: z.number(), end: z.number() })),
});

const trace = z.looseObject({
  answerId: z.string(),
  ms: z.record(z.string(), z.number()),
  modelCalls: z.number(),
  promptTokens: z.number(),
  completionTokens: z.number(),
  mode: z.string(),
});

const answer: z.ZodType<Answer> = z.looseObject({
  kind: z.enum(['answered', 'insufficient-evidence']),
  intent: z.enum(['ask', 'list', 'count', 'compare', 'similar', 'claim', 'help', 'small-talk']),
  text: z.string(),
  sentences: z.array(z.looseObject({ text: z.string(), citations: z.array(z.number()) })),
  citations: z.array(citation),
  passages: z.array(rankedPaper),
  nearest: z.array(rankedPaper).exactOptional(),
  trace,
});

const storedTurn = z.object({
  conversationId,
  askedAt: z.string(),
  question: z.string(),
  answer,
  papers: z.array(paper),
});

/** A Turn as a row, without its place in the conversation. */
export function turnToRow(turn: Turn): Omit<TurnRow, 'sequence'> {
  return {
    answer_id: turn.answer.trace.answerId,
    conversation_id: turn.conversationId,
    asked_at: turn.askedAt,
    question: turn.question,
    answer: JSON.stringify(turn.answer),
    papers: JSON.stringify(turn.papers),
  };
}

/** The Turn of a row. Throws FootnoteError `index` when its JSON is not what we once wrote. */
export function rowToTurn(row: TurnRow, file: string): Turn {
  try {
    return storedTurn.parse({
      conversationId: row.conversation_id,
      askedAt: row.asked_at,
      question: row.question,
      answer: JSON.parse(row.answer),
      papers: JSON.parse(row.papers),
    });
  } catch (cause) {
    throw new FootnoteError(
      'index',
      `The stored answer ${row.answer_id} in ${file} cannot be read: it was changed by something else, or written by another version. Move the file away to start a new one; past conversations are in that file only.`,
      { cause, facts: { file, answerId: row.answer_id } },
    );
  }
}
