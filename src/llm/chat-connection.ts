import type { BaseChatModel } from '@langchain/core/language_models/chat_models';
import type { AIMessageChunk, UsageMetadata } from '@langchain/core/messages';
import type { RunnableConfig } from '@langchain/core/runnables';
import type { ChatChoice } from '../config.ts';
import { untilAborted } from './abortable.ts';
import { type ChatServer, chatError } from './chat-errors.ts';
import type { ChatRequest } from './chat-model.ts';
import { modelFields, splitModelName } from './chat-settings.ts';
import { createChatFetch } from './chat-wire.ts';
import { readTokenCount, type TokenCount } from './token-count.ts';

export interface ReplyChunk {
  /** Empty while the model thinks. */
  readonly text: string;
  /** Characters of thoughts that came with it, where the server shows them. */
  readonly thoughts?: number;
  /** Of this chunk alone; those of all chunks add up. */
  readonly counted?: TokenCount;
  /** `stop`, `length`, `content_filter` ...; the last chunk with text or the one after has it. */
  readonly finish?: string;
}

export interface Listener {
  readonly signal: AbortSignal;
  /** Is told what the server counts for the whole request, mostly before a chunk says so. */
  readonly onCount: (count: TokenCount | undefined) => void;
}

/**
 * Prepares one request to a model; the first `next` makes it. Throws what its SDK throws, or
 * ModelError `no-key` or `unknown-model`, or `malformed` for more bytes than a reply takes.
 */
export type ChatConnection = (
  request: ChatRequest,
  listener: Listener,
) => Promise<AsyncGenerator<ReplyChunk>>;

/** A ChatConnection through LangChain, which it loads for the first request. */
export function createChatConnection(choice: ChatChoice, server: ChatServer): ChatConnection {
  return async (request, { signal, onCount }) => {
    const fetch = createChatFetch(server, onCount);
    const model = await loadModel(choice, { server, maxTokens: request.maxTokens, fetch });
    const messages = request.messages.map(({ role, text }) => ({ role, content: text }));
    // `transform` and not `stream`: that one cannot be left before the first chunk, and reads
    // ahead, so that a failure drops the chunk before it.
    const chunks = model.transform(only(messages), configOf(request, signal));
    return readChunks(untilAborted(chunks, signal));
  };
}

/**
 * Loads what the first request needs: on a busy machine that takes seconds in which nothing else
 * runs. Throws as a request does where the model cannot be loaded.
 */
export async function preloadModel(choice: ChatChoice, server: ChatServer): Promise<void> {
  await loadModel(choice, { server, maxTokens: 1, fetch: globalThis.fetch });
}

async function loadModel(
  choice: ChatChoice,
  parts: {
    readonly server: ChatServer;
    readonly maxTokens: number;
    readonly fetch: typeof globalThis.fetch;
  },
): Promise<BaseChatModel> {
  const { server, maxTokens, fetch } = parts;
  const { provider, model } = splitModelName(choice.model);
  if (provider === 'openai' && choice.apiKey === undefined && choice.baseUrl === undefined) {
    throw chatError({ failure: 'no-key', server, reason: 'no key is set' });
  }
  // Not at the top: it takes half a second.
  const { initChatModel } = await import('langchain/chat_models/universal');
  try {
    const configurable = await initChatModel(model, modelFields(choice, { maxTokens, fetch }));
    // The model within: the one without keeps an instance for each config that it ever met.
    return await configurable._getModelInstance();
  } catch (error) {
    throw explainLoading(error, server);
  }
}

function explainLoading(error: unknown, server: ChatServer): unknown {
  const said = error instanceof Error ? error.message : String(error);
  const missing = said.match(/Unable to import (\S+?)\.? Please/)?.[1];
  if (missing !== undefined) {
    const reason = `its package is not installed: run "npm install ${missing}"`;
    return chatError({ failure: 'unknown-model', server, reason });
  }
  if (said.startsWith('Unsupported')) {
    const reason = said.replace(/\s+/g, ' ');
    return chatError({ failure: 'unknown-model', server, reason });
  }
  return error;
}

function configOf({ tracing, task }: ChatRequest, signal: AbortSignal): RunnableConfig {
  return { ...tracing, signal, runName: task, metadata: { ...tracing?.metadata, task } };
}

async function* only<T>(value: T): AsyncGenerator<T> {
  yield value;
}

async function* readChunks(chunks: AsyncGenerator<AIMessageChunk>): AsyncGenerator<ReplyChunk> {
  for await (const chunk of chunks) yield readChunk(chunk);
}

function readChunk(chunk: AIMessageChunk): ReplyChunk {
  // The class leaves its types open; these fields are the same for all providers.
  const usage = chunk.usage_metadata as UsageMetadata | undefined;
  // Chat Completions name a reason; the Responses API a status, in its last chunk only.
  const { finish_reason, status } = chunk.response_metadata as Record<string, unknown>;
  const finish = [finish_reason, status].find((one) => typeof one === 'string');
  const counted =
    usage &&
    readTokenCount({ promptTokens: usage.input_tokens, completionTokens: usage.output_tokens });
  const { reasoning_content: thoughts } = chunk.additional_kwargs;
  return {
    text: chunk.text,
    ...(typeof thoughts === 'string' && { thoughts: thoughts.length }),
    ...(counted && { counted }),
    ...(finish !== undefined && { finish }),
  };
}
