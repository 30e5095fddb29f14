import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';

export type Flood = 'one line' | 'comments' | 'gzip' | 'one event';

const MEGABYTE = 1_048_576;
const MEGABYTES = 64;

/** 64 MB in an answer with status 200, or until the client hangs up. */
export async function sendFlood(flood: Flood, response: ServerResponse): Promise<void> {
  const headers = { 'content-type': 'text/event-stream' };
  if (flood === 'gzip') {
    response.writeHead(200, { ...headers, 'content-encoding': 'gzip' });
    response.end(gzipSync(Buffer.alloc(MEGABYTES * MEGABYTE, ': no reply\n')));
    return;
  }
  response.writeHead(200, headers);
  if (flood === 'one event') {
    response.write('data: {"choices": [{"index": 0, "delta": {"content": "');
  }
  const piece = Buffer.alloc(MEGABYTE, flood === 'comments' ? ': no reply\n' : 'x');
  for (let sent = 0; sent < MEGABYTES && !response.destroyed; sent += 1) {
    response.write(piece);
    await new Promise(setImmediate);
  }
  response.end(flood === 'one event' ? '"}}]}\n\ndata: [DONE]\n\n' : '');
}
