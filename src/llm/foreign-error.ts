/** What an error of an SDK, of `fetch` or of LangChain tells, whichever of them made it. */
export interface ForeignError {
  readonly name: string;
  readonly message: string;
  readonly status?: number;
  /** The server's, such as `insufficient_quota`, or the system's, such as `ECONNRESET`. */
  readonly codes: readonly string[];
  /** As the server asks; absent where it does not. */
  readonly retryAfterMs?: number;
}

/** Reads the error and all its causes; what stands nearer to the surface wins. */
export function readForeignError(error: unknown, now: () => Date): ForeignError {
  const chain = [...causesOf(error)];
  const status = chain.map(statusOf).find((one) => one !== undefined);
  const retryAfterMs = chain
    .map((one) => waitAskedFor(one.headers, now))
    .find((one) => one !== undefined);
  return {
    name: String(chain[0]?.name ?? ''),
    message: [...new Set(chain.map(messageOf))].join(': ') || String(error),
    codes: chain.flatMap(codesOf),
    ...(status !== undefined && { status }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}

type Fields = Readonly<Record<string, unknown>>;

const DEEPEST = 8;

function* causesOf(error: unknown): Generator<Fields> {
  let at = error;
  for (let depth = 0; isFields(at) && depth < DEEPEST; depth++) {
    yield at;
    at = at.cause;
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

/** Without the status, which OpenAI's client puts first, and LangChain's link, which it adds last. */
function messageOf({ message }: Fields): string {
  return String(message ?? '')
    .replace(/^\d{3} /, '')
    .replace(/\s*Troubleshooting URL: \S+/, '')
    .replace(/[.\s]+$/, '');
}

/** Under the names that OpenAI's and Anthropic's, Google's and Ollama's clients use. */
function statusOf({ status, statusCode, status_code }: Fields): number | undefined {
  return [status, statusCode, status_code].find((one) => typeof one === 'number');
}

function codesOf({ name, code, type }: Fields): readonly string[] {
  return [name, code, type].filter((one) => typeof one === 'string' && one !== 'Error') as string[]; // checked
}

/** How long the headers ask to wait, in seconds or as a date (RFC 9110, 10.2.3); absent where not. */
export function waitAskedFor(headers: unknown, now: () => Date): number | undefined {
  const text = headers instanceof Headers ? headers.get('retry-after') : undefined;
  if (text === null || text === undefined || text.trim() === '') return undefined;
  const ms = Number.isFinite(Number(text))
    ? Number(text) * 1_000
    : Date.parse(text) - now().getTime();
  return Number.isNaN(ms) ? undefined : Math.max(ms, 0);
}
