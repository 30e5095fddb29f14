import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FootnoteError } from '../../src/errors.ts';
import { createLocalEmbedder } from '../../src/llm/local-embedder.ts';
import { openLocalModel } from '../../src/llm/local-model.ts';
import { testEmbedder } from '../contracts/embedder.ts';
import { copyModel, inputsFromPage, MODEL, rewrite, WEIGHTS } from './model-folder.ts';

testEmbedder('the local embedder', () => createLocalEmbedder(MODEL));

describe('late chunking', () => {
  it('joins the ids of title and sentences to the very ids of the whole text', async () => {
    const { tokenise } = (await openLocalModel(MODEL)).tokeniser();
    for (const { title, sentences } of await inputsFromPage(190)) {
      const parts = [`${title}.`, ...sentences].flatMap((part) => tokenise(part));
      expect(parts).toEqual(tokenise(`${title}. ${sentences.join(' ')}`));
    }
  });

  it('frames a text with the ids of [CLS] and [SEP]', async () => {
    const { cls, sep, tokenise } = (await openLocalModel(MODEL)).tokeniser();
    expect([cls, ...tokenise('Hello world'), sep]).toEqual([101, 7592, 2088, 102]);
  });

  it('gives a sentence another vector in another abstract', async () => {
    const embedder = await createLocalEmbedder(MODEL);
    const sentence = 'It is faster than the baseline.';
    const [ships, trees] = await embedder.embedTexts([
      { title: 'Routing container ships', sentences: [sentence] },
      { title: 'Counting trees from space', sentences: [sentence] },
    ]);
    expect(ships?.sentences[1]).not.toEqual(trees?.sentences[1]);
    await embedder.close();
  });

  it('gives sentences past the limit zero vectors', async () => {
    const embedder = await createLocalEmbedder(MODEL);
    const long = 'Heat moves through copper wires. '.repeat(200);
    const [text] = await embedder.embedTexts([{ title: 'Heat', sentences: [long, 'The end.'] }]);
    expect(text?.sentences.map((vector) => vector.some((x) => x !== 0))).toEqual([
      true,
      true,
      false,
    ]);
    await embedder.close();
  });
});

describe('the files of the local model', () => {
  it('are named by their weights', async () => {
    const { model, dimensions, maxTokens } = await createLocalEmbedder(MODEL);
    expect(model).toBe('footnote-minilm@752147c48ddb');
    expect([dimensions, maxTokens]).toEqual([384, 512]);
  });

  it('are refused when cut short, with what to do', async () => {
    const folder = await copyModel();
    await rewrite(join(folder, WEIGHTS), (bytes) => bytes.subarray(0, bytes.length / 2));
    await expect(createLocalEmbedder(folder)).rejects.toThrow(/is damaged.*Restore it/);
  });

  it('are refused when one bit is flipped', async () => {
    const folder = await copyModel();
    await rewrite(join(folder, WEIGHTS), (bytes) =>
      bytes.fill((bytes[9_999] ?? 0) ^ 1, 9_999, 10_000),
    );
    await expect(createLocalEmbedder(folder)).rejects.toThrow(/is damaged.*Restore it/);
  });

  it.each([WEIGHTS, 'tokenizer.json', 'config.json'])('are refused without %s', async (file) => {
    const folder = await copyModel();
    await rm(join(folder, file));
    const refusal = await createLocalEmbedder(folder).catch((error) => error);
    expect(refusal).toBeInstanceOf(FootnoteError);
    expect(refusal.code).toBe('model');
    expect(refusal.message).toMatch(/cannot be read. Restore it.* or set EMBEDDER/);
  });

  it('without checksums are refused when first used, and work once restored', async () => {
    const folder = await copyModel();
    await rm(join(folder, 'SHA256SUMS'));
    let whole: Buffer = Buffer.alloc(0);
    await rewrite(join(folder, WEIGHTS), (bytes) => {
      whole = bytes;
      return bytes.subarray(0, 1_000_000);
    });
    const embedder = await createLocalEmbedder(folder);
    await expect(embedder.embedQueries(['heat'])).rejects.toThrow(/could not be loaded.*Restore/);
    await rewrite(join(folder, WEIGHTS), () => whole);
    expect(await embedder.embedQueries(['heat'])).toHaveLength(1);
    await embedder.close();
  });
});
