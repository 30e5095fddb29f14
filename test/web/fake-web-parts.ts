import type { ConversationId, Turn } from '../../src/answer/conversation.ts';
import type {
  PreviewedDigest,
  WebDigest,
  WebParts,
  WebQuestion,
  WebStatus,
} from '../../src/web/parts.ts';

type Reply = Turn | Error;

/** The web room's parts in memory. A question that was not set up throws. */
export class FakeWebParts implements WebParts {
  readonly asked: WebQuestion[] = [];
  readonly logged: { event: string; fields: Record<string, unknown> }[] = [];
  current: WebStatus | Error = { papers: 1203, embedded: 1203, phase: 'ready' };
  #replies = new Map<string, Reply>();
  #turns: Turn[] = [];

  /** Sets up the reply to a question: a turn, or the error to throw. */
  reply(question: string, reply: Reply): this {
    this.#replies.set(question, reply);
    return this;
  }

  /** Keeps turns as if they had been asked before. */
  keep(...turns: readonly Turn[]): this {
    this.#turns.push(...turns);
    return this;
  }

  async ask(request: WebQuestion): Promise<Turn> {
    this.asked.push(request);
    const reply = this.#replies.get(request.question);
    if (reply === undefined) throw new Error(`No reply was set up for: ${request.question}`);
    if (reply instanceof Error) throw reply;
    this.#turns.push(reply);
    return reply;
  }

  async turns(id: ConversationId): Promise<readonly Turn[]> {
    return this.#turns.filter((turn) => turn.conversationId === id);
  }

  async turnByAnswer(answerId: string): Promise<Turn | undefined> {
    return this.#turns.find((turn) => turn.answer.trace.answerId === answerId);
  }

  async status(): Promise<WebStatus> {
    if (this.current instanceof Error) throw this.current;
    return this.current;
  }

  readonly previewed: WebDigest[] = [];
  #digest: PreviewedDigest | Error | undefined;

  /** Sets up what previews show, or the error to throw. */
  preview(digest: PreviewedDigest | Error): this {
    this.#digest = digest;
    return this;
  }

  async previewDigest(request: WebDigest): Promise<PreviewedDigest> {
    this.previewed.push(request);
    if (this.#digest === undefined) throw new Error('No digest was set up.');
    if (this.#digest instanceof Error) throw this.#digest;
    return this.#digest;
  }

  log = (event: string, fields: Record<string, unknown>): void => {
    this.logged.push({ event, fields });
  };
}
