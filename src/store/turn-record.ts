import { z } from 'zod';
import type { ConversationId, Turn } from '../answer/conversation.ts';
import { FootnoteError } from '../errors.ts';
import { storedAnswer, storedPaper } from './stored-answer.ts';
import type { TurnRow } from './tables.ts';

const conversationId = z.custom<ConversationId>((value) => typeof value === 'string');

const storedTurn = z.object({
  conversationId,
  askedAt: z.string(),
  question: z.string(),
  answer: storedAnswer,
  papers: z.array(storedPaper),
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
