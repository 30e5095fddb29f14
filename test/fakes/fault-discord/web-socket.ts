import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

/** What RFC 6455 appends to the client's key. */
const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const OPCODE = { continuation: 0, text: 1, close: 8, ping: 9, pong: 10 } as const;
const FINAL = 0x80;

/** One end of a WebSocket; it speaks text only and no extensions, which is all that a gateway needs. */
export interface ServerSocket {
  readonly isOpen: boolean;
  send(text: string): void;
  /** Says why, then ends. */
  close(code: number, reason?: string): void;
  /** Cuts the TCP connection, as a broken network does. */
  kill(): void;
}

interface Listeners {
  onText(text: string): void;
  onClose(code: number): void;
}

/** Answers the upgrade of an HTTP request. The listeners are asked for once the socket stands. */
export function acceptWebSocket(
  request: IncomingMessage,
  stream: Duplex,
  listenersOf: (socket: ServerSocket) => Listeners,
): void {
  const key = request.headers['sec-websocket-key'] ?? '';
  const accept = createHash('sha1').update(`${key}${GUID}`).digest('base64');
  const head = ['HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade'];
  stream.write(`${[...head, `Sec-WebSocket-Accept: ${accept}`].join('\r\n')}\r\n\r\n`);
  const state = { isOpen: true, code: 1006 };
  const socket: ServerSocket = {
    get isOpen() {
      return state.isOpen;
    },
    send: (text) => void (state.isOpen && stream.write(frame(OPCODE.text, Buffer.from(text)))),
    close(code, reason = '') {
      if (!state.isOpen) return;
      state.isOpen = false;
      stream.end(frame(OPCODE.close, closeBody(code, reason)));
    },
    kill() {
      state.isOpen = false;
      stream.destroy();
    },
  };
  const { onText, onClose } = listenersOf(socket);
  const read = createReader((opcode, body) => {
    if (opcode === OPCODE.ping && state.isOpen) stream.write(frame(OPCODE.pong, body));
    if (opcode === OPCODE.text) onText(body.toString('utf8'));
    if (opcode !== OPCODE.close) return;
    state.code = body.length >= 2 ? body.readUInt16BE(0) : 1005;
    socket.close(state.code === 1005 ? 1000 : state.code);
  });
  stream.on('data', read);
  stream.on('error', () => {}); // 'close' follows
  stream.once('close', () => {
    state.isOpen = false;
    onClose(state.code);
  });
}

function closeBody(code: number, reason: string): Buffer {
  const body = Buffer.alloc(2 + Buffer.byteLength(reason));
  body.writeUInt16BE(code, 0);
  body.write(reason, 2);
  return body;
}

function frame(opcode: number, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from([FINAL | opcode]), lengthOf(body), body]);
}

function lengthOf({ length }: Buffer): Buffer {
  if (length < 126) return Buffer.from([length]);
  const isShort = length < 65_536;
  const bytes = Buffer.alloc(isShort ? 3 : 9);
  bytes[0] = isShort ? 126 : 127;
  if (isShort) bytes.writeUInt16BE(length, 1);
  else bytes.writeBigUInt64BE(BigInt(length), 1);
  return bytes;
}

/** Puts together the frames of a client, which are masked and may come in pieces. */
function createReader(onMessage: (opcode: number, body: Buffer) => void): (piece: Buffer) => void {
  let buffer = Buffer.alloc(0);
  let parts: Buffer[] = [];
  return (piece) => {
    buffer = Buffer.concat([buffer, piece]);
    for (let next = readFrame(buffer); next !== undefined; next = readFrame(buffer)) {
      buffer = buffer.subarray(next.size);
      const { opcode, body, isFinal } = next;
      if (opcode >= OPCODE.close) {
        onMessage(opcode, body);
        continue;
      }
      parts.push(body);
      if (!isFinal) continue;
      onMessage(OPCODE.text, Buffer.concat(parts));
      parts = [];
    }
  };
}

interface Frame {
  readonly opcode: number;
  readonly isFinal: boolean;
  readonly body: Buffer;
  readonly size: number;
}

function readFrame(buffer: Buffer): Frame | undefined {
  if (buffer.length < 2) return undefined;
  const short = buffer.readUInt8(1) & 0x7f;
  const lengthBytes = short === 126 ? 2 : short === 127 ? 8 : 0;
  const start = 2 + lengthBytes + 4;
  if (buffer.length < start) return undefined;
  const length =
    lengthBytes === 0
      ? short
      : lengthBytes === 2
        ? buffer.readUInt16BE(2)
        : Number(buffer.readBigUInt64BE(2));
  if (buffer.length < start + length) return undefined;
  const mask = buffer.subarray(start - 4, start);
  const body = Buffer.from(buffer.subarray(start, start + length));
  for (let i = 0; i < length; i += 1) body[i] = (body[i] ?? 0) ^ (mask[i % 4] ?? 0);
  const first = buffer.readUInt8(0);
  return { opcode: first & 0x0f, isFinal: (first & FINAL) !== 0, body, size: start + length };
}
