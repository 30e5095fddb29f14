import { describe, expect, it } from 'vitest';
import type { ChatChoice } from '../../src/config.ts';
import { costOf, findPrice } from '../../src/llm/model-prices.ts';

const priceOf = (model: string, choice: Partial<ChatChoice> = {}) =>
  findPrice({
    model,
    timeoutMs: 1,
    concurrency: 1,
    secondLook: true,
    verify: 'rules',
    ...choice,
  });

describe('the price of a model', () => {
  it('is the one that is set, wherever the model runs', () => {
    const price = { prompt: 3, completion: 4 };
    expect(priceOf('openai:gpt-5', { price })).toEqual(price);
    expect(priceOf('ollama:llama3', { price })).toEqual(price);
  });

  it('is listed for models of OpenAI, dated ones too', () => {
    const mini = { prompt: 0.25, completion: 2 };
    expect(priceOf('openai:gpt-5-mini')).toEqual(mini);
    expect(priceOf('openai:gpt-5-mini-2025-08-07')).toEqual(mini);
    expect(priceOf('openai:gpt-5-mini', { baseUrl: 'https://eu.api.openai.com/v1' })).toEqual(mini);
  });

  it.each([
    'http://127.0.0.1:8000/v1',
    'http://[::1]:8000/v1',
    'http://localhost:8000/v1',
    'http://ollama:11434/v1',
    'http://192.168.1.7/v1',
    'http://172.20.0.2/v1',
    'http://gpu.internal/v1',
  ])('is nothing at %s', (baseUrl) => {
    expect(priceOf('openai:gpt-5', { baseUrl })).toEqual({ prompt: 0, completion: 0 });
  });

  it.each([
    ['openai:gpt-99', undefined],
    ['anthropic:claude', undefined],
    ['openai:gpt-5', 'https://openrouter.ai/api/v1'],
    ['openai:gpt-5', 'http://172.40.0.2/v1'],
    ['openai:gpt-5', 'https://api.openai.com.evil.example/v1'],
  ])('is not known for %s at %s', (model, baseUrl) => {
    expect(priceOf(model, baseUrl === undefined ? {} : { baseUrl })).toBeUndefined();
  });
});

describe('the cost of a call', () => {
  const tokens = { promptTokens: 2_000, completionTokens: 500 };

  it('is counted per million tokens', () => {
    expect(costOf({ prompt: 0.25, completion: 2 }, tokens)).toBeCloseTo(0.0015, 12);
  });

  it('is 0 without a price', () => {
    expect(costOf(undefined, tokens)).toBe(0);
  });
});
