import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ChatReply, refuse, sendReply } from './chat-replies.ts';
import { type ChatBody, findBrokenRule } from './chat-rules.ts';

export interface ChatExchange {
  readonly body: ChatBody;
  readonly headers: IncomingHttpHeaders;
}

/**
 * An OpenAI-compatible chat server on a loopback port. It refuses what the real one refuses, and
 * keeps the reasons in `broken`. Statuses tell the key back, as some proxies do.
 */
export class FakeChatServer {
  /** Those that were answered or failed on purpose. */
  readonly requests: ChatExchange[] = [];
  /** The rules of the API that requests broke; tests expect none. */
  readonly broken: string[] = [];
  /** Requests whose client hung up before the end of the reply. */
  closedEarly = 0;
  /** The most requests that were open at once. */
  busiest = 0;
  private busy = 0;
  private readonly scripted: ChatReply[] = [];
  private fallback: ((body: ChatBody) => ChatReply) | undefined;
  private readonly server: Server;

  private constructor() {
    this.server = createServer((request, response) => void this.answer(request, response));
  }

  static async start(): Promise<FakeChatServer> {
    const fake = new FakeChatServer();
    await new Promise<void>((resolve) => fake.server.listen(0, '127.0.0.1', resolve));
    return fake;
  }

  get host(): string {
    const { port } = this.server.address() as AddressInfo; // a listening TCP server has a port
    return `127.0.0.1:${port}`;
  }

  get baseUrl(): string {
    return `http://${this.host}/v1`;
  }

  /** The next requests meet these, one each. */
  script(...replies: readonly ChatReply[]): void {
    this.scripted.push(...replies);
  }

  /** Requests beyond the script meet this; without it they break a rule. */
  replyWith(reply: (body: ChatBody) => ChatReply): void {
    this.fallback = reply;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.busy += 1;
    this.busiest = Math.max(this.busiest, this.busy);
    let cutByUs = false;
    const destroy = response.destroy.bind(response);
    response.destroy = (error) => {
      cutByUs = true;
      return destroy(error);
    };
    response.once('close', () => {
      this.busy -= 1;
      if (!response.writableFinished && !cutByUs) this.closedEarly += 1;
    });
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
