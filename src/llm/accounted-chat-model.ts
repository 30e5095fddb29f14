import type { Budget, Reservation } from './budget.ts';
import type { ChatModel, ChatRequest, ChatUsage } from './chat-model.ts';
import { mostCompletionTokens } from './chat-settings.ts';
import type { HeardReply } from './heard-reply.ts';
import { costOf, type ModelPrice } from './model-prices.ts';
import { countTokens } from './request-batches.ts';
import type { Reply } from './resilient-reply.ts';
import type { TokenCount } from './token-count.ts';

// What the form of a chat adds to each message.
const TOKENS_A_MESSAGE = 4;

export interface AccountedParts {
  readonly name: string;
  readonly reply: Reply;
  readonly price: ModelPrice | undefined;
  readonly budget: Budget;
  readonly now: () => Date;
}

/**
 * A ChatModel that asks the budget before each attempt and books every attempt that a provider may
 * bill, at its most where nobody knows.
 */
export function createAccountedChatModel(parts: AccountedParts): ChatModel {
  return {
    name: parts.name,
    async *stream(request) {
      request.signal?.throwIfAborted();
      const account = new CallAccount(parts, request);
      try {
        for await (const text of parts.reply(request, (heard) => account.open(heard))) {
          yield { kind: 'text', text };
        }
        yield { kind: 'used', usage: account.used };
      } finally {
        // An abort or a reader who left: what came until then is paid for.
        await account.close();
      }
    },
  };
}

/** The attempts of one call, each with its own place in the accounts. */
class CallAccount {
  readonly #parts: AccountedParts;
  readonly #request: ChatRequest;
  readonly #most: TokenCount;
  readonly #settling: (() => Promise<void>)[] = [];
  readonly #reserving: Promise<unknown>[] = [];
  #used: ChatUsage = { promptTokens: 0, completionTokens: 0, usd: 0 };

  constructor(parts: AccountedParts, request: ChatRequest) {
    this.#parts = parts;
    this.#request = request;
    this.#most = worstCase(request, parts.name);
  }

  /** Of the attempts that are settled. */
  get used(): ChatUsage {
    return this.#used;
  }

  /** Reserves the most that one attempt can cost; resolves with what settles it. */
  async open(heard: HeardReply): Promise<() => Promise<void>> {
    const { budget, name, now } = this.#parts;
    const { task } = this.#request;
    const at = now().toISOString();
    const reserving = budget.reserve({ at, model: name, task, ...this.#priced(this.#most) });
    this.#reserving.push(reserving);
    const reservation = await reserving;
    let settled: Promise<void> | undefined;
    const settle = () => {
      settled ??= this.#settle(reservation, heard);
      return settled;
    };
    this.#settling.push(settle);
    return settle;
  }

  /** Settles what still runs as far as it was heard. */
  async close(): Promise<void> {
    await Promise.allSettled(this.#reserving);
    await Promise.all(this.#settling.map((settle) => settle()));
  }

  async #settle(reservation: Reservation, heard: HeardReply): Promise<void> {
    if (!heard.mayBeBilled) return reservation.settle(undefined);
    const spent = this.#priced(billed(heard, { most: this.#most, model: this.#parts.name }));
    this.#used = sumOf(this.#used, spent);
    await reservation.settle(spent);
  }

  #priced(tokens: TokenCount): ChatUsage {
    return { ...tokens, usd: costOf(this.#parts.price, tokens) };
  }
}

/** More than nearly any attempt takes, so that the budget holds. */
function worstCase({ messages, maxTokens }: ChatRequest, model: string): TokenCount {
  const tokens = messages.map(({ text }) => countTokens(text) + TOKENS_A_MESSAGE);
  return {
    promptTokens: tokens.reduce((sum, one) => sum + one, 0),
    completionTokens: mostCompletionTokens(model, maxTokens),
  };
}

/** The server's count; what was heard where it did not count, or where more may follow its count. */
function billed(
  { counted, isWhole, tokens }: HeardReply,
  { most, model }: { readonly most: TokenCount; readonly model: string },
): TokenCount {
  const { promptTokens, completionTokens } = counted ?? most;
  // Of hidden thoughts nobody knows.
  const heard = mostCompletionTokens(model, tokens);
  const written = counted && (isWhole ? completionTokens : Math.max(completionTokens, tokens));
  return {
    promptTokens: Math.min(promptTokens, most.promptTokens),
    completionTokens: Math.min(written ?? heard, most.completionTokens),
  };
}

function sumOf(one: ChatUsage, other: ChatUsage): ChatUsage {
  return {
    promptTokens: one.promptTokens + other.promptTokens,
    completionTokens: one.completionTokens + other.completionTokens,
    usd: one.usd + other.usd,
  };
}
