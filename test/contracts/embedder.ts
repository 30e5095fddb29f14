import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Embedder, EmbedderInput } from '../../src/llm/embedder.ts';

const INPUTS: readonly EmbedderInput[] = [
  {
    title: 'Graph attention for molecules',
    sentences: ['We attend over atoms and bonds.', 'Energy errors fall by 12 %.'],
  },
  { title: 'A survey of speech recognition', sentences: [] },
  {
    title: 'Cooling data centres with sea water',
    sentences: ['Pumps use less power.', 'Fans stop.', 'Salt wears the pipes, which cost more.'],
  },
];

/** What every Embedder holds to; `open` is called once. */
export function testEmbedder(name: string, open: () => Promise<Embedder>): void {
  describe(`${name} as an Embedder`, () => {
    let embedder: Embedder;
    beforeAll(async () => {
      embedder = await open();
    });
    afterAll(() => embedder.close());

    it('gives unit vectors of its dimensions: a whole, a title and every sentence', async () => {
      const texts = await embedder.embedTexts(INPUTS);
      expect(texts.map(({ sentences }) => sentences.length)).toEqual([3, 1, 4]);
      for (const vector of texts.flatMap((text) => [text.vector, ...text.sentences])) {
        expect(vector).toBeInstanceOf(Float32Array);
        expect(vector).toHaveLength(embedder.dimensions);
        expect(dot(vector, vector)).toBeCloseTo(1, 4);
      }
    });

    it('keeps the order of texts of many lengths', async () => {
      const many = [...INPUTS, ...[...INPUTS].reverse(), ...INPUTS];
      const alone = await Promise.all(INPUTS.map((input) => embedder.embedTexts([input])));
      const together = await embedder.embedTexts(many);
      many.forEach((input, i) => {
        const single = alone[INPUTS.indexOf(input)]?.[0];
        expect(dot(together[i]?.vector, single?.vector)).toBeGreaterThan(0.999);
        together[i]?.sentences.forEach((vector, s) => {
          expect(dot(vector, single?.sentences[s])).toBeGreaterThan(0.999);
        });
      });
    });

    it('gives the same text the same vector', async () => {
      const [one] = await embedder.embedTexts(INPUTS);
      const [other] = await embedder.embedTexts(INPUTS);
      expect(one).toStrictEqual(other);
    });

    it('puts a query near the text that answers it, in the order of the queries', async () => {
      const texts = await embedder.embedTexts(INPUTS);
      const queries = await embedder.embedQueries([
        'Cooling data centres with sea water',
        'Graph attention for molecules',
      ]);
      expect(queries.map((query) => nearest(query, texts))).toEqual([2, 0]);
    });

    it('gives nothing for nothing', async () => {
      expect(await embedder.embedTexts([])).toEqual([]);
      expect(await embedder.embedQueries([])).toEqual([]);
    });

    it('takes blank parts', async () => {
      const [text] = await embedder.embedTexts([{ title: '', sentences: ['', 'One.'] }]);
      expect(text?.sentences).toHaveLength(3);
      for (const vector of text?.sentences ?? []) expect(vector.every(Number.isFinite)).toBe(true);
    });

    it('takes a text past its limit', async () => {
      const long = 'Heat moves through copper wires. '.repeat(1_200);
      const [text] = await embedder.embedTexts([{ title: 'Heat', sentences: [long] }]);
      expect(dot(text?.vector, text?.vector)).toBeCloseTo(1, 4);
    });

    it('counts more tokens in a longer text', () => {
      const [one, two] = ['Heat moves.', 'Heat moves through copper wires.'];
      expect(embedder.countTokens(two)).toBeGreaterThan(embedder.countTokens(one));
      expect(embedder.countTokens(two)).toBeLessThan(embedder.maxTokens);
    });

    it('stops for a signal, before and in the midst, and works on', async () => {
      const controller = new AbortController();
      const many = Array.from({ length: 40 }, () => INPUTS).flat();
      const embedding = embedder.embedTexts(many, { signal: controller.signal });
      controller.abort(new Error('enough'));
      await expect(embedding).rejects.toThrow('enough');
      const options = { signal: controller.signal };
      await expect(embedder.embedTexts(INPUTS, options)).rejects.toThrow('enough');
      expect(await embedder.embedTexts(INPUTS)).toHaveLength(INPUTS.length);
    });
  });
}

/** The dot product, which of unit vectors is their cosine; 0 where one is missing. */
export function dot(a?: Float32Array, b?: Float32Array): number {
  return a?.reduce((sum, x, i) => sum + x * (b?.[i] ?? 0), 0) ?? 0;
}

function nearest(query: Float32Array, texts: readonly { readonly vector: Float32Array }[]): number {
  const scores = texts.map(({ vector }) => dot(query, vector));
  return scores.indexOf(Math.max(...scores));
}
