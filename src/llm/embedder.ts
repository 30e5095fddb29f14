/** A text to embed: a title and the sentences of the body that go with it. */
export interface EmbedderInput {
  readonly title: string;
  readonly sentences: readonly string[];
}

/**
 * Unit vectors: one for the whole text, then one for the title and one for every sentence. A part
 * that is blank or lies past the limit of the model has a zero vector.
 */
export interface EmbeddedText {
  readonly vector: Float32Array;
  /** The title's vector first, then the sentences' in order. */
  readonly sentences: readonly Float32Array[];
}

/** Turns texts and queries into unit vectors of one space. */
export interface Embedder {
  /** Names the model and its exact weights; vectors of different models never mix. */
  readonly model: string;
  readonly dimensions: number;
  /** The longest text, in tokens as `countTokens` counts them, that is embedded whole. */
  readonly maxTokens: number;
  countTokens(text: string): number;
  /** Same order as the inputs. Throws FootnoteError `model` or `network`. */
  embedTexts(
    inputs: readonly EmbedderInput[],
    options?: { readonly signal?: AbortSignal },
  ): Promise<readonly EmbeddedText[]>;
  /** One vector a query, in order. */
  embedQueries(queries: readonly string[]): Promise<readonly Float32Array[]>;
  close(): Promise<void>;
}
