import type { EmbeddedText, Embedder, EmbedderInput } from './embedder.ts';
import { type LocalModel, openLocalModel } from './local-model.ts';
import { meanPool, type TokenSpan } from './pooling.ts';

const MAX_TOKENS = 512;
const DIMENSIONS = 384;

/**
 * The Embedder that ships, run in this process. Sentence vectors come by late chunking: one pass
 * over the whole text, then a mean over each sentence's tokens (https://arxiv.org/abs/2409.04701).
 * Sentences past the limit get zero vectors. The weights are read when first needed; throws
 * FootnoteError `model` when a file is missing or damaged.
 */
export async function createLocalEmbedder(folder: string): Promise<Embedder> {
  const model = await openLocalModel(folder);
  return {
    model: model.name,
    dimensions: DIMENSIONS,
    maxTokens: MAX_TOKENS,
    countTokens: (text) => model.tokeniser().tokenise(text).length + 2,
    embedTexts: (inputs, options) => embedTexts(model, inputs, options?.signal),
    embedQueries: (queries) => embedQueries(model, queries),
    close: () => model.close(),
  };
}

async function embedQueries(
  model: LocalModel,
  queries: readonly string[],
): Promise<readonly Float32Array[]> {
  const inputs = queries.map((title) => ({ title, sentences: [] }));
  return (await embedTexts(model, inputs)).map(({ vector }) => vector);
}

async function embedTexts(
  model: LocalModel,
  inputs: readonly EmbedderInput[],
  signal?: AbortSignal,
): Promise<readonly EmbeddedText[]> {
  const results: EmbeddedText[] = [];
  for (const input of inputs) {
    signal?.throwIfAborted();
    results.push(await embedText(model, input));
  }
  return results;
}

async function embedText(model: LocalModel, input: EmbedderInput): Promise<EmbeddedText> {
  const { ids, spans } = tokenise(model, input);
  const { values, dimensions } = await model.forward(ids);
  return {
    vector: meanPool(values, dimensions, { start: 0, end: ids.length }),
    sentences: spans.map((span) => meanPool(values, dimensions, span)),
  };
}

interface TokenisedText {
  readonly ids: readonly number[];
  readonly spans: readonly TokenSpan[];
}

/** Title and sentences are tokenised apart and their ids joined, so that every span is known. */
function tokenise(model: LocalModel, input: EmbedderInput): TokenisedText {
  const title = input.sentences.length > 0 ? `${input.title}.` : input.title;
  const { cls, sep, tokenise: idsOf } = model.tokeniser();
  const ids: number[] = [cls];
  const spans: TokenSpan[] = [];
  for (const part of [title, ...input.sentences]) {
    const room = MAX_TOKENS - 1 - ids.length;
    const start = ids.length;
    ids.push(...idsOf(part).slice(0, Math.max(room, 0)));
    spans.push({ start, end: ids.length });
  }
  ids.push(sep);
  return { ids, spans };
}
