import { setImmediate as turn } from 'node:timers/promises';
import type { ChatModel, ChatRequest } from '../../src/llm/chat-model.ts';
import type { ModelError } from '../../src/llm/model-error.ts';

const USAGE = { promptTokens: 100, completionTokens: 10, usd: 0.001 };

/** A ChatModel that gives these replies in turn, and throws on any call beyond them. */
export class ScriptedModel implements ChatModel {
  readonly name = 'scripted:model';
  readonly requests: ChatRequest[] = [];
  readonly #replies: (string | ModelError)[];

  constructor(...replies: readonly (string | ModelError)[]) {
    this.#replies = [...replies];
  }

  async *stream(request: ChatRequest) {
    this.requests.push(request);
    const reply = this.#replies.shift();
    if (reply === undefined) throw new Error(`No reply is set up for ${request.task}.`);
    if (typeof reply !== 'string') throw reply;
    for (const [piece] of reply.matchAll(/[\s\S]{1,7}/g)) {
      await turn();
      yield { kind: 'text', text: piece } as const;
    }
    yield { kind: 'used', usage: USAGE } as const;
  }

  /** The prompts as one text each. */
  get prompts(): readonly string[] {
    return this.requests.map(({ messages }) => messages.map(({ text }) => text).join('\n'));
  }
}
