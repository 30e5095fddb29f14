import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SentSpan {
  readonly name: string;
  readonly id: string;
  readonly parent: string | undefined;
}

/** Trace id, id, parent and name of a span as protobuf writes them: field, length, value. */
const SPAN = new RegExp(
  ['\n\x10[^]{16}', '\x12\x08([^]{8})', '(?:"\x08([^]{8}))?', '\\*[^]([a-z-]+)'].join(''),
  'g',
);

/** An OpenTelemetry collector on a loopback port that keeps what it is sent. */
export class TraceSink {
  /** Method and path of each request. */
  readonly requests: string[] = [];
  /** All bodies, a character a byte; texts of ASCII stand in them word for word. */
  sent = '';
  baseUrl = '';
  private readonly server: Server;

  private constructor() {
    this.server = createServer(async (request, response) => {
      this.requests.push(`${request.method} ${request.url}`);
      for await (const piece of request.setEncoding('latin1')) this.sent += piece;
      response.end();
    });
  }

  static async start(): Promise<TraceSink> {
    const sink = new TraceSink();
    await new Promise<void>((resolve) => sink.server.listen(0, '127.0.0.1', resolve));
    const { port } = sink.server.address() as AddressInfo; // a listening TCP server has a port
    sink.baseUrl = `http://127.0.0.1:${port}`;
    return sink;
  }

  get spans(): readonly SentSpan[] {
    return [...this.sent.matchAll(SPAN)].map(([, id = '', parent, name = '']) => ({
      name,
      id,
      parent,
    }));
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
