import type { Paper } from '../papers/paper.ts';
import type { Answer } from './answer.ts';

/** One thread on one platform. */
export type ConversationId = string & { readonly brand: 'ConversationId' };

/** One question with its answer; the cited papers are kept so that the page of an answer lasts. */
export interface Turn {
  readonly conversationId: ConversationId;
  /** ISO 8601, UTC. */
  readonly askedAt: string;
  readonly question: string;
  readonly answer: Answer;
  readonly papers: readonly Paper[];
}

/** Where conversations are kept. Unknown ids give an empty list or `undefined`, never an error. */
export interface ConversationStore {
  /** Keeps a turn; its answer's id is `turn.answer.trace.answerId`. */
  append(turn: Turn): Promise<void>;
  /** The turns of a conversation, oldest first. */
  turns(id: ConversationId): Promise<readonly Turn[]>;
  turnByAnswer(answerId: string): Promise<Turn | undefined>;
}
