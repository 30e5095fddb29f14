import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** What the next request meets instead of an answer. */
export interface SiteFault {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Hangs up in the middle of the body. */
  readonly isCutOff?: boolean;
}

/** What a server says to one request. */
export interface SiteAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * A site on a loopback port that keeps count of what its terms forbid. `close` throws where one was
 * broken, so that a test that forgets to look fails all the same.
 */
export abstract class SiteServer {
  /** Paths with their queries, in the order they came. */
  readonly requests: string[] = [];
  readonly violations: string[] = [];
  readonly #faults: (SiteFault | undefined)[] = [];
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  /** The most connections that were open at once. */
  busiest = 0;

  constructor() {
    this.#server = createServer((request, response) => this.#respond(request, response));
    this.#server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      this.busiest = Math.max(this.busiest, this.#sockets.size);
      socket.once('close', () => this.#sockets.delete(socket));
    });
  }

  async listen(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo; // a listening TCP server has a port
    return `http://127.0.0.1:${port}`;
  }

  /** The next requests meet these, one each; undefined lets one pass. */
  script(...faults: readonly (SiteFault | undefined)[]): void {
    this.#faults.push(...faults);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    if (this.violations.length > 0) {
      throw new Error(`The site was asked against its terms: ${this.violations.join('; ')}`);
    }
  }

  protected abstract answer(url: URL, request: IncomingMessage): SiteAnswer;
  /** What is wrong with how a request comes. */
  protected abstract check(url: URL, request: IncomingMessage): readonly string[];

  #respond(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', this.url);
    this.requests.push(`${url.pathname}${decodeURIComponent(url.search)}`);
    const wrong = this.check(url, request);
    this.violations.push(...wrong.map((text) => `${url.pathname}: ${text}`));
    const fault = this.#faults.shift();
    const answer = fault ?? this.answer(url, request);
    const { status = 200, headers = {}, body = '' } = answer;
    if (fault?.isCutOff === true) {
      response.writeHead(status, { ...headers, 'content-length': String(body.length * 2 + 10) });
      response.write(body);
      setTimeout(() => response.destroy(), 20);
      return;
    }
    response.writeHead(status, headers);
    response.end(body);
  }
}
