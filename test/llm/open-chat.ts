import type { ChatChoice } from '../../src/config.ts';
import type { ChatModel, ChatRequest, ChatUsage } from '../../src/llm/chat-model.ts';
import type { ModelError } from '../../src/llm/model-error.ts';
import { type ChatParts, openChatModel } from '../../src/llm/open-chat-model.ts';
import type { CallLimits } from '../../src/llm/resilient-reply.ts';
import { MemoryLedger } from '../fakes/memory-ledger.ts';

export const KEY = 'sk-test-0123456789abcdef';

export const ASKED: ChatRequest = {
  messages: [
    { role: 'system', text: 'Be brief.' },
    { role: 'user', text: 'What is heat?' },
  ],
  task: 'answer',
  maxTokens: 50,
};

/** A model on a server at home, with pauses short enough for tests. */
export function openChat(
  { keyless = false, ...choice }: Partial<ChatChoice> & { readonly keyless?: boolean },
  limits: Partial<CallLimits> = {},
  parts: Partial<ChatParts> = {},
): ChatModel {
  const rest = { timeoutMs: 2_000, concurrency: 4, secondLook: true, verify: 'rules' } as const;
  return openChatModel(
    { model: 'openai:tiny', ...(!keyless && { apiKey: KEY }), ...rest, ...choice },
    { ledger: new MemoryLedger(), now: () => new Date('2026-05-04T12:00:00Z'), ...parts },
    { firstPauseMs: 5, longestPauseMs: 20, stallMs: 1_000, failuresToRest: 100, ...limits },
  );
}

export interface Heard {
  readonly text: string;
  readonly used: readonly ChatUsage[];
  /** What the stream threw. */
  readonly error?: unknown;
}

/** All that came, and how it ended. */
export async function hear(model: ChatModel, request: Partial<ChatRequest> = {}): Promise<Heard> {
  let text = '';
  const used: ChatUsage[] = [];
  try {
    for await (const piece of model.stream({ ...ASKED, ...request })) {
      if (piece.kind === 'text') text += piece.text;
      else used.push(piece.usage);
    }
    return { text, used };
  } catch (error) {
    return { text, used, error };
  }
}

/** The `failure` of the ModelError that it ended with. */
export async function failureOf(heard: Promise<Heard>): Promise<string | undefined> {
  const { error } = await heard;
  return (error as ModelError | undefined)?.failure; // undefined for any other error
}
