import type { IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/** Passes WebSockets on to local-slack, and puts envelopes of its own between those that come back. */
export interface SocketRelay {
  /** For the `upgrade` event of a server. */
  upgrade(request: IncomingMessage, client: Duplex, head: Buffer): void;
  /** Sends an envelope to the program over one of its sockets; throws while it has none. */
  deliver(envelope: object): void;
}

export function createSocketRelay(port: number): SocketRelay {
  const clients = new Set<Duplex>();
  return {
    upgrade(request, client, head) {
      const server = connect(port, '127.0.0.1', () => {
        server.write(requestText(request));
        server.write(head);
        client.pipe(server);
      });
      passFrames(server, client);
      clients.add(client);
      const end = () => {
        clients.delete(client);
        client.destroy();
        server.destroy();
      };
      for (const socket of [client, server]) socket.on('close', end).on('error', end);
    },
    deliver(envelope) {
      const [client] = clients;
      if (client === undefined) throw new Error('The program has no socket.');
      client.write(textFrame(JSON.stringify(envelope)));
    },
  };
}

function requestText({ method, url, rawHeaders }: IncomingMessage): string {
  const lines = rawHeaders.flatMap((name, i) =>
    i % 2 === 0 ? [`${name}: ${rawHeaders[i + 1]}`] : [],
  );
  return `${method} ${url} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`;
}

/** Only whole frames are passed on, so that one of ours never stands within another. */
function passFrames(server: Socket, client: Duplex): void {
  let held = Buffer.alloc(0);
  let isOpen = false;
  server.on('data', (piece: Buffer) => {
    held = Buffer.concat([held, piece]);
    if (!isOpen) {
      const end = held.indexOf('\r\n\r\n');
      if (end === -1) return;
      isOpen = true;
      client.write(held.subarray(0, end + 4));
      held = held.subarray(end + 4);
    }
    for (let length = frameLength(held); length !== undefined; length = frameLength(held)) {
      client.write(held.subarray(0, length));
      held = held.subarray(length);
    }
  });
}

/** RFC 6455, section 5.2; undefined while the frame has not come whole. Servers do not mask. */
function frameLength(bytes: Buffer): number | undefined {
  if (bytes.length < 2) return undefined;
  const short = bytes.readUInt8(1) & 0x7f;
  const head = short === 127 ? 10 : short === 126 ? 4 : 2;
  if (bytes.length < head) return undefined;
  const payload =
    short === 127
      ? Number(bytes.readBigUInt64BE(2))
      : short === 126
        ? bytes.readUInt16BE(2)
        : short;
  return bytes.length < head + payload ? undefined : head + payload;
}

function textFrame(text: string): Buffer {
  const payload = Buffer.from(text);
  const head = Buffer.alloc(4);
  head.writeUInt8(0x81, 0);
  head.writeUInt8(126, 1);
  head.writeUInt16BE(payload.length, 2);
  const tiny = Buffer.from([0x81, payload.length]);
  return Buffer.concat([payload.length < 126 ? tiny : head, payload]);
}
