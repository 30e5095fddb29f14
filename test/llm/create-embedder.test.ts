import { describe, expect, it, onTestFinished } from 'vitest';
import type { EmbedderChoice } from '../../src/config.ts';
import { createEmbedder } from '../../src/llm/create-embedder.ts';
import { FakeOpenAIServer } from '../fakes/openai-server.ts';
import { MODEL } from './model-folder.ts';

describe('the embedder of the settings', () => {
  it('is the local one', async () => {
    const embedder = await open({ kind: 'local', folder: MODEL });
    expect(embedder.model).toBe('footnote-minilm@752147c48ddb');
  });

  it('is a Hugging Face model', async () => {
    const embedder = await open({ kind: 'hugging-face', model: MODEL, cacheDir: 'unused' });
    expect(embedder.model).toBe('hf:footnote-minilm@752147c48ddb');
  });

  it('is an OpenAI-compatible server', async () => {
    const server = await FakeOpenAIServer.start();
    onTestFinished(() => server.close());
    const { baseUrl } = server;
    const embedder = await open({ kind: 'openai', model: 'tiny', apiKey: 'none', baseUrl });
    expect(embedder.model).toBe(`openai:tiny@${server.host}`);
  });

  it('keeps the vectors of queries', async () => {
    const embedder = await open({ kind: 'local', folder: MODEL });
    const [one] = await embedder.embedQueries(['heat']);
    const [other] = await embedder.embedQueries(['heat']);
    expect(other).toBe(one);
  });
});

async function open(choice: EmbedderChoice) {
  const embedder = await createEmbedder(choice);
  onTestFinished(() => embedder.close());
  return embedder;
}
