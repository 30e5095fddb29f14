import { FootnoteError } from '../errors.ts';
import type { EmbeddedText, Embedder, EmbedderInput } from './embedder.ts';
import { isAllNumbers, readVectors, vectorKey, writeVectors } from './vector-record.ts';

/** Keeps vectors, as bytes, under what they were made of, for every process that shares it. */
export interface VectorCache {
  /** What is kept under these keys; those with nothing are left out. */
  find(keys: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>>;
  /**
   * Keeps what `make` gives, all of it or none. All others that want to add anything wait until it
   * is kept, so that `make` may look what is there by now and make only the rest.
   */
  add(make: () => Promise<ReadonlyMap<string, Uint8Array>>): Promise<void>;
  close(): Promise<void>;
}

export interface VectorCacheOptions {
  /** Opened with the first text that is embedded. */
  readonly open: () => VectorCache;
  /** Texts that are made and kept at once, of which all are lost when the process dies. */
  readonly atOnce?: number;
}

const AT_ONCE = 64;

/**
 * The same Embedder, of which no text that was ever kept is embedded again: not after a crash, and
 * not by two processes at once. What was begun is kept even when it is aborted.
 */
export function withVectorCache(
  embedder: Embedder,
  { open, atOnce = AT_ONCE }: VectorCacheOptions,
): Embedder {
  let cache: VectorCache | undefined;
  return {
    model: embedder.model,
    dimensions: embedder.dimensions,
    maxTokens: embedder.maxTokens,
    countTokens: (text) => embedder.countTokens(text),
    embedQueries: (queries) => embedder.embedQueries(queries),
    async embedTexts(inputs, { signal } = {}) {
      cache ??= open();
      const keys = inputs.map((input) => vectorKey(embedder.model, input));
      const byKey = new Map(keys.map((key, i) => [key, inputs[i] ?? NOTHING]));
      const known = await findVectors(cache, { byKey, embedder });
      const missing = [...byKey.keys()].filter((key) => !known.has(key));
      for (let from = 0; from < missing.length; from += atOnce) {
        signal?.throwIfAborted();
        const part = new Map(
          missing.slice(from, from + atOnce).map((key) => [key, byKey.get(key) ?? NOTHING]),
        );
        const made = await makeVectors(cache, { byKey: part, embedder });
        for (const [key, text] of made) known.set(key, text);
      }
      return keys.map((key) => textAt(known, key));
    },
    async close() {
      await cache?.close();
      await embedder.close();
    },
  };
}

const NOTHING: EmbedderInput = { title: '', sentences: [] };

interface Wanted {
  readonly byKey: ReadonlyMap<string, EmbedderInput>;
  readonly embedder: Embedder;
}

/** Those that are kept and whole: a damaged one counts as missing and is replaced. */
async function findVectors(cache: VectorCache, wanted: Wanted): Promise<Map<string, EmbeddedText>> {
  return readAll(await cache.find([...wanted.byKey.keys()]), wanted);
}

function readAll(
  kept: ReadonlyMap<string, Uint8Array>,
  { byKey, embedder: { dimensions } }: Wanted,
): Map<string, EmbeddedText> {
  const known = new Map<string, EmbeddedText>();
  for (const [key, bytes] of kept) {
    const sentences = (byKey.get(key) ?? NOTHING).sentences.length + 1;
    const text = readVectors(bytes, { dimensions, sentences });
    if (text !== undefined) known.set(key, text);
  }
  return known;
}

/** With all others kept out, so that what they have made meanwhile is found. */
async function makeVectors(
  cache: VectorCache,
  wanted: Wanted,
): Promise<ReadonlyMap<string, EmbeddedText>> {
  const { byKey, embedder } = wanted;
  const made = new Map<string, EmbeddedText>();
  await cache.add(async () => {
    for (const [key, text] of await findVectors(cache, wanted)) made.set(key, text);
    const missing = [...byKey].filter(([key]) => !made.has(key));
    if (missing.length === 0) return new Map();
    const texts = await embedder.embedTexts(missing.map(([, input]) => input));
    const fresh = new Map(
      missing.map(([key, input], i) => {
        const sentences = input.sentences.length + 1;
        return [key, writeVectors(checked(texts[i], { sentences, embedder }))];
      }),
    );
    // As they will be found from now on.
    for (const [key, text] of readAll(fresh, wanted)) made.set(key, text);
    return fresh;
  });
  return made;
}

function checked(
  text: EmbeddedText | undefined,
  { sentences, embedder: { model, dimensions } }: { sentences: number; embedder: Embedder },
): EmbeddedText {
  const isWhole =
    text !== undefined &&
    isAllNumbers(text) &&
    text.sentences.length === sentences &&
    [text.vector, ...text.sentences].every(({ length }) => length === dimensions);
  if (isWhole) return text;
  throw new FootnoteError(
    'model',
    `The embedding model ${model} gave too few vectors, or some that hold no numbers or are not of ${dimensions} dimensions. Set EMBEDDER to another model; nothing of this was stored.`,
  );
}

function textAt(known: ReadonlyMap<string, EmbeddedText>, key: string): EmbeddedText {
  const text = known.get(key);
  if (text === undefined) throw new Error('A text was neither kept nor embedded.');
  return text;
}
