import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

/** A model hub on a loopback port that serves one folder as the model `name`; 404 for all else. */
export class FakeModelHub {
  /** The files asked for, in order. */
  readonly asked: string[] = [];
  private readonly server: Server;

  private constructor(name: string, fileOf: (path: string) => string) {
    const prefix = `/${name}/resolve/main/`;
    this.server = createServer((request, response) => {
      const path = request.url ?? '';
      this.asked.push(path);
      if (path.startsWith(prefix)) void sendFile(fileOf(path.slice(prefix.length)), response);
      else response.writeHead(404).end();
    });
  }

  /** The quantised weights are served as full ones too, since the folder has no others. */
  static async start(name: string, folder: string): Promise<FakeModelHub> {
    const fake = new FakeModelHub(name, (path) =>
      join(folder, path === 'onnx/model.onnx' ? 'onnx/model_quantized.onnx' : path),
    );
    await new Promise<void>((resolve) => fake.server.listen(0, '127.0.0.1', resolve));
    return fake;
  }

  get url(): string {
    const { port } = this.server.address() as AddressInfo; // a listening TCP server has a port
    return `http://127.0.0.1:${port}/`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

async function sendFile(file: string, response: ServerResponse): Promise<void> {
  const about = await stat(file).catch(() => undefined);
  if (about === undefined) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { 'content-length': about.size });
  createReadStream(file).pipe(response);
}
