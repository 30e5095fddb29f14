import type { Answer } from './answer.ts';

/** What is answered to a line of many that is no question: what is wrong with it, and nothing else. */
export function refuseInput(message: string, answerId: string): Answer {
  return {
    kind: 'insufficient-evidence',
    intent: 'ask',
    text: message,
    sentences: [{ text: message, citations: [] }],
    citations: [],
    passages: [],
    nearest: [],
    trace: {
      answerId,
      ms: { total: 0 },
      modelCalls: 0,
      promptTokens: 0,
      completionTokens: 0,
      mode: 'not a question',
    },
  };
}
