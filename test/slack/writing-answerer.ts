import { setTimeout as sleep } from 'node:timers/promises';
import type { Answerer, AnswerRequest } from '../../src/answer/answerer.ts';
import { makeTurn } from '../store/make-turn.ts';

interface Writing {
  readonly sentences: number;
  readonly everyMs: number;
  /** Of each sentence, in characters. */
  readonly length?: number;
}

/** Writes as a model does: sentence by sentence, each shown when it is there; stops when it is told to. */
export class WritingAnswerer implements Answerer {
  /** How often it was told to stop. */
  stopped = 0;
  #written = 0;
  readonly #writing: Writing;

  constructor(writing: Writing) {
    this.#writing = writing;
  }

  async answer({ onEvent, signal }: AnswerRequest) {
    const { sentences: count, everyMs, length = 40 } = this.#writing;
    this.#written += 1;
    const { answer, papers } = makeTurn({ answerId: `written-${this.#written}-${process.pid}` });
    const sentences = Array.from({ length: count }, (_, i) => ({
      text: `Sentence ${i + 1} ${'goes on and '.repeat(length / 12)}ends.`,
      citations: [1],
    }));
    onEvent?.({ kind: 'status', status: 'writing', intent: 'ask' });
    for (const sentence of sentences) {
      onEvent?.({ kind: 'sentence', sentence, citations: answer.citations });
      await sleep(everyMs, undefined, signal === undefined ? {} : { signal }).catch((error) => {
        this.stopped += 1;
        throw error;
      });
    }
    const text = sentences.map((each) => each.text).join(' ');
    const trace = { ...answer.trace, mode: 'model' };
    return { answer: { ...answer, sentences, text, trace }, papers };
  }
}
