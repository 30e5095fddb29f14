import type { EmbeddedText, Embedder, EmbedderInput } from './embedder.ts';
import { type LocalModel, openLocalModel } from './local-model.ts';
import { meanPool, type TokenSpan } from './pooling.ts';

// Small enough that a batch's activations stay in cache; larger ones were no faster on 2 cores.
const BATCH = 8;
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

interface TokenisedText {
  readonly ids: readonly number[];
  readonly spans: readonly TokenSpan[];
}

async function embedTexts(
  model: LocalModel,
  inputs: readonly EmbedderInput[],
  signal?: AbortSignal,
): Promise<readonly EmbeddedText[]> {
  const texts = inputs.map((input, at) => ({ at, ...tokenise(model, input) }));
  // By length, so that little of a batch is padding.
  texts.sort((a, b) => b.ids.length - a.ids.length);
  const results: EmbeddedText[] = new Array(inputs.length);
  for (let from = 0; from < texts.length; from += BATCH) {
    signal?.throwIfAborted();
    const batch = texts.slice(from, from + BATCH);
    const embedded = await embedBatch(model, batch);
    batch.forEach(({ at }, i) => {
      const text = embedded[i];
      if (text !== undefined) results[at] = text;
    });
  }
  return results;
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

async function embedBatch(
  model: LocalModel,
  batch: readonly TokenisedText[],
): Promise<readonly EmbeddedText[]> {
  const { values, longest, dimensions } = await model.forward(batch.map(({ ids }) => ids));
  return batch.map(({ ids, spans }, row) => {
    const size = longest * dimensions;
    const hidden = values.subarray(row * size, (row + 1) * size);
    return {
      vector: meanPool(hidden, dimensions, { start: 0, end: ids.length }),
      sentences: spans.map((span) => meanPool(hidden, dimensions, span)),
    };
  });
}
