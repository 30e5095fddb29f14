import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

/** The server's end of a WebSocket (RFC 6455): text frames, pings, and the closing handshake. */
export interface ServerSocket {
  send(text: string): void;
  /** Says goodbye and waits for the client's. */
  close(code?: number): void;
  /** The connection breaks without a word. */
  cut(): void;
  /** From now on it reads and answers nothing, pings included, but stays open. */
  deafen(): void;
}

interface SocketEvents {
  onText(text: string): void;
  onClose(): void;
}

const MAGIC = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const TEXT = 0x1;
const CLOSE = 0x8;
const PING = 0x9;
const PONG = 0xa;

/** Takes the client's upgrade request. */
export function acceptSocket(
  request: IncomingMessage,
  stream: Duplex,
  events: SocketEvents,
): ServerSocket {
  const key = String(request.headers['sec-websocket-key']);
  const accept = createHash('sha1').update(`${key}${MAGIC}`).digest('base64');
  stream.write(
    [
      'HTTP/1.1 101 Switching Protocols',
      'Upgrade: websocket',
      'Connection: Upgrade',
      `Sec-WebSocket-Accept: ${accept}`,
      '\r\n',
    ].join('\r\n'),
  );
  const state = { isDeaf: false, hasClosed: false };
  const send = (opcode: number, payload: Buffer) => {
    if (!stream.writable || state.isDeaf) return;
    stream.write(Buffer.concat([header(opcode, payload.length), payload]));
  };
  const hear = ({ opcode, payload }: Frame) => {
    if (opcode === TEXT) events.onText(payload.toString());
    if (opcode === PING) send(PONG, payload);
    if (opcode !== CLOSE) return;
    if (!state.hasClosed) send(CLOSE, payload);
    stream.end();
  };
  let unread = Buffer.alloc(0);
  stream.on('data', (piece: Buffer) => {
    if (state.isDeaf) return;
    unread = Buffer.concat([unread, piece]);
    for (let frame = readFrame(unread); frame !== undefined; frame = readFrame(unread)) {
      unread = unread.subarray(frame.size);
      hear(frame);
    }
  });
  stream.on('error', () => stream.destroy());
  stream.once('close', () => events.onClose());
  return {
    send: (text) => send(TEXT, Buffer.from(text)),
    close(code = 1000) {
      state.hasClosed = true;
      send(CLOSE, Buffer.from([code >> 8, code & 0xff]));
    },
    cut: () => void stream.destroy(),
    deafen() {
      state.isDeaf = true;
    },
  };
}

interface Frame {
  readonly opcode: number;
  readonly payload: Buffer;
  /** Of the whole frame, in bytes. */
  readonly size: number;
}

/** The first whole frame; a client masks its frames, and this one sends each in one piece. */
function readFrame(bytes: Buffer): Frame | undefined {
  if (bytes.length < 2) return undefined;
  const [first = 0, second = 0] = bytes;
  const short = second & 0x7f;
  const extra = short === 126 ? 2 : short === 127 ? 8 : 0;
  const start = 2 + extra + 4;
  if (bytes.length < start) return undefined;
  const length =
    extra === 0 ? short : extra === 2 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
  if (bytes.length < start + length) return undefined;
  if ((second & 0x80) === 0) throw new Error('A client must mask its frames.');
  const mask = bytes.subarray(start - 4, start);
  const payload = Buffer.from(bytes.subarray(start, start + length));
  for (let i = 0; i < payload.length; i += 1) payload[i] = (payload[i] ?? 0) ^ (mask[i % 4] ?? 0);
  return { opcode: first & 0x0f, payload, size: start + length };
}

function header(opcode: number, length: number): Buffer {
  const first = 0x80 | opcode;
  if (length < 126) return Buffer.from([first, length]);
  const long = Buffer.alloc(length < 65_536 ? 4 : 10);
  long[0] = first;
  long[1] = length < 65_536 ? 126 : 127;
  if (length < 65_536) long.writeUInt16BE(length, 2);
  else long.writeBigUInt64BE(BigInt(length), 2);
  return long;
}
