import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { env } from '@huggingface/transformers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { FootnoteError } from '../../src/errors.ts';
import { createHuggingFaceEmbedder } from '../../src/llm/hugging-face-embedder.ts';
import { createLocalEmbedder } from '../../src/llm/local-embedder.ts';
import { dot, testEmbedder } from '../contracts/embedder.ts';
import { FakeModelHub } from '../fakes/model-hub.ts';
import {
  copyModel,
  inputsFromPage,
  MODEL,
  rewrite,
  temporaryFolder,
  WEIGHTS,
} from './model-folder.ts';

const CACHE = join('no', 'cache', 'needed');

testEmbedder('the Hugging Face embedder', () =>
  createHuggingFaceEmbedder({ model: MODEL, cacheDir: CACHE }),
);

describe('a Hugging Face model in a folder', () => {
  it('gives the document vectors of the local embedder', async () => {
    const inputs = await inputsFromPage(4);
    const [local, other] = await Promise.all([
      createLocalEmbedder(MODEL),
      createHuggingFaceEmbedder({ model: MODEL, cacheDir: CACHE }),
    ]);
    const expected = await local.embedTexts(inputs);
    const given = await other.embedTexts(inputs);
    for (const [i, { vector }] of given.entries()) {
      expect(dot(vector, expected[i]?.vector)).toBeGreaterThan(0.999);
    }
    const counts = inputs.map(({ title }) => [local.countTokens(title), other.countTokens(title)]);
    for (const [ours, theirs] of counts) expect(theirs).toBe(ours);
    await local.close();
  });

  it('is named by folder and weights, and has the limit of its tokeniser', async () => {
    const embedder = await createHuggingFaceEmbedder({ model: MODEL, cacheDir: CACHE });
    expect(embedder.model).toBe('hf:footnote-minilm@752147c48ddb');
    expect([embedder.dimensions, embedder.maxTokens]).toEqual([384, 512]);
  });

  it('may hold full weights', async () => {
    const folder = await copyModel();
    await rename(join(folder, WEIGHTS), join(folder, 'onnx', 'model.onnx'));
    const embedder = await createHuggingFaceEmbedder({ model: folder, cacheDir: CACHE });
    expect(await embedder.embedQueries(['heat'])).toHaveLength(1);
  });

  it('that is damaged or lacks a file gives a sentence that says what to do', async () => {
    const folder = await copyModel();
    await rewrite(join(folder, WEIGHTS), (bytes) => bytes.subarray(0, 1_000_000));
    expect(await refusal(folder)).toMatch(/could not be loaded. It needs config.json/);
    await rm(join(folder, WEIGHTS));
    expect(await refusal(folder)).toMatch(/could not be loaded. It needs config.json/);
    expect(await refusal('./no-such-folder')).toMatch(/There is no folder .* Correct EMBEDDER=hf/);
  });
});

describe('a Hugging Face model by name', () => {
  it('is downloaded once, then read from the cache', async () => {
    const hub = await FakeModelHub.start('tester/tiny', MODEL);
    useHub(hub.url);
    const cacheDir = await temporaryFolder();
    const first = await createHuggingFaceEmbedder({ model: 'tester/tiny', cacheDir });
    await hub.close();
    expect(hub.asked).toContain('/tester/tiny/resolve/main/onnx/model.onnx');
    const second = await createHuggingFaceEmbedder({ model: 'tester/tiny', cacheDir });
    expect(second.model).toBe('hf:tester/tiny');
    expect(await second.embedQueries(['heat'])).toEqual(await first.embedQueries(['heat']));
  });

  it('that cannot be downloaded gives a sentence that says what to do', async () => {
    useHub('http://127.0.0.1:1/');
    expect(await refusal('tester/none')).toMatch(/no connection.*set EMBEDDER=local/);
  });

  it('that the hub does not have is told apart', async () => {
    const hub = await FakeModelHub.start('tester/tiny', MODEL);
    onTestFinished(() => hub.close());
    useHub(hub.url);
    expect(await refusal('tester/other')).toMatch(/it is not there.*Correct EMBEDDER=hf:NAME/);
  });

  it('leaves the local model alone, and is left alone by it', async () => {
    const before = { ...env };
    const local = await createLocalEmbedder(MODEL);
    await local.embedQueries(['heat']);
    expect({ ...env }).toEqual(before);
    await local.close();
  });
});

async function refusal(model: string): Promise<string> {
  const cacheDir = await temporaryFolder();
  const error = await createHuggingFaceEmbedder({ model, cacheDir }).catch((cause) => cause);
  expect(error).toBeInstanceOf(FootnoteError);
  expect(error.code).toBe('model');
  return error.message;
}

/** The hub's address is transformers' one global setting; put back after the test. */
function useHub(url: string): void {
  const before = env.remoteHost;
  env.remoteHost = url;
  onTestFinished(() => {
    env.remoteHost = before;
  });
}
