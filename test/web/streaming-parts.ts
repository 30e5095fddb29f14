import type { AnswerEvent } from '../../src/answer/answerer.ts';
import type { Turn } from '../../src/answer/conversation.ts';
import type { WebQuestion } from '../../src/web/parts.ts';
import { DemoParts } from './demo.ts';

/** Parts whose answers come bit by bit, each bit when the test says so. */
export class StreamingParts extends DemoParts {
  #steps: (() => void)[] = [];
  #waiting: (() => void)[] = [];
  #events: readonly AnswerEvent[] = [];

  /** What is told of the next answers before they are whole; a `next` for each, and one to end. */
  tell(...events: readonly AnswerEvent[]): this {
    this.#events = events;
    return this;
  }

  /** Lets the next event, or the end, come. */
  next(): void {
    const step = this.#waiting.shift();
    if (step === undefined) this.#steps.push(() => {});
    else step();
  }

  override async ask(request: WebQuestion): Promise<Turn> {
    const turn = super.ask(request);
    turn.catch(() => {});
    for (const event of this.#events) {
      await this.#step(request.signal);
      request.onEvent?.(event);
    }
    if (this.#events.length > 0) await this.#step(request.signal);
    return turn;
  }

  async #step(signal: AbortSignal | undefined): Promise<void> {
    if (this.#steps.shift() !== undefined) return;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#waiting.push(resolve);
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
    await promise;
  }
}

/** The events that tell of a turn's sentences. */
export function eventsOf({ answer }: Turn): readonly AnswerEvent[] {
  const { intent, citations, sentences } = answer;
  return [
    { kind: 'status', status: 'searching' },
    { kind: 'status', status: 'writing', intent },
    ...sentences.map((sentence) => ({ kind: 'sentence', sentence, citations }) as const),
  ];
}
