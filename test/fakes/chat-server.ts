import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { type ChatReply, refuse, sendReply } from './chat-replies.ts';
import { type ChatBody, findBrokenRule } from './chat-rules.ts';
import { LoopbackServer } from './loopback-server.ts';

export interface ChatExchange {
  readonly body: ChatBody;
  readonly headers: IncomingHttpHeaders;
}

/**
 * An OpenAI-compatible chat server on a loopback port. It refuses what the real one refuses, and
 * keeps the reasons in `broken`. Statuses tell the key back, as some proxies do.
 */
export class FakeChatServer extends LoopbackServer {
  /** Those that were answered or failed on purpose. */
  readonly requests: ChatExchange[] = [];
  /** The rules of the API that requests broke; tests expect none. */
  readonly broken: string[] = [];
  private readonly scripted: ChatReply[] = [];
  private fallback: ((body: ChatBody) => ChatReply) | undefined;

  static start(): Promise<FakeChatServer> {
    return new FakeChatServer().listen();
  }

  /** The next requests meet these, one each. */
  script(...replies: readonly ChatReply[]): void {
    this.scripted.push(...replies);
  }

  /** Requests beyond the script meet this; without it they break a rule. */
  replyWith(reply: (body: ChatBody) => ChatReply): void {
    this.fallback = reply;
  }

  protected async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url === '/v1/models') return listModels(response);
    if (request.url !== '/v1/chat/completions') return refuse(response, 404, 'No such path.');
    await this.chat(request, response);
  }

  private async chat(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const key = request.headers.authorization?.match(/^Bearer (.+)$/)?.[1];
    if (key === undefined) return this.breaks('no API key', { response, status: 401 });
    const body = await readBody(request);
    const rule = findBrokenRule(body);
    if (rule !== undefined) return this.breaks(rule, { response, status: 400 });
    this.requests.push({ body, headers: request.headers });
    const reply = this.scripted.shift() ?? this.fallback?.(body);
    if (reply === undefined) return this.breaks('not scripted', { response, status: 400 });
    await sendReply(reply, { response, body, key });
  }

  private breaks(
    rule: string,
    { response, status }: { readonly response: ServerResponse; readonly status: number },
  ): void {
    this.broken.push(rule);
    refuse(response, status, rule);
  }
}

function listModels(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ object: 'list', data: [{ id: 'tiny', object: 'model' }] }));
}

async function readBody(request: IncomingMessage): Promise<ChatBody> {
  let text = '';
  for await (const piece of request.setEncoding('utf8')) text += piece;
  return JSON.parse(text || '{}') as ChatBody; // its rules are checked next
}
