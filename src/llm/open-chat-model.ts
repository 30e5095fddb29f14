import type { ChatChoice } from '../config.ts';
import { FootnoteError } from '../errors.ts';
import { createAccountedChatModel } from './accounted-chat-model.ts';
import { createBudget } from './budget.ts';
import { createChatConnection, preloadModel } from './chat-connection.ts';
import type { ChatServer } from './chat-errors.ts';
import type { ChatModel } from './chat-model.ts';
import { splitModelName } from './chat-settings.ts';
import { findPrice, type ModelPrice } from './model-prices.ts';
import { OPENAI_URL } from './openai-request.ts';
import { type CallLimits, createResilientReply } from './resilient-reply.ts';
import type { SpendingLedger } from './spending.ts';

export interface ChatParts {
  readonly ledger: SpendingLedger;
  readonly now: () => Date;
  /** From 0 to 1, spreads the pauses between retries; `Math.random` by default. */
  readonly random?: () => number;
}

const LIMITS = {
  queue: 32,
  stallMs: 20_000,
  failuresToRest: 5,
  restMs: 30_000,
  retries: 2,
  firstPauseMs: 250,
  longestPauseMs: 5_000,
  longestWaitMs: 20_000,
} as const;

/**
 * The chat model of the settings; its client is loaded for the first request, or before that by
 * `preloadChatModel`. Throws FootnoteError `config` when a daily budget is set and the price of the
 * model is not known.
 */
export function openChatModel(
  choice: ChatChoice,
  { ledger, now, random = Math.random }: ChatParts,
  limits: Partial<CallLimits> = {},
): ChatModel {
  const price = findPrice(choice);
  checkBudget(choice, price);
  const { timeoutMs, concurrency, dailyBudgetUsd: dailyUsd } = choice;
  const all = { ...LIMITS, timeoutMs, concurrency, ...limits };
  const server = serverOf(choice);
  const reply = createResilientReply({
    connect: createChatConnection(choice, server),
    server,
    stallMs: Math.min(all.stallMs, timeoutMs),
    limits: all,
    now,
    random,
  });
  const budget = createBudget({ ledger, dailyUsd });
  return createAccountedChatModel({ name: choice.model, reply, price, budget, now });
}

/**
 * Loads the client of the model, so that the first request keeps nothing else waiting. Throws
 * ModelError where there is none or its key is missing; requests then say the same.
 */
export function preloadChatModel(choice: ChatChoice): Promise<void> {
  return preloadModel(choice, serverOf(choice));
}

function checkBudget({ model, dailyBudgetUsd }: ChatChoice, price: ModelPrice | undefined): void {
  if (dailyBudgetUsd === undefined || price !== undefined) return;
  throw new FootnoteError(
    'config',
    `DAILY_BUDGET_USD cannot be kept: the price of CHAT_MODEL=${model} is not known. Set MODEL_PRICE_USD to its two prices per million tokens, of prompts and of replies, such as 0.25,2 (0,0 where it costs nothing), or remove DAILY_BUDGET_USD.`,
    { facts: { model } },
  );
}

function serverOf({ model, apiKey, baseUrl }: ChatChoice): ChatServer {
  const { provider } = splitModelName(model);
  const isOpenAI = provider === 'openai';
  return {
    name: model,
    host: isOpenAI ? new URL(baseUrl ?? OPENAI_URL).host : provider,
    ...(apiKey !== undefined && { apiKey }),
  };
}
