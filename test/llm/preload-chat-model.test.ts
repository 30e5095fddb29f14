import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { preloadChatModel } from '../../src/llm/open-chat-model.ts';
import { FakeChatServer } from '../fakes/chat-server.ts';

const server = await FakeChatServer.start();
afterAll(() => server.close());
server.replyWith(() => ({ kind: 'text', text: 'Heat moves.' }));

describe('preloadChatModel', () => {
  // Sockets closed once while the first question loaded all that.
  it('leaves nothing to be loaded by the first request', { timeout: 30_000 }, async () => {
    const script = join(import.meta.dirname, 'preload-and-ask.ts');
    const { stdout } = await promisify(execFile)(process.execPath, [script, server.baseUrl]);
    const { before, text, after } = JSON.parse(stdout);
    expect(before).toEqual(expect.arrayContaining(['langchain', '@langchain/openai', 'openai']));
    expect([text, after]).toEqual(['Heat moves.', []]);
  });

  it('asks the model nothing, and says what a request would', async () => {
    const rest = { timeoutMs: 1, concurrency: 1, secondLook: true, verify: 'rules' } as const;
    const asked = server.requests.length;
    await preloadChatModel({ ...rest, model: 'openai:tiny', baseUrl: server.baseUrl });
    expect(server.requests).toHaveLength(asked);
    const unknown = preloadChatModel({ ...rest, model: 'openai:tiny' });
    await expect(unknown).rejects.toMatchObject({ failure: 'no-key' });
  });
});
