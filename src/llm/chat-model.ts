import type { RunnableConfig } from '@langchain/core/runnables';

export interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly text: string;
}

export interface ChatRequest {
  readonly messages: readonly ChatMessage[];
  /** What the call is for, such as `answer` or `repair`; named in traces and in the accounts. */
  readonly task: string;
  /** The longest reply, in tokens; a longer one is cut. */
  readonly maxTokens: number;
  readonly signal?: AbortSignal;
  /** Of the runnable that calls, so that tracing sees the call inside it. */
  readonly tracing?: RunnableConfig;
}

/** What one call used; `usd` is 0 where the price of the model is not known. */
export interface ChatUsage {
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly usd: number;
}

/** A reply as it arrives; `used` comes once, last, also when the reply was cut at `maxTokens`. */
export type ChatPiece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'used'; readonly usage: ChatUsage };

/** A chat model behind its time limits, retries, budget and circuit breaker. */
export interface ChatModel {
  /** As configured, such as `openai:gpt-5-mini`. */
  readonly name: string;
  /**
   * The reply piece by piece. Throws ModelError before the first piece or in the middle; what came
   * before a failure in the middle is never sent again. Leaving the loop early ends the request.
   */
  stream(request: ChatRequest): AsyncIterable<ChatPiece>;
}
