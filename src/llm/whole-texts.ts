import type { EmbeddedText, Embedder, EmbedderInput } from './embedder.ts';
import { normalise } from './pooling.ts';

/** Embeds texts one by one as wholes, as most models do: same order, any length of vector. */
export type EmbedStrings = (
  texts: readonly string[],
  signal?: AbortSignal,
) => Promise<readonly (readonly number[])[]>;

/**
 * The two embedding calls for a model that knows nothing of late chunking: the whole text, the
 * title and every sentence are embedded apart. Blank parts get zero vectors: servers refuse them.
 */
export function embedWholeTexts(
  dimensions: number,
  embedStrings: EmbedStrings,
): Pick<Embedder, 'embedTexts' | 'embedQueries'> {
  const embed = async (texts: readonly string[], signal?: AbortSignal) => {
    const filled = texts.flatMap((text, at) => (text.trim() === '' ? [] : [{ text, at }]));
    const strings = filled.map(({ text }) => text);
    const vectors = strings.length > 0 ? await embedStrings(strings, signal) : [];
    const results = texts.map((): Float32Array => new Float32Array(dimensions));
    filled.forEach(({ at }, i) => {
      results[at] = normalise(Float32Array.from(vectors[i] ?? []));
    });
    return results;
  };
  return {
    async embedTexts(inputs, { signal } = {}) {
      signal?.throwIfAborted();
      const vectors = await embed(inputs.flatMap(partsOf), signal);
      return regroup(inputs, vectors);
    },
    embedQueries: (queries) => embed(queries),
  };
}

/** The whole text, then its title and its sentences. */
function partsOf({ title, sentences }: EmbedderInput): readonly string[] {
  const whole = sentences.length > 0 ? `${title}. ${sentences.join(' ')}` : title;
  return [whole, title, ...sentences];
}

function regroup(
  inputs: readonly EmbedderInput[],
  vectors: readonly Float32Array[],
): readonly EmbeddedText[] {
  let from = 0;
  return inputs.map(({ sentences }) => {
    const [vector = new Float32Array(), ...parts] = vectors.slice(
      from,
      from + 2 + sentences.length,
    );
    from += 2 + sentences.length;
    return { vector, sentences: parts };
  });
}
