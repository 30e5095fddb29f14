import type { Budget } from './budget.ts';
import type { TokenCount } from './chat-connection.ts';
import type { ChatModel, ChatRequest } from './chat-model.ts';
import { mostCompletionTokens } from './chat-settings.ts';
import { costOf, type ModelPrice } from './model-prices.ts';
import { countTokens } from './request-batches.ts';
import type { Reply } from './resilient-reply.ts';

// Of English, where a server does not count them.
const CHARACTERS_A_TOKEN = 4;
// What the form of a chat adds to each message.
const TOKENS_A_MESSAGE = 4;

export interface AccountedParts {
  readonly name: string;
  readonly reply: Reply;
  readonly price: ModelPrice | undefined;
  readonly budget: Budget;
  readonly now: () => Date;
}

/** A ChatModel that asks the budget first and books every call that produced text or was counted. */
export function createAccountedChatModel(parts: AccountedParts): ChatModel {
  const { name, reply, price, budget, now } = parts;
  return {
    name,
    async *stream(request) {
      request.signal?.throwIfAborted();
      const at = now().toISOString();
      const reservation = await budget.reserve(costOf(price, worstCase(request, name)), dayOf(at));
      const book = async (counted: TokenCount) => {
        const usage = { ...counted, usd: costOf(price, counted) };
        await reservation.settle({ at, model: name, task: request.task, ...usage });
        return usage;
      };
      let characters = 0;
      let counted: TokenCount | undefined;
      let isBooked = false;
      try {
        for await (const part of reply(request)) {
          if (part.kind === 'end') counted = part.counted;
          else {
            characters += part.text.length;
            yield part;
          }
        }
        isBooked = true;
        const usage = await book(counted ?? estimate(request, characters));
        yield { kind: 'used', usage };
      } finally {
        // A failure, an abort or a reader who left: what came until then was paid for.
        if (!isBooked && characters > 0) await book(estimate(request, characters));
        else if (!isBooked) await reservation.settle();
      }
    },
  };
}

function dayOf(at: string): string {
  return at.slice(0, 10);
}

/** More than nearly any prompt takes, so that the budget holds. */
function worstCase({ messages, maxTokens }: ChatRequest, model: string): TokenCount {
  const tokens = messages.map(({ text }) => countTokens(text) + TOKENS_A_MESSAGE);
  return {
    promptTokens: tokens.reduce((sum, one) => sum + one, 0),
    completionTokens: mostCompletionTokens(model, maxTokens),
  };
}

function estimate({ messages }: ChatRequest, characters: number): TokenCount {
  const prompt = messages.reduce((sum, { text }) => sum + text.length, 0);
  return {
    promptTokens: Math.ceil(prompt / CHARACTERS_A_TOKEN),
    completionTokens: Math.ceil(characters / CHARACTERS_A_TOKEN),
  };
}
