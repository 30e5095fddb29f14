import type { RunnableConfig } from '@langchain/core/runnables';
import type { ChatMessage, ChatModel } from '../../llm/chat-model.ts';
import { ModelError } from '../../llm/model-error.ts';
import type { Claim } from '../check/claim.ts';
import { ClaimReader } from './claim-reader.ts';

/** What the model calls of one answer used so far. */
export class Meter {
  modelCalls = 0;
  promptTokens = 0;
  completionTokens = 0;
  usd = 0;
}

/** Everything a call needs besides its prompt. */
export interface ModelUse {
  readonly model: ChatModel;
  readonly meter: Meter;
  readonly signal?: AbortSignal;
  readonly tracing?: RunnableConfig;
}

/** What a step of the chain calls the model with. */
export function modelUse(
  run: { readonly meter: Meter; readonly state: { readonly request: { signal?: AbortSignal } } },
  { model, tracing }: { readonly model: ChatModel; readonly tracing: RunnableConfig },
): ModelUse {
  const { signal } = run.state.request;
  return { model, meter: run.meter, tracing, ...(signal !== undefined && { signal }) };
}

export interface ModelTask {
  readonly task: string;
  readonly messages: readonly ChatMessage[];
  readonly maxTokens: number;
}

/** The text of a reply, piece by piece; what it used is counted. Throws ModelError. */
export async function* streamText(
  { model, meter, signal, tracing }: ModelUse,
  task: ModelTask,
): AsyncGenerator<string> {
  signal?.throwIfAborted();
  meter.modelCalls += 1;
  const pieces = model.stream({
    ...task,
    ...(signal !== undefined && { signal }),
    ...(tracing !== undefined && { tracing }),
  });
  for await (const piece of pieces) {
    if (piece.kind === 'text') yield piece.text;
    else {
      meter.promptTokens += piece.usage.promptTokens;
      meter.completionTokens += piece.usage.completionTokens;
      meter.usd += piece.usage.usd;
    }
  }
}

/** A whole reply as text. Throws ModelError. */
export async function readText(use: ModelUse, task: ModelTask): Promise<string> {
  let text = '';
  for await (const piece of streamText(use, task)) text += piece;
  return text;
}

/** How a reply of claims ended. */
export interface ReplyEnd {
  /** All of it, as it came. */
  readonly text: string;
  readonly saidNone: boolean;
  /** Sentences that had no evidence. */
  readonly bare: readonly string[];
  /** What cut it short. */
  readonly failure?: ModelError;
}

/** Hands on every claim of a reply the moment it is complete. */
export async function readClaims(
  use: ModelUse,
  task: ModelTask,
  onClaim: (claim: Claim) => void,
): Promise<ReplyEnd> {
  const reader = new ClaimReader();
  let text = '';
  let failure: ModelError | undefined;
  try {
    for await (const piece of streamText(use, task)) {
      text += piece;
      for (const claim of reader.push(piece)) onClaim(claim);
    }
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    failure = error;
  }
  for (const claim of reader.end({ isCut: failure !== undefined })) onClaim(claim);
  const { saidNone, bare } = reader;
  return { text, saidNone, bare, ...(failure !== undefined && { failure }) };
}
