/** The fields of a chat request that the fake looks at. */
export interface ChatBody {
  readonly model: string;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly stream?: boolean;
  readonly stream_options?: { readonly include_usage?: boolean };
  readonly temperature?: number;
  readonly reasoning_effort?: string;
  readonly max_tokens?: number;
  readonly max_completion_tokens?: number;
}

const ROLES = ['system', 'developer', 'user', 'assistant'];
const REASONING = /^(?:gpt-5(?!-chat)|o\d)/;

/** The rule of the real API that the request breaks. */
export function findBrokenRule(body: Partial<ChatBody>): string | undefined {
  const { model, messages, temperature, max_tokens, max_completion_tokens } = body;
  if (typeof model !== 'string' || model === '') return 'you must provide a model parameter';
  if (!Array.isArray(messages) || messages.length === 0) return "'messages' is empty";
  const wrong = messages.find(
    ({ role, content }) => !ROLES.includes(role) || typeof content !== 'string',
  );
  if (wrong !== undefined) return `'messages' holds ${JSON.stringify(wrong)}`;
  if (max_tokens !== undefined && max_completion_tokens !== undefined) {
    return "'max_tokens' and 'max_completion_tokens' cannot both be set";
  }
  if (!REASONING.test(model)) return undefined;
  if (temperature !== undefined) return `'temperature' does not go with ${model}`;
  if (max_tokens !== undefined) return `'max_tokens' does not go with ${model}`;
  return undefined;
}
