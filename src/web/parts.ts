import type { AnswerEvent } from '../answer/answerer.ts';
import type { ConversationId, Turn } from '../answer/conversation.ts';
import type { Digest } from '../digest/digest.ts';

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

/** Which digest to show: of a day, as people say in a sentence what they want. */
export interface WebDigest {
  readonly sentence: string;
  /** `YYYY-MM-DD`; today where it is left out. */
  readonly day?: string;
  readonly signal?: AbortSignal;
}

/** A digest for the page, with its picture where there is one. */
export interface PreviewedDigest {
  readonly digest: Digest;
  readonly picture?: { readonly png: Uint8Array; readonly alt: string };
}

/** What the web room needs from the rest of the program. */
export interface WebParts {
  /** Answers and stores the turn; throws a FootnoteError for input it cannot take. */
  ask(request: WebQuestion): Promise<Turn>;
  /** The turns of a conversation, oldest first; none for an unknown one. */
  turns(id: ConversationId): Promise<readonly Turn[]>;
  turnByAnswer(answerId: string): Promise<Turn | undefined>;
  status(): Promise<WebStatus>;
  /** Sends and notes nothing; throws a FootnoteError for what cannot be read. */
  previewDigest(request: WebDigest): Promise<PreviewedDigest>;
  log: (event: string, fields: Record<string, unknown>) => void;
}
