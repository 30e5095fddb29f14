import type { AnswerEvent } from '../answer/answerer.ts';
import type { ConversationId, Turn } from '../answer/conversation.ts';

/** How far the index is: `words-only` answers already, while the vectors are still being made. */
export interface WebStatus {
  readonly papers: number;
  /** How many of the papers can be found by meaning. */
  readonly embedded: number;
  readonly phase: 'reading' | 'words-only' | 'ready' | 'failed';
  /** A sentence for the people who visit; it is shown to them. */
  readonly message?: string;
}

/** One question as it reaches the assistant; without a conversation it starts a new one. */
export interface WebQuestion {
  readonly question: string;
  readonly conversationId?: ConversationId;
  readonly signal?: AbortSignal;
  /** Told of what can be shown before the answer is whole. */
  readonly onEvent?: (event: AnswerEvent) => void;
}

/** What the web room needs from the rest of the program. */
export interface WebParts {
  /** Answers and stores the turn; throws a FootnoteError for input it cannot take. */
  ask(request: WebQuestion): Promise<Turn>;
  /** The turns of a conversation, oldest first; none for an unknown one. */
  turns(id: ConversationId): Promise<readonly Turn[]>;
  turnByAnswer(answerId: string): Promise<Turn | undefined>;
  status(): Promise<WebStatus>;
  log: (event: string, fields: Record<string, unknown>) => void;
}
