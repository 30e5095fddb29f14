import { createHash } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import type { EmbeddedText, Embedder, EmbedderInput } from '../src/llm/embedder.ts';
import { vectorKey } from '../src/llm/vector-record.ts';

const MODEL = 'stand-in';
const DIMENSIONS = 384;

/** Length of one line of the file that computations are counted in: a key and its line feed. */
export const COUNTED_BYTES = 65;

/**
 * An Embedder that costs next to nothing: unit vectors drawn from a hash of each text, of the length
 * and number of the real ones. Every text it computes is written down in `counted` before the
 * vectors are given away; a text that stands there twice was computed twice.
 */
export function createStandIn(counted: string): Embedder {
  return {
    model: MODEL,
    dimensions: DIMENSIONS,
    maxTokens: 512,
    countTokens: (text) => Math.ceil(text.length / 5) + 2,
    async embedTexts(inputs) {
      const texts = inputs.map(embed);
      const keys = inputs.map((input) => `${vectorKey(MODEL, input)}\n`);
      appendFileSync(counted, keys.join(''));
      return texts;
    },
    embedQueries: async (queries) => queries.map(drawVector),
    close: async () => {},
  };
}

function embed({ title, sentences }: EmbedderInput): EmbeddedText {
  return {
    vector: drawVector([title, ...sentences].join('\n')),
    sentences: [title, ...sentences].map(drawVector),
  };
}

function drawVector(text: string): Float32Array {
  let state = createHash('sha256').update(text).digest().readInt32LE() | 1;
  const vector = new Float32Array(DIMENSIONS);
  let square = 0;
  for (let d = 0; d < DIMENSIONS; d++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    const x = state / 2 ** 31;
    vector[d] = x;
    square += x * x;
  }
  const length = Math.sqrt(square);
  return vector.map((x) => x / length);
}
