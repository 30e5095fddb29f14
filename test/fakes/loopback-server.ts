import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An HTTP server on a loopback port that counts how it is used; each fake answers in its own way. */
export abstract class LoopbackServer {
  /** The most requests that were open at once. */
  busiest = 0;
  /** Requests whose client hung up before the end of the reply. */
  closedEarly = 0;
  #busy = 0;
  readonly #server: Server;

  protected constructor() {
    this.#server = createServer((request, response) => {
      this.#count(response);
      void this.answer(request, response);
    });
  }

  protected abstract answer(request: IncomingMessage, response: ServerResponse): Promise<void>;

  async listen(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  get host(): string {
    const { port } = this.#server.address() as AddressInfo; // a listening TCP server has a port
    return `127.0.0.1:${port}`;
  }

  get baseUrl(): string {
    return `http://${this.host}/v1`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #count(response: ServerResponse): void {
    this.#busy += 1;
    this.busiest = Math.max(this.busiest, this.#busy);
    let cutByUs = false;
    const destroy = response.destroy.bind(response);
    response.destroy = (error) => {
      cutByUs = true;
      return destroy(error);
    };
    response.once('close', () => {
      this.#busy -= 1;
      if (!response.writableFinished && !cutByUs) this.closedEarly += 1;
    });
  }
}
