import type { Answerer, AnswerRequest } from '../../src/answer/answerer.ts';
import { makeTurn } from '../store/make-turn.ts';

interface FakeAnswererOptions {
  readonly delayMs?: number;
  readonly newId?: () => string;
}

/** Answers every question with a made-up paper; waits, fails and streams when it is told to. */
export class FakeAnswerer implements Answerer {
  readonly asked: AnswerRequest[] = [];
  readonly answered: string[] = [];
  mostAtOnce = 0;
  #underWay = 0;
  readonly #options: FakeAnswererOptions;
  readonly #errors = new Map<string, Error>();
  readonly #before = new Map<string, string>();
  readonly #uncited = new Set<string>();
  readonly #refused = new Set<string>();
  readonly #held = new Map<string, PromiseWithResolvers<void>>();

  constructor(options: FakeAnswererOptions = {}) {
    this.#options = options;
  }

  failOn(question: string, error: Error): this {
    this.#errors.set(question, error);
    return this;
  }

  citeNothingFor(question: string): this {
    this.#uncited.add(question);
    return this;
  }

  /** The papers do not answer it. */
  refuse(question: string): this {
    this.#refused.add(question);
    return this.citeNothingFor(question);
  }

  /** The answer says that it was asked before in these words. */
  rememberFor(question: string, before: string): this {
    this.#before.set(question, before);
    return this;
  }

  /** The question is not answered before the returned function is called. */
  hold(question: string): () => void {
    const held = Promise.withResolvers<void>();
    this.#held.set(question, held);
    return () => held.resolve();
  }

  async answer(request: AnswerRequest) {
    const { question, onEvent } = request;
    this.asked.push(request);
    this.#underWay += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#underWay);
    try {
      onEvent?.({ kind: 'status', status: 'searching' });
      await new Promise((resolve) => setTimeout(resolve, this.#options.delayMs ?? 0));
      await this.#held.get(question)?.promise;
      const error = this.#errors.get(question);
      if (error !== undefined) throw error;
      const answerId = this.#options.newId?.() ?? `answer-to-${question}`;
      const { answer, papers } = makeTurn({ answerId });
      const [sentence] = answer.sentences;
      const { citations } = answer;
      if (sentence !== undefined) onEvent?.({ kind: 'sentence', sentence, citations });
      this.answered.push(question);
      const kind = this.#refused.has(question) ? 'insufficient-evidence' : answer.kind;
      if (this.#uncited.has(question)) {
        return { answer: { ...answer, kind, citations: [] }, papers: [] };
      }
      const before = this.#before.get(question);
      const askedBefore = before && {
        question: before,
        at: '2026-01-01T00:00:00.000Z',
        newPapers: [],
      };
      const text = `Answer to: ${question} [1].`;
      return { answer: { ...answer, text, ...(askedBefore && { askedBefore }) }, papers };
    } finally {
      this.#underWay -= 1;
    }
  }
}
