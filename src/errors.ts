/** What an error of ours is about; decides the exit code and what people are told. */
export type ErrorCode =
  | 'usage'
  | 'input'
  | 'config'
  | 'index'
  | 'model'
  | 'busy'
  | 'missing'
  | 'network';

/** An expected failure. Its message says what failed, why, and what to do. */
export class FootnoteError extends Error {
  readonly code: ErrorCode;
  readonly facts: Readonly<Record<string, unknown>>;

  constructor(
    code: ErrorCode,
    message: string,
    options: { cause?: unknown; facts?: Readonly<Record<string, unknown>> } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'FootnoteError';
    this.code = code;
    this.facts = options.facts ?? {};
  }
}
