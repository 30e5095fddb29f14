import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ChatBody } from './chat-rules.ts';
import { type Flood, sendFlood } from './floods.ts';

interface Pace {
  readonly tokensPerSecond?: number;
  readonly firstTokenMs?: number;
}

/** What a request meets. */
export type ChatReply =
  | ({ readonly kind: 'text'; readonly text: string } & Pace)
  /** The text, then the socket breaks; `cleanly`: the stream ends as if it were whole. */
  | ({ readonly kind: 'cut'; readonly text: string; readonly cleanly?: boolean } & Pace)
  /** Each character past ASCII goes out in two writes. */
  | { readonly kind: 'half-character'; readonly text: string }
  | { readonly kind: 'status'; readonly status: number; readonly retryAfter?: string }
  | { readonly kind: 'quota' }
  | { readonly kind: 'too-long' }
  | { readonly kind: 'not-json' }
  | { readonly kind: 'web-page' }
  /** A good start, then an event that is not JSON. */
  | { readonly kind: 'garbled'; readonly text: string }
  /** An error in the middle of the stream, as some proxies report a failure behind them. */
  | { readonly kind: 'error-event'; readonly code: string }
  | { readonly kind: 'refusal'; readonly text: string }
  | { readonly kind: 'filtered'; readonly text: string }
  | ({ readonly kind: 'endless' } & Pace)
  | { readonly kind: 'hang' }
  | { readonly kind: 'stall'; readonly text: string }
  | { readonly kind: 'empty' }
  | ({ readonly kind: 'no-usage'; readonly text: string } & Pace)
  /** Thoughts in a field of their own before the text, as DeepSeek's and vLLM's. */
  | { readonly kind: 'thinking'; readonly thoughts: string; readonly text: string }
  /** Thoughts without an end. */
  | { readonly kind: 'brooding' }
  /** A finished text with this for its count, or none; then the end, a cut, or nothing any more. */
  | {
      readonly kind: 'counted';
      readonly text: string;
      readonly usage?: unknown;
      readonly ending: 'end' | 'cut' | 'silence';
    }
  /** Megabytes that are no reply. */
  | { readonly kind: 'flood'; readonly of: Flood };

export interface ReplyContext {
  readonly response: ServerResponse;
  readonly body: ChatBody;
  readonly key: string;
}

const TOKEN_CHARACTERS = 4;
const HALF_WRITE_MS = 5;
const BROODING_MS = 5;
const ENDLESS_TOKEN = 'and ';

export async function sendReply(reply: ChatReply, context: ReplyContext): Promise<void> {
  const { response, key } = context;
  const stream = new EventStream(context);
  switch (reply.kind) {
    case 'text':
      if (context.body.stream !== true) return sendWhole(reply.text, context);
      await stream.text(reply.text, reply);
      return stream.end('stop', reply.text);
    case 'no-usage':
      await stream.text(reply.text, reply);
      return stream.end('stop');
    case 'thinking':
      stream.delta({ reasoning_content: reply.thoughts });
      await stream.text(reply.text);
      return stream.end('stop', reply.text);
    case 'cut':
      await stream.text(reply.text, reply);
      if (reply.cleanly) response.end();
      else response.destroy();
      return;
    case 'half-character':
      await stream.halves(reply.text);
      return stream.end('stop', reply.text);
    case 'status':
      if (reply.retryAfter !== undefined) response.setHeader('retry-after', reply.retryAfter);
      return refuse(response, reply.status, `Incorrect API key provided: ${key} (Bearer ${key}).`);
    case 'quota':
      return refuse(response, 429, 'You exceeded your current quota.', 'insufficient_quota');
    case 'too-long':
      return refuse(response, 400, 'The prompt is too long.', 'context_length_exceeded');
    case 'not-json':
      response.setHeader('content-type', 'application/json');
      response.end('{"choices": [');
      return;
    case 'web-page':
      response.setHeader('content-type', 'text/html');
      response.end('<html>Welcome</html>');
      return;
    case 'garbled':
      await stream.text(reply.text);
      stream.write(`data: {"choices": [{"delta": ${key}\n\n`);
      response.end();
      return;
    case 'error-event':
      stream.event({ error: { message: `It failed for ${key}.`, code: reply.code } });
      response.end();
      return;
    case 'refusal':
      stream.delta({ content: null, refusal: reply.text });
      return stream.end('stop', reply.text);
    case 'filtered':
      await stream.text(reply.text);
      return stream.end('content_filter', reply.text);
    case 'endless':
      while (!response.destroyed) await stream.text(ENDLESS_TOKEN, reply);
      return;
    case 'stall':
      return stream.text(reply.text);
    case 'brooding':
      while (!response.destroyed) await stream.think('Hmm. ');
      return;
    case 'counted':
      await stream.text(reply.text);
      stream.count(reply.usage);
      return stream.leave(reply.ending);
    case 'flood':
      return sendFlood(reply.of, response);
    case 'hang':
      return;
    case 'empty':
      return stream.end('stop', '');
  }
}

/** An error in the form of the API. */
export function refuse(
  response: ServerResponse,
  status: number,
  message: string,
  code: string | null = null,
): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ error: { message, type: code, param: null, code } }));
}

class EventStream {
  readonly #context: ReplyContext;

  constructor(context: ReplyContext) {
    this.#context = context;
  }

  async text(text: string, { tokensPerSecond, firstTokenMs = 0 }: Pace = {}): Promise<void> {
    const { response } = this.#context;
    this.delta({ role: 'assistant', content: '' });
    await sleep(firstTokenMs);
    for (const token of tokensOf(text)) {
      if (response.destroyed) return;
      this.delta({ content: token });
      await (tokensPerSecond === undefined
        ? new Promise(setImmediate)
        : sleep(1_000 / tokensPerSecond));
    }
  }

  async halves(text: string): Promise<void> {
    for (const character of text) {
      const bytes = Buffer.from(eventOf(this.#chunk({ content: character })));
      const middle = bytes.findIndex((byte) => byte > 0x7f) + 1;
      this.write(bytes.subarray(0, middle));
      await sleep(middle === 0 ? 0 : HALF_WRITE_MS);
      this.write(bytes.subarray(middle));
    }
  }

  async think(thought: string): Promise<void> {
    this.delta({ reasoning_content: thought });
    await sleep(BROODING_MS);
  }

  /** The end of the reply, with whatever stands for a count. */
  count(usage: unknown): void {
    this.event(this.#chunk({}, 'stop'));
    if (usage !== undefined) this.event({ ...this.#chunk({}), choices: [], usage });
  }

  leave(ending: 'end' | 'cut' | 'silence'): void {
    const { response } = this.#context;
    if (ending === 'end') response.end('data: [DONE]\n\n');
    // Later, so that what was written goes out.
    if (ending === 'cut') setTimeout(() => response.destroy(), HALF_WRITE_MS * 4);
  }

  delta(delta: Readonly<Record<string, unknown>>): void {
    this.event(this.#chunk(delta));
  }

  event(event: unknown): void {
    this.write(eventOf(event));
  }

  write(bytes: string | Uint8Array): void {
    const { response } = this.#context;
    if (!response.headersSent) response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(bytes);
  }

  /** With usage when a text is given and the request asked for it. */
  end(finish: string, counted?: string): void {
    const { body, response } = this.#context;
    this.event(this.#chunk({}, finish));
    if (counted !== undefined && body.stream_options?.include_usage) {
      this.event({ ...this.#chunk({}), choices: [], usage: usageOf(body, counted) });
    }
    this.write('data: [DONE]\n\n');
    response.end();
  }

  #chunk(delta: Readonly<Record<string, unknown>>, finish_reason: string | null = null) {
    const choices = [{ index: 0, delta, finish_reason }];
    const { model } = this.#context.body;
    return { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model, choices };
  }
}

function eventOf(event: unknown): string {
  return `data: ${JSON.stringify(event)}\n\n`;
}

function tokensOf(text: string): readonly string[] {
  const characters = [...text];
  return Array.from({ length: Math.ceil(characters.length / TOKEN_CHARACTERS) }, (_, i) =>
    characters.slice(i * TOKEN_CHARACTERS, (i + 1) * TOKEN_CHARACTERS).join(''),
  );
}

function sendWhole(text: string, { response, body }: ReplyContext): void {
  const message = { role: 'assistant', content: text };
  const choices = [{ index: 0, message, finish_reason: 'stop' }];
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(
    JSON.stringify({ id: 'chatcmpl-1', model: body.model, choices, usage: usageOf(body, text) }),
  );
}

function usageOf({ messages }: ChatBody, text: string) {
  const prompt = messages.reduce((sum, { content }) => sum + content.length, 0);
  const [prompt_tokens, completion_tokens] = [prompt, text.length].map((n) =>
    Math.ceil(n / TOKEN_CHARACTERS),
  ) as [number, number]; // two in, two out
  return { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens };
}
