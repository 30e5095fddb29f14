import type { ChatChoice } from '../config.ts';
import { OPENAI_URL } from './openai-request.ts';

/** `openai:gpt-5-mini` in its two parts; the second may hold colons of its own. */
export function splitModelName(model: string): {
  readonly provider: string;
  readonly model: string;
} {
  const [provider = '', ...rest] = model.split(':');
  return { provider, model: rest.join(':') };
}

/**
 * OpenAI's models that think before they write: they refuse a temperature, and their thoughts
 * count as part of the reply.
 */
export function isReasoning(model: string): boolean {
  return /^(?:o\d|gpt-[5-9](?!-chat))/.test(splitModelName(model).model);
}

// Room to think, beside the reply: low effort mostly takes a few hundred tokens.
const THINKING_TOKENS = 2_048;

/** The most tokens that a reply of `maxTokens` can be billed for. */
export function mostCompletionTokens(model: string, maxTokens: number): number {
  return isReasoning(model) ? maxTokens + THINKING_TOKENS : maxTokens;
}

/** What `initChatModel` is given beside the model's name. */
export function modelFields(
  choice: ChatChoice,
  { maxTokens, fetch }: { readonly maxTokens: number; readonly fetch: typeof globalThis.fetch },
): Record<string, unknown> {
  const { provider } = splitModelName(choice.model);
  const most = mostCompletionTokens(choice.model, maxTokens);
  return {
    modelProvider: provider,
    // Ours come after the breaker and the budget.
    maxRetries: 0,
    ...lengthFields(provider, most),
    ...(isReasoning(choice.model) ? { reasoning: { effort: 'low' } } : { temperature: 0 }),
    ...(provider === 'openai' && openAIFields(choice, fetch)),
  };
}

/** The limit under the name that LangChain's class of the provider has for it. */
function lengthFields(provider: string, most: number): Record<string, number> {
  if (provider === 'ollama') return { numPredict: most };
  return provider.startsWith('google') ? { maxOutputTokens: most } : { maxTokens: most };
}

function openAIFields(
  { apiKey, baseUrl, timeoutMs }: ChatChoice,
  fetch: typeof globalThis.fetch,
): Record<string, unknown> {
  return {
    // Servers without keys want the header all the same.
    apiKey: apiKey ?? 'none',
    timeout: timeoutMs,
    // Named even when it is OpenAI's: LangChain would read the environment otherwise.
    configuration: { baseURL: baseUrl ?? OPENAI_URL, logLevel: 'off', fetch },
  };
}
