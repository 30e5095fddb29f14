import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SinkPost {
  readonly path: string;
  /** As it came; names and values of protobuf stand in it word for word. */
  readonly body: string;
}

/** An OpenTelemetry collector on a loopback port that keeps what it is sent. */
export class TraceSink {
  readonly posts: SinkPost[] = [];
  private readonly server: Server;

  private constructor() {
    this.server = createServer(async (request, response) => {
      let body = '';
      for await (const piece of request.setEncoding('utf8')) body += piece;
      this.posts.push({ path: `${request.method} ${request.url}`, body });
      response.end();
    });
  }

  static async start(): Promise<TraceSink> {
    const sink = new TraceSink();
    await new Promise<void>((resolve) => sink.server.listen(0, '127.0.0.1', resolve));
    return sink;
  }

  get baseUrl(): string {
    const { port } = this.server.address() as AddressInfo; // a listening TCP server has a port
    return `http://127.0.0.1:${port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
