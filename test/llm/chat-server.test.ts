import { afterAll, describe, expect, it } from 'vitest';
import { FakeChatServer } from '../fakes/chat-server.ts';

const server = await FakeChatServer.start();
afterAll(() => server.close());
server.replyWith(() => ({ kind: 'text', text: 'Heat moves.' }));

const MESSAGES = [{ role: 'user', content: 'What is heat?' }];

const post = (body: unknown, headers: Record<string, string> = { authorization: 'Bearer k' }) =>
  fetch(`${server.baseUrl}/chat/completions`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  });

describe('the fake chat server', () => {
  it('answers at once when no stream is asked for', async () => {
    const response = await post({ model: 'tiny', messages: MESSAGES });
    expect(await response.json()).toMatchObject({
      choices: [{ message: { content: 'Heat moves.' }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 4, completion_tokens: 3, total_tokens: 7 },
    });
  });

  it('lists a model and knows no responses', async () => {
    const models = await fetch(`${server.baseUrl}/models`);
    expect(await models.json()).toMatchObject({ data: [{ id: 'tiny' }] });
    const responses = await fetch(`${server.baseUrl}/responses`, { method: 'POST' });
    expect(responses.status).toBe(404);
  });

  it.each([
    [{ messages: MESSAGES }, /model/],
    [{ model: 'tiny', messages: [] }, /empty/],
    [{ model: 'tiny', messages: [{ role: 'robot', content: '' }] }, /robot/],
    [{ model: 'tiny', messages: MESSAGES, max_tokens: 1, max_completion_tokens: 1 }, /both/],
    [{ model: 'gpt-5-mini', messages: MESSAGES, temperature: 0 }, /temperature/],
    [{ model: 'o3', messages: MESSAGES, max_tokens: 1 }, /max_tokens/],
  ])('refuses %j', async (body, rule) => {
    server.broken.length = 0;
    expect((await post(body)).status).toBe(400);
    expect(server.broken).toEqual([expect.stringMatching(rule)]);
  });

  it('refuses requests without a key', async () => {
    server.broken.length = 0;
    expect((await post({ model: 'tiny', messages: MESSAGES }, {})).status).toBe(401);
    expect(server.broken).toEqual(['no API key']);
  });
});
