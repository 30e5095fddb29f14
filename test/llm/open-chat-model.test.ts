import { BaseCallbackHandler } from '@langchain/core/callbacks/base';
import { RunnableLambda } from '@langchain/core/runnables';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { ModelError } from '../../src/llm/model-error.ts';
import { FakeChatServer } from '../fakes/chat-server.ts';
import { ASKED, hear, KEY, openChat } from './open-chat.ts';

const server = await FakeChatServer.start();
const { baseUrl } = server;
const HEAT = 'Heat is energy that moves.';

beforeEach(() => {
  server.requests.length = 0;
  server.replyWith(() => ({ kind: 'text', text: HEAT }));
});

afterAll(async () => {
  await server.close();
  expect(server.broken).toEqual([]);
});

describe('a request', () => {
  it('holds the messages, the limit and no randomness, and asks for usage', async () => {
    await hear(openChat({ baseUrl }), {
      messages: [...ASKED.messages, { role: 'assistant', text: 'Hm.' }],
    });
    const [{ body, headers } = {}] = server.requests;
    expect(headers?.authorization).toBe(`Bearer ${KEY}`);
    expect(body).toEqual({
      model: 'tiny',
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'What is heat?' },
        { role: 'assistant', content: 'Hm.' },
      ],
      stream: true,
      stream_options: { include_usage: true },
      temperature: 0,
      max_tokens: 50,
    });
  });

  it.each(['gpt-5-mini', 'o4-mini'])('to %s leaves it room to think, a little', async (model) => {
    await hear(openChat({ baseUrl, model: `openai:${model}` }));
    const [{ body } = {}] = server.requests;
    expect(body).toMatchObject({ model, reasoning_effort: 'low', max_completion_tokens: 2_098 });
    expect(body).not.toHaveProperty('temperature');
    expect(body).not.toHaveProperty('max_tokens');
  });

  it('keeps the colons of a name and needs no key on another server', async () => {
    await hear(openChat({ baseUrl, model: 'openai:llama3:8b', keyless: true }));
    const [{ body, headers } = {}] = server.requests;
    expect(body?.model).toBe('llama3:8b');
    expect(headers?.authorization).toBe('Bearer none');
  });

  it('is not made to OpenAI without a key', async () => {
    const { error } = await hear(openChat({ keyless: true, model: 'openai:gpt-4o' }));
    expect(error).toMatchObject({ failure: 'no-key' });
    expect(String(error)).toMatch(/api\.openai\.com.*no key is set.*Set OPENAI_API_KEY/);
  });

  it.each([
    ['ollama:llama3', /npm install @langchain\/ollama/],
    ['acme:one', /Unsupported.*acme.*Correct the name in CHAT_MODEL/],
  ])('to %s, which is not installed, says what to do', async (model, says) => {
    const { error } = await hear(openChat({ model }));
    expect(error).toBeInstanceOf(ModelError);
    expect(error).toMatchObject({ failure: 'unknown-model', message: expect.stringMatching(says) });
  });

  it('is traced inside the runnable that calls', async () => {
    const runs: { name: string | undefined; id: string; parent: string | undefined }[] = [];
    const ends: string[] = [];
    const handler = BaseCallbackHandler.fromMethods({
      handleChainStart: (_chain, _inputs, id) => {
        runs.push({ name: 'chain', id, parent: undefined });
      },
      handleChatModelStart: (_llm, _messages, id, parent, _extra, _tags, _metadata, name) => {
        runs.push({ name, id, parent });
      },
      handleLLMEnd: () => void ends.push('end'),
      handleLLMError: () => void ends.push('error'),
    });
    const model = openChat({ baseUrl });
    const chain = RunnableLambda.from(async (leaveEarly: boolean, tracing) => {
      for await (const _ of model.stream({ ...ASKED, tracing })) if (leaveEarly) break;
    });
    await chain.invoke(false, { callbacks: [handler] });
    expect(runs[1]).toMatchObject({ name: 'answer', parent: runs[0]?.id });
    expect(ends).toEqual(['end']);
    await chain.invoke(true, { callbacks: [handler] });
    await expect.poll(() => ends).toEqual(['end', 'error']);
    server.script({ kind: 'endless' });
    await chain.invoke(false, { callbacks: [handler] });
    await expect.poll(() => ends).toEqual(['end', 'error', 'error']);
  });
});

describe('a reply', () => {
  it('comes as it is written, with the usage that the server counts', async () => {
    const pieces: string[] = [];
    for await (const piece of openChat({ baseUrl }).stream(ASKED)) pieces.push(piece.kind);
    expect(pieces).toEqual([...Array.from({ length: 7 }, () => 'text'), 'used']);
    const { text, used } = await hear(
      openChat({ baseUrl, price: { prompt: 2_000, completion: 10_000 } }),
    );
    expect(text).toBe(HEAT);
    expect(used).toEqual([{ promptTokens: 6, completionTokens: 7, usd: 0.082 }]);
  });

  it('is estimated where the server does not count', async () => {
    server.script({ kind: 'no-usage', text: HEAT });
    const { used } = await hear(openChat({ baseUrl }));
    expect(used).toEqual([{ promptTokens: 16, completionTokens: 7, usd: 0 }]);
  });

  it('is whole where packets split its characters', async () => {
    const text = 'ΔT = 3 °C, 熱 and 😀.';
    server.script({ kind: 'half-character', text });
    expect((await hear(openChat({ baseUrl }))).text).toBe(text);
  });

  it('leaves out what the model thinks', async () => {
    server.script({ kind: 'thinking', thoughts: 'Hm, heat.', text: HEAT });
    expect((await hear(openChat({ baseUrl }))).text).toBe(HEAT);
  });

  it.each(['empty', 'refusal'] as const)('may be nothing (%s)', async (kind) => {
    server.script({ kind, text: 'I cannot.' });
    const { text, used, error } = await hear(openChat({ baseUrl }));
    expect([text, used.length, error]).toEqual(['', 1, undefined]);
  });

  it('without an end is cut', async () => {
    server.script({ kind: 'endless' });
    const before = server.closedEarly;
    const { text, used, error } = await hear(openChat({ baseUrl }));
    expect(error).toBeUndefined();
    expect(text.length).toBeGreaterThan(400);
    expect(text.length).toBeLessThan(410);
    expect(used).toEqual([{ promptTokens: 16, completionTokens: 50, usd: 0 }]);
    await expect.poll(() => server.closedEarly).toBe(before + 1);
  });
});

describe('a reader', () => {
  it('who leaves early ends the request', async () => {
    const before = server.closedEarly;
    server.script({ kind: 'endless', tokensPerSecond: 100 });
    for await (const piece of openChat({ baseUrl }).stream(ASKED)) {
      if (piece.kind === 'text') break;
    }
    await expect.poll(() => server.closedEarly).toBe(before + 1);
  });

  it.each([
    ['before the first word', { kind: 'hang' }, ''],
    ['in the middle', { kind: 'stall', text: 'Heat' }, 'Heat'],
  ] as const)('who aborts %s gets the reason, and the request ends', async (_, reply, text) => {
    const model = openChat({ baseUrl });
    const before = server.closedEarly;
    server.script(reply);
    const reason = new Error('The person went away.');
    const controller = new AbortController();
    setTimeout(() => controller.abort(reason), 100);
    const heard = await hear(model, { signal: controller.signal });
    expect(heard.error).toBe(reason);
    expect(heard.text).toBe(text);
    await expect.poll(() => server.closedEarly).toBe(before + 1);
    expect(server.requests).toHaveLength(1);
  });

  it('who aborted before makes no request', async () => {
    const reason = new Error('Too late.');
    const heard = await hear(openChat({ baseUrl }), { signal: AbortSignal.abort(reason) });
    expect(heard.error).toBe(reason);
    expect(server.requests).toEqual([]);
  });
});
