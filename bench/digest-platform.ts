import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { z } from 'zod';

const posted = z.object({
  key: z.string(),
  period: z.string(),
  papers: z.array(z.string()),
});
type Posted = z.infer<typeof posted> & { readonly channel: string; readonly at: number };

/** What a platform may do to a request instead of what was asked. */
export type Fault = 'none' | 'lost-reply' | 'unavailable' | 'rate-limited';

export interface PlatformOptions {
  /** The fake time, in milliseconds. */
  readonly now: () => number;
  readonly fault: () => Fault;
  readonly isGone: (channel: string) => boolean;
  /** Called when a request of a worker has changed something and before it is answered. */
  readonly afterStoring: (worker: string) => void;
}

/**
 * A platform on this machine that takes every message it is sent, the same one twice as well, and
 * fails as real ones do: it says "error" after storing, is away, or wants to be left alone a while.
 */
export class DigestPlatform {
  readonly posts: Posted[] = [];
  readonly told = new Map<string, number>();
  readonly faults: Record<Fault, number> = {
    none: 0,
    'lost-reply': 0,
    unavailable: 0,
    'rate-limited': 0,
  };
  /** Requests that came though the platform had said when to come again. */
  tooSoon = 0;
  readonly #options: PlatformOptions;
  readonly #waits = new Map<string, number>();
  readonly #server = createServer((request, response) => {
    this.#handle(request, response).catch(() => response.destroy());
  });

  constructor(options: PlatformOptions) {
    this.#options = options;
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    // A server that listens on a port has an address of this form.
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://loopback');
    const [, kind = '', name = ''] = url.pathname.split('/');
    const body = await text(request);
    const worker = String(request.headers['x-worker']);
    const reply = (status: number, value: object = {}, headers = {}) =>
      response.writeHead(status, headers).end(JSON.stringify(value));
    if (kind === 'owners') {
      this.told.set(name, (this.told.get(name) ?? 0) + 1);
      return void reply(200);
    }
    if (this.#options.isGone(name)) return void reply(404);
    if (request.method === 'GET') {
      const key = url.searchParams.get('key');
      return void reply(200, { posts: this.posts.filter((post) => post.key === key) });
    }
    const post = posted.parse(JSON.parse(body));
    const fault = this.#faultFor(post.key);
    if (fault === 'unavailable') return void reply(503);
    if (fault === 'rate-limited')
      return void reply(429, {}, { 'retry-after': this.#wait(post.key) });
    this.posts.push({ ...post, channel: name, at: this.#options.now() });
    this.#options.afterStoring(worker);
    reply(fault === 'lost-reply' ? 500 : 200, { id: String(this.posts.length) });
  }

  #faultFor(key: string): Fault {
    if (this.#options.now() < (this.#waits.get(key) ?? 0)) this.tooSoon++;
    const fault = this.#options.fault();
    this.faults[fault]++;
    return fault;
  }

  #wait(key: string): string {
    const seconds = 5_000;
    this.#waits.set(key, this.#options.now() + seconds * 1_000);
    return String(seconds);
  }
}
