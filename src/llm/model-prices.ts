import type { ChatChoice } from '../config.ts';
import { splitModelName } from './chat-settings.ts';
import { OPENAI_URL } from './openai-request.ts';

/** US dollars per million tokens. */
export interface ModelPrice {
  readonly prompt: number;
  readonly completion: number;
}

const FREE: ModelPrice = { prompt: 0, completion: 0 };

// As https://openai.com/api/pricing listed them for the standard tier when this was written;
// MODEL_PRICE_USD corrects them. Cached prompts cost less, so that costs are upper bounds.
const OPENAI_PRICES: Readonly<Record<string, readonly [prompt: number, completion: number]>> = {
  'gpt-5': [1.25, 10],
  'gpt-5-mini': [0.25, 2],
  'gpt-5-nano': [0.05, 0.4],
  'gpt-5-chat-latest': [1.25, 10],
  'gpt-5.1': [1.25, 10],
  'gpt-5.2': [1.75, 14],
  'gpt-4.1': [2, 8],
  'gpt-4.1-mini': [0.4, 1.6],
  'gpt-4.1-nano': [0.1, 0.4],
  'gpt-4o': [2.5, 10],
  'gpt-4o-mini': [0.15, 0.6],
  o3: [2, 8],
  'o3-mini': [1.1, 4.4],
  'o4-mini': [1.1, 4.4],
};

/** The price of the chosen model: as set, as listed, or nothing at home; else undefined. */
export function findPrice(choice: ChatChoice): ModelPrice | undefined {
  if (choice.price !== undefined) return choice.price;
  const { provider, model } = splitModelName(choice.model);
  const baseUrl = choice.baseUrl ?? OPENAI_URL;
  if (provider === 'ollama') return FREE;
  if (provider !== 'openai') return undefined;
  if (isAtHome(new URL(baseUrl).hostname)) return FREE;
  return isOpenAI(baseUrl) ? listedPrice(model) : undefined;
}

/** US dollars for so many tokens; 0 without a price. */
export function costOf(
  price: ModelPrice | undefined,
  tokens: { readonly promptTokens: number; readonly completionTokens: number },
): number {
  const { prompt, completion } = price ?? FREE;
  return (tokens.promptTokens * prompt + tokens.completionTokens * completion) / 1e6;
}

/** `gpt-5-mini-2025-08-07` costs what `gpt-5-mini` does. */
function listedPrice(model: string): ModelPrice | undefined {
  const listed = OPENAI_PRICES[model.replace(/-\d{4}-\d{2}-\d{2}$/, '')];
  return listed && { prompt: listed[0], completion: listed[1] };
}

function isOpenAI(baseUrl: string): boolean {
  return /(?:^|\.)api\.openai\.com$/.test(new URL(baseUrl).hostname);
}

/** This machine, or one of the same house: a private address or a name without a public ending. */
function isAtHome(hostname: string): boolean {
  return (
    /^(?:127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|\[::1\]|\[f[cd])/.test(hostname) ||
    /^(?:[^.[\]]+|.+\.(?:local|internal|lan))$/.test(hostname)
  );
}
