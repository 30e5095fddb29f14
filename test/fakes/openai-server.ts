import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { LoopbackServer } from './loopback-server.ts';

/** What the next request meets instead of an answer. */
export type OpenAIFault =
  | { readonly kind: 'status'; readonly status: number; readonly retryAfter?: string }
  | { readonly kind: 'quota' }
  | { readonly kind: 'hang' }
  | { readonly kind: 'not-json' }
  | { readonly kind: 'web-page' }
  | { readonly kind: 'too-few-vectors' }
  | { readonly kind: 'shorter-vectors' };

interface EmbeddingsBody {
  readonly model: string;
  readonly input: string | readonly string[];
}

const DIMENSIONS = 64;
const MAX_INPUTS = 2_048;
const ANSWER_MS = 10;

/**
 * An OpenAI-compatible embeddings server on a loopback port. As the real one it refuses requests
 * without a key, with over 2,048 inputs or with an empty one. Its vectors count words and are not
 * of length 1. A 401 and a 400 tell the key back, as some proxies do.
 */
export class FakeOpenAIServer extends LoopbackServer {
  /** The inputs of every request that was answered or failed on purpose. */
  readonly requests: (readonly string[])[] = [];
  private readonly faults: OpenAIFault[] = [];

  static start(): Promise<FakeOpenAIServer> {
    return new FakeOpenAIServer().listen();
  }

  /** The next requests meet these, one each. */
  script(...faults: readonly OpenAIFault[]): void {
    this.faults.push(...faults);
  }

  protected async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    await sleep(ANSWER_MS);
    const key = request.headers.authorization?.match(/^Bearer (.+)$/)?.[1];
    if (key === undefined) return refuse(response, 401, 'You did not provide an API key.');
    if (request.url !== '/v1/embeddings') return refuse(response, 404, 'No such path.');
    const inputs = typeof body.input === 'string' ? [body.input] : body.input;
    const problem = findProblem(inputs);
    if (problem !== undefined) return refuse(response, 400, problem);
    this.requests.push(inputs);
    const fault = this.faults.shift();
    if (fault !== undefined) return misbehave(response, { fault, inputs, key });
    respond(response, 200, vectorsOf(inputs));
  }
}

async function readBody(request: IncomingMessage): Promise<EmbeddingsBody> {
  let text = '';
  for await (const piece of request.setEncoding('utf8')) text += piece;
  return JSON.parse(text || '{}') as EmbeddingsBody; // a fake trusts the code it tests
}

function findProblem(inputs: readonly string[] | undefined): string | undefined {
  if (inputs === undefined || inputs.length === 0) return "'input' is empty.";
  if (inputs.length > MAX_INPUTS) return "'input' has more than 2048 items.";
  if (inputs.some((input) => input === '')) return "'input' holds an empty string.";
  return undefined;
}

interface Mischief {
  readonly fault: OpenAIFault;
  readonly inputs: readonly string[];
  readonly key: string;
}

function misbehave(response: ServerResponse, { fault, inputs, key }: Mischief): void {
  switch (fault.kind) {
    case 'status':
      if (fault.retryAfter !== undefined) response.setHeader('retry-after', fault.retryAfter);
      refuse(response, fault.status, `Refused for the key ${key}.`);
      break;
    case 'quota':
      refuse(response, 429, 'You exceeded your current quota.', 'insufficient_quota');
      break;
    case 'hang':
      break;
    case 'not-json':
      response.setHeader('content-type', 'application/json');
      response.end('{"data": [');
      break;
    case 'web-page':
      response.setHeader('content-type', 'text/html');
      response.end('<html>Welcome</html>');
      break;
    case 'too-few-vectors':
      respond(response, 200, vectorsOf(inputs.slice(1)));
      break;
    case 'shorter-vectors':
      respond(response, 200, vectorsOf(inputs, DIMENSIONS / 2));
      break;
  }
}

function refuse(response: ServerResponse, status: number, message: string, code = ''): void {
  respond(response, status, { error: { message, code } });
}

function respond(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

function vectorsOf(inputs: readonly string[], dimensions = DIMENSIONS) {
  const data = inputs.map((input, index) => ({ index, embedding: countWords(input, dimensions) }));
  return { object: 'list', data, usage: { prompt_tokens: 1, total_tokens: 1 } };
}

function countWords(text: string, dimensions: number): number[] {
  const counts = new Array<number>(dimensions).fill(0.01);
  for (const word of text.toLowerCase().match(/\p{L}+/gu) ?? []) {
    let hash = 7;
    for (const char of word) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) % 65_521;
    counts[hash % dimensions] = (counts[hash % dimensions] ?? 0) + 1;
  }
  return counts;
}
