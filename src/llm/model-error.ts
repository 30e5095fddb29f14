import { FootnoteError } from '../errors.ts';

/** Why a chat model gave no reply. */
export type ModelFailure =
  /** No API key is set, or the server refuses the one that is. */
  | 'no-key'
  | 'unknown-model'
  /** The daily budget is spent, or the quota of the key. */
  | 'over-budget'
  | 'rate-limited'
  | 'timeout'
  /** The server cannot be reached, fails, or its connection broke. */
  | 'down'
  /** It failed often lately and is left alone for a while. */
  | 'resting'
  /** Too many of our own calls are waiting. */
  | 'busy'
  /** The server refuses this prompt: too long, filtered or not in its form. */
  | 'refused'
  /** What came is not a reply. */
  | 'malformed';

/** A chat model failed; the reader gets an answer without it. The message is for the operator. */
export class ModelError extends FootnoteError {
  readonly failure: ModelFailure;

  constructor(
    failure: ModelFailure,
    message: string,
    options: { cause?: unknown; facts?: Readonly<Record<string, unknown>> } = {},
  ) {
    super('model', message, options);
    this.name = 'ModelError';
    this.failure = failure;
  }
}
