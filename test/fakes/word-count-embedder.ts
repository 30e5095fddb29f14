import type { EmbeddedText, Embedder, EmbedderInput } from '../../src/llm/embedder.ts';
import { normalise } from '../../src/llm/pooling.ts';

const DIMENSIONS = 64;

/** An Embedder without a model: texts that share words are near. Records what it was asked. */
export class WordCountEmbedder implements Embedder {
  readonly model = 'word-count';
  readonly dimensions = DIMENSIONS;
  readonly maxTokens = 512;
  readonly queries: (readonly string[])[] = [];
  readonly texts: (readonly EmbedderInput[])[] = [];
  private failure: Error | undefined;

  /** The next call rejects with this. */
  failNext(error: Error): void {
    this.failure = error;
  }

  countTokens(text: string): number {
    return wordsOf(text).length + 2;
  }

  async embedTexts(
    inputs: readonly EmbedderInput[],
    { signal }: { readonly signal?: AbortSignal } = {},
  ): Promise<readonly EmbeddedText[]> {
    this.texts.push(inputs);
    await this.work();
    signal?.throwIfAborted();
    return inputs.map(({ title, sentences }) => ({
      vector: countWords([title, ...sentences].join(' ')),
      sentences: [title, ...sentences].map(countWords),
    }));
  }

  async embedQueries(queries: readonly string[]): Promise<readonly Float32Array[]> {
    this.queries.push(queries);
    await this.work();
    return queries.map(countWords);
  }

  async close(): Promise<void> {}

  private async work(): Promise<void> {
    await new Promise(setImmediate);
    const failure = this.failure;
    this.failure = undefined;
    if (failure !== undefined) throw failure;
  }
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{Nd}]+/gu) ?? [];
}

function countWords(text: string): Float32Array {
  const counts = new Float32Array(DIMENSIONS).fill(0.01);
  for (const word of wordsOf(text)) {
    let hash = 7;
    for (const char of word) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) % 65_521;
    counts[hash % DIMENSIONS] = (counts[hash % DIMENSIONS] ?? 0) + 1;
  }
  return normalise(counts);
}
